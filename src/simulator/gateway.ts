import { randomUUID } from 'node:crypto'
import { gatewayErrors } from '#zoom/schema/errors.ts'
import { matchEndpoint, type Endpoint } from '#zoom/schema/endpoints.ts'
import type { ApiCall, ApiRoutes } from './api/call.ts'
import { now } from './clock.ts'
import type { Incoming, Reply } from './http.ts'
import { countRequest } from './limits.ts'
import { documents, Refusal, refusalSaying } from './refusal.ts'
import type { AccessToken, App, World } from './state.ts'

/** Answers what is asked under /v2, checking in Zoom's order: token, path, scopes, limits, body; then the operation itself. */
export async function answerApi(world: World, routes: ApiRoutes, incoming: Incoming): Promise<Reply> {
  const tracking = { 'x-zm-trackingid': `v=2.0;clid=us02;rid=WEB_${randomUUID().replaceAll('-', '')}` }
  let limits: Record<string, string> = {}
  try {
    const match = matchEndpoint(incoming.method, incoming.path.slice('/v2'.length))
    const token = checkToken(world, incoming, match?.endpoint)
    const app = world.apps.get(token.client_id)
    if (!app?.activated || !app.approved) throw new Refusal(gatewayErrors.invalid_access_token)
    if (!match) throw new Refusal({ http: 404, code: 2300, message: 'This API endpoint is not recognized.' })
    const { endpoint, params } = match
    const level = checkScopes(world, app, token, endpoint, params)
    limits = countRequest(world, endpoint.rate_limit)
    const handle = routes[`${endpoint.method} ${endpoint.path}`]
    if (!handle) throw notPlayed(endpoint)
    const body = bodyOf(incoming)
    const call: ApiCall = {
      world,
      endpoint,
      app,
      token,
      level,
      params,
      body,
      query: incoming.query,
      base: incoming.base,
    }
    const reply = await handle(call)
    return { ...reply, headers: { ...tracking, ...limits, ...reply.headers } }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { ...error.reply, headers: { ...tracking, ...limits, ...error.reply.headers } }
  }
}

function checkToken(world: World, { headers }: Incoming, endpoint: Endpoint | undefined): AccessToken {
  const text = bearer(headers.authorization) ?? ''
  const token = world.access_tokens.get(text)
  if (!token) throw noToken(world, text, endpoint)
  if (token.expires_at <= now(world.clock)) throw new Refusal(gatewayErrors.access_token_expired)
  return token
}

/** A few operations tell apart what others refuse alike: no token at all, and what the JWT apps of old brought. */
function noToken(world: World, text: string, endpoint: Endpoint | undefined): Refusal {
  const usual = new Refusal(gatewayErrors.invalid_access_token)
  if (!endpoint) return usual
  if (text === '') return documents(endpoint, 124, 'Requires') ? refusalSaying(endpoint, 124, 'Requires') : usual
  const words = 'This API only supports OAuth2'
  return isOldJwt(world, text) && documents(endpoint, 124, words) ? refusalSaying(endpoint, 124, words) : usual
}

/** Signed by the app itself, which names itself as the issuer. */
function isOldJwt({ apps }: World, text: string): boolean {
  const payload = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()
  const issuer = /"iss"\s*:\s*"([^"]+)"/.exec(payload)?.[1]
  return issuer !== undefined && apps.has(issuer)
}

/** The token of `Authorization: Bearer …`. */
export const bearer = (header = ''): string | undefined => /^Bearer ([^\s]+)$/i.exec(header)?.[1]

/**
 * Any one scope of the operation's list will do. One without `:admin` opens one's own things alone, and paths that name
 * a user must then say `me`: even one's own id is refused as a missing scope. Operations without scopes are an app's own
 * affairs, for its token of `client_credentials`.
 * @returns how far the token reaches: `account` or `own`.
 */
function checkScopes(
  world: World,
  app: App,
  token: AccessToken,
  endpoint: Endpoint,
  params: Record<string, string>,
): ApiCall['level'] {
  const wanted = endpoint[`${app.scope_family}_scopes`]
  if (wanted.length === 0 && token.grant_type === 'client_credentials') return 'account'
  const held = token.scopes.filter((scope) => wanted.includes(scope))
  if (held.some(reachesAccount)) {
    mustBePermitted(world, token, endpoint)
    return 'account'
  }
  const userId = params['userId']
  if (held.length > 0 && (userId === undefined || userId === 'me')) return 'own'
  const {
    http: _documented,
    code,
    message,
  } = gatewayErrors[app.scope_family === 'granular' ? 'missing_scopes' : 'missing_classic_scopes']
  const http = world.settings.missing_scopes_status
  throw new Refusal({ http, code, message: message.replace('{scopes}', () => wanted.join(', ')) })
}

/** Scopes are given once; the role that went with them may have been taken since. */
function mustBePermitted({ people }: World, { user_id = '' }: AccessToken, endpoint: Endpoint): void {
  const words = 'No permission'
  const isAdmin = (people.get(user_id)?.role ?? 'owner') !== 'member'
  if (!isAdmin && documents(endpoint, 200, words)) throw refusalSaying(endpoint, 200, words)
}

const reachesAccount = (scope: string): boolean => /:(admin|master)(:|$)/.test(scope)

/** Better no answer than a made-up one. */
const notPlayed = ({ method, path }: Endpoint): Refusal =>
  new Refusal({ http: 501, code: 501, message: `the simulator does not play ${method} ${path} yet` })

/** Whatever the content type says, a body must be a JSON object; none is an empty one. A null is as good as nothing said. */
function bodyOf({ method, body }: Incoming): Record<string, unknown> {
  if (method === 'GET' || body.byteLength === 0) return {}
  let value: unknown
  try {
    value = JSON.parse(body.toString(), (_name, inner: unknown) => inner ?? undefined)
  } catch {
    throw new Refusal(gatewayErrors.body_not_json)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(gatewayErrors.body_not_json)
  return value as Record<string, unknown>
}
