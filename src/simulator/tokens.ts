import { createHmac, randomUUID } from 'node:crypto'
import { now } from './clock.ts'
import { newToken } from './ids.ts'
import type { AccessToken, App, World } from './state.ts'

/**
 * A token in the form that Zoom's have: a JWT signed with HS512, several hundred characters, its claims those of Zoom's
 * published sample. Clients must treat it as opaque; the simulator itself knows tokens by their text alone.
 */
export function newJwt(
  world: World,
  app: App,
  {
    user_id,
    tokenType,
    expires_at,
  }: { user_id: string; tokenType: 'access_token' | 'refresh_token'; expires_at: number },
): string {
  const iat = Math.floor(now(world.clock) / 1000)
  const header = { sv: '000001', alg: 'HS512', v: '2.0', kid: randomUUID() }
  const payload = {
    ver: 10,
    clientId: app.client_id,
    code: newToken(),
    iss: `urn:zoom:connect:clientid:${app.client_id}`,
    authenticationId: newToken(16),
    userId: user_id,
    groupNumber: 0,
    aud: 'https://oauth.zoom.us',
    accountId: world.account.id,
    nbf: iat,
    exp: Math.floor(expires_at / 1000),
    tokenType,
    iat,
    jti: randomUUID(),
    toleranceId: 0,
  }
  const signed = `${base64url(header)}.${base64url(payload)}`
  return `${signed}.${createHmac('sha512', world.key).update(signed).digest('base64url')}`
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Makes an access token and remembers it. Where the account tolerates only so many, the app's oldest stop working. */
export function issueAccessToken(
  world: World,
  app: App,
  use: Pick<AccessToken, 'user_id' | 'scopes' | 'grant_id' | 'grant_type'>,
): AccessToken {
  const expires_at = now(world.clock) + world.settings.token_expires_in * 1000
  const token = newJwt(world, app, { user_id: use.user_id ?? '', tokenType: 'access_token', expires_at })
  const issued: AccessToken = { token, client_id: app.client_id, expires_at, ...use }
  if (use.grant_type === 'account_credentials') endIntolerable(world, app)
  world.access_tokens.set(token, issued)
  return issued
}

function endIntolerable(world: World, app: App): void {
  if (world.settings.token_tolerance === null) return
  const held = [...world.access_tokens.values()].filter(
    ({ client_id, grant_type }) => client_id === app.client_id && grant_type === 'account_credentials',
  )
  const kept = world.settings.token_tolerance - 1
  for (const { token } of held.slice(0, Math.max(0, held.length - kept))) world.access_tokens.delete(token)
}
