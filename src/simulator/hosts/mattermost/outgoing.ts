import { isIP } from 'node:net'
import { AppError } from './errors.ts'
import type { State } from './state.ts'

export interface Answered {
  status: number
  text: string
}

/**
 * Calls an integration: not at a private address unless the administrator has listed its host, and not longer than allowed
 * (https://docs.mattermost.com/configure/environment-configuration-settings.html#allow-untrusted-internal-connections).
 * @throws AppError in place of what the network threw
 */
export async function callIntegration(
  state: State,
  url: string,
  request: { headers: Record<string, string>; body: string },
): Promise<Answered> {
  const { AllowedUntrustedInternalConnections: allowed, OutgoingIntegrationRequestsTimeout: patience } = state.settings
  const { hostname } = new URL(url)
  if (isInternal(hostname) && !allowed.split(/\s+/).includes(hostname))
    throw new AppError(
      400,
      'api.integration.forbidden_address.app_error',
      'address forbidden, you may need to set AllowedUntrustedInternalConnections to allow an integration access to your internal network',
    )
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
    ...request,
  })
  return { status: answer.status, text: (await answer.text()).slice(0, 1024 * 1024) }
}

/** A stand-in on a developer's machine meets no other private addresses than these. */
const isInternal = (host: string): boolean =>
  host === 'localhost' || (isIP(host) !== 0 && /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host))

export function jsonOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
