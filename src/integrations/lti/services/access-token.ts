import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import { askPlatform, PlatformRefusedError } from '#integrations/lti/ask-platform.ts'
import { signed } from '#integrations/lti/keys.ts'
import type { Platform } from '#integrations/lti/platforms.ts'

const held = new WeakMap<Hub['runtime'], Map<string, { access_token: string; expires_at: number }>>()

const answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().default(3600) })

/** The platform gives us no token: what it was for has not been asked. */
export class NoTokenError extends PlatformRefusedError {
  override name = 'NoTokenError'
}

/**
 * A token for a platform's services, used for as long as it lives: we prove ourselves by a signed assertion
 * (https://www.imsglobal.org/spec/security/v1p0/#using-json-web-tokens-with-oauth-2-0-client-credentials-grant).
 * @throws NoTokenError, UnavailableError
 */
export async function accessToken(hub: Hub, platform: Platform, scopes: readonly string[]): Promise<string> {
  const all = held.get(hub.runtime) ?? new Map<string, { access_token: string; expires_at: number }>()
  held.set(hub.runtime, all)
  const key = `${platform.place_id} ${platform.client_id} ${platform.token_endpoint} ${scopes.join(' ')}`
  const known = all.get(key)
  if (known && known.expires_at > hub.runtime.now() + 60_000) return known.access_token
  const { access_token, expires_in } = await ask(hub, platform, scopes)
  all.set(key, { access_token, expires_at: hub.runtime.now() + expires_in * 1000 })
  return access_token
}

async function ask(hub: Hub, platform: Platform, scopes: readonly string[]): Promise<z.infer<typeof answer>> {
  const { client_id, token_endpoint } = platform
  const client_assertion = await signed(hub, {
    iss: client_id,
    sub: client_id,
    aud: token_endpoint,
    jti: crypto.randomUUID(),
  })
  const reply = await askPlatform(hub, platform, token_endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
      scope: scopes.join(' '),
    }).toString(),
  }).catch((error: unknown) => {
    if (!(error instanceof PlatformRefusedError)) throw error
    throw new NoTokenError(new URL(token_endpoint).origin, error.status)
  })
  return answer.parse(await reply.json())
}
