import { z } from 'zod'
import { sentenceOf } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { withCertificateEnd } from '#zoom/network.ts'

const check = 'public address'
const timeout_ms = 5000

/** Whether PUBLIC_URL is an address that Zoom can send to, as far as that can be known from here. One request to ourselves. */
export async function checkPublicUrl(hub: Hub, lastEvent: Date | undefined): Promise<Finding> {
  if (new URL(hub.publicUrl).protocol !== 'https:')
    return {
      check,
      state: 'warning',
      message: `${hub.publicUrl} is not https: Zoom sends events to https addresses alone`,
      fix: 'Put a proxy with a certificate in front and start with PUBLIC_URL=https://…',
    }
  return { check, ...judgeAddress(hub.publicUrl, await lookAt(hub), lastEvent, hub.runtime.now()) }
}

/** `ends`: when the certificate does, epoch ms, if it was seen. */
type Look = { status: number; ours: boolean; ends?: number | undefined } | { error: unknown }

async function lookAt(hub: Hub): Promise<Look> {
  try {
    const signal = AbortSignal.timeout(timeout_ms)
    // Nothing is allowed beyond the public: an address inside is none that Zoom could reach.
    const ask = () =>
      hub.outgoing([])(`${hub.publicUrl}/healthz`, {
        signal,
        redirect: 'manual',
        // Each look makes a connection of its own, so that each sees the certificate.
        headers: { connection: 'close' },
      })
    const { answer: reply, ends } = await withCertificateEnd(new URL(hub.publicUrl).hostname, ask)
    const said: unknown = await reply.json().catch(() => undefined)
    return { status: reply.status, ours: z.object({ status: z.literal('ok') }).safeParse(said).success, ends }
  } catch (error) {
    return { error }
  }
}

/** What we know by asking ourselves, and by the last event that Zoom brought here, if any did. */
export function judgeAddress(
  publicUrl: string,
  look: Look,
  lastEvent: Date | undefined,
  now: number,
): Omit<Finding, 'check'> {
  const proof = lastEvent
    ? `Zoom reached it at ${lastEvent.toISOString()}`
    : 'Whether Zoom can reach it is known when the first event arrives'
  if ('error' in look) {
    const code = codeOf(look.error)
    const { message, fix, everywhere } =
      failures.find(({ codes }) => codes.some((start) => code.startsWith(start))) ?? unknown
    return {
      state: lastEvent && !everywhere ? 'warning' : 'failed',
      message: `${message(publicUrl)} (${code === '' ? sentenceOf(look.error) : code}). ${proof}`,
      fix,
    }
  }
  if (look.status !== 200 || !look.ours)
    return {
      state: 'failed',
      message: `${publicUrl}/healthz answers ${look.status}, and not as Greenroom does: something else stands there. ${proof}`,
      fix: 'Let the proxy hand everything below PUBLIC_URL to Greenroom, the path unchanged',
    }
  const until = look.ends === undefined ? '' : ` until ${new Date(look.ends).toISOString().slice(0, 10)}`
  const days = Math.floor(((look.ends ?? Infinity) - now) / day_ms)
  if (days < foretold_days)
    return {
      state: 'warning',
      message: `${publicUrl} leads here, but its certificate is valid${until} only, for ${days} more days: after that Zoom refuses to send events. ${proof}`,
      fix: 'Renew the certificate of the proxy; if it should renew itself, see why it did not',
    }
  return { state: 'ok', message: `${publicUrl} is https with a valid certificate${until} and leads here. ${proof}` }
}

const day_ms = 86_400_000
/** What renews certificates does so a month before their end; then something is wrong already. */
const foretold_days = 30

interface Failure {
  codes: readonly string[]
  message: (url: string) => string
  fix: string
  /** It is the same wherever one looks from, so that an event that came before proves nothing. */
  everywhere?: true
}

const failures: readonly Failure[] = [
  {
    codes: ['CERT_HAS_EXPIRED'],
    message: (url) => `${url} has a certificate that has expired: Zoom refuses to send there`,
    fix: 'Renew the certificate of the proxy',
    everywhere: true,
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    message: (url) => `${url} has a certificate for another name: Zoom refuses to send there`,
    fix: 'Get a certificate for the name in PUBLIC_URL',
  },
  {
    codes: ['CERT_', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_'],
    message: (url) => `${url} has a certificate that is not trusted here: Zoom may refuse to send there`,
    fix: 'Install a certificate of a public authority with its whole chain; a private authority of this network does not count at Zoom',
  },
  {
    codes: ['ERR_ADDRESS_REFUSED'],
    message: (url) => `${url} leads to an address inside a network: from outside it may lead nowhere`,
    fix: 'Give the name a public address, unless it is resolved otherwise outside of this network',
  },
  {
    codes: ['ENOTFOUND', 'EAI_'],
    message: (url) => `${url} has a name that is not known`,
    fix: 'Enter the name of PUBLIC_URL in the DNS',
  },
]

const unknown: Omit<Failure, 'codes'> = {
  message: (url) => `${url} does not answer this machine`,
  fix: 'Open the proxy’s port to the internet. Where only this machine is kept out (some routers do not lead back inside), nothing is wrong',
}

/** The innermost code: `fetch` wraps what the connection threw. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const inner = codeOf(error.cause)
  if (inner !== '') return inner
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
