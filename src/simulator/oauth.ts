import { createHash } from 'node:crypto'
import { oauthErrors, type OAuthRefusal } from '#zoom/schema/errors.ts'
import { now } from './clock.ts'
import { answerConsent } from './consent/answer.ts'
import { takeDataCompliance } from './data-compliance.ts'
import { deauthorize, endGrant } from './deauthorization.ts'
import type { Incoming, Reply } from './http.ts'
import { newToken } from './ids.ts'
import { ownerOf } from './people.ts'
import type { AccessToken, App, AuthorizationCode, Grant, World } from './state.ts'
import { issueAccessToken, newJwt } from './tokens.ts'

/** The token endpoint says no: `{"reason", "error"}`. */
class OAuthRefused extends Error {
  override name = 'OAuthRefused'
  readonly reply: Reply
  constructor({ http, reason, error }: OAuthRefusal) {
    super(reason)
    this.reply = { status: http, body: { reason, error } }
  }
}

/** Answers what is asked under /oauth. */
export async function answerOAuth(world: World, incoming: Incoming): Promise<Reply> {
  const page = answerConsent(world, incoming)
  if (page) return page
  const route = routes[`${incoming.method} ${incoming.path}`]
  if (!route) return { status: 404, body: { reason: 'Not Found', error: 'invalid_request' } }
  try {
    const parameters = await parametersOf(incoming)
    const reply = route(world, parameters, appOf(world, incoming, parameters), incoming)
    return { ...reply, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } }
  } catch (error) {
    if (error instanceof OAuthRefused) return error.reply
    throw error
  }
}

type Parameters = Record<string, string>
type OAuthRoute = (world: World, parameters: Parameters, app: App, incoming: Incoming) => Reply

const routes: Record<string, OAuthRoute> = {
  'POST /oauth/token': (world, parameters, app, { base }) => {
    const { grant_type } = parameters
    if (!grant_type) throw new OAuthRefused(oauthErrors.missing_grant_type)
    if (!app.activated) throw new OAuthRefused(oauthErrors.app_disabled)
    if (!isGrantType(grant_type)) throw new OAuthRefused(oauthErrors.unsupported_grant_type)
    if (!app.approved) throw new OAuthRefused(oauthErrors.disabled_by_admin)
    return { status: 200, body: { ...grants[grant_type](world, parameters, app), api_url: apiUrl(base) } }
  },
  'POST /oauth/revoke': (world, parameters, app) => {
    const held = world.access_tokens.get(parameters['token'] ?? '')
    if (held?.client_id !== app.client_id) throw new OAuthRefused(oauthErrors.invalid_refresh_token)
    world.access_tokens.delete(held.token)
    const grant = held.grant_id && world.grants.get(held.grant_id)
    if (grant) deauthorize(world, app, grant)
    return { status: 200, body: { status: 'success' } }
  },
  'POST /oauth/data/compliance': (_world, _parameters, app, incoming) => takeDataCompliance(app, incoming),
}

/** The address by which one came; who came by Zoom's own name for tokens is sent to its other one. */
const apiUrl = (base: string): string => base.replace(/^(https?):\/\/zoom\.us$/, '$1://api.zoom.us')

type GrantType = (world: World, parameters: Parameters, app: App) => object

/** https://developers.zoom.us/docs/integrations/oauth/ and …/docs/internal-apps/s2s-oauth/ */
const grants = {
  account_credentials: (world, { account_id }, app) => {
    if (app.type !== 'server_to_server') throw new OAuthRefused(oauthErrors.unsupported_grant_type)
    // An app of an account's own has tokens for that account alone.
    if (account_id !== world.account.id || app.account_id !== account_id)
      throw new OAuthRefused(oauthErrors.wrong_account)
    const owner = ownerOf(world)
    return answerOf(
      world,
      issueAccessToken(world, app, {
        user_id: owner.id,
        scopes: app.scopes,
        grant_id: undefined,
        grant_type: 'account_credentials',
      }),
    )
  },
  /** A token of the app itself, for no user: good for apps' own affairs, and to test a client id and secret. */
  client_credentials: (world, _parameters, app) =>
    answerOf(
      world,
      issueAccessToken(world, app, {
        user_id: undefined,
        scopes: [],
        grant_id: undefined,
        grant_type: 'client_credentials',
      }),
    ),
  authorization_code: (world, { code = '', redirect_uri, code_verifier }, app) => {
    if (app.type === 'server_to_server') throw new OAuthRefused(oauthErrors.unsupported_grant_type)
    const given = world.codes.get(code)
    if (given?.client_id !== app.client_id || given.expires_at <= now(world.clock)) {
      throw new OAuthRefused(oauthErrors.invalid_code)
    }
    if (given.redirect_uri !== redirect_uri) throw new OAuthRefused(oauthErrors.redirect_mismatch)
    if (!verifies(code_verifier, given.challenge)) throw new OAuthRefused(oauthErrors.invalid_code)
    world.codes.delete(code)
    for (const older of world.grants.values()) {
      if (older.client_id === app.client_id && older.user_id === given.user_id) endGrant(world, older)
    }
    return answerWithRefresh(world, app, { ...given, id: newToken(16) })
  },
  refresh_token: (world, { refresh_token }, app) => {
    const grant = [...world.grants.values()].find(
      (held) => held.client_id === app.client_id && held.refresh_token === refresh_token,
    )
    if (!grant) endReused(world, app, refresh_token)
    if (!grant || grant.refresh_expires_at <= now(world.clock))
      throw new OAuthRefused(oauthErrors.invalid_refresh_token)
    if (grant.revoked) throw new OAuthRefused(oauthErrors.revoked)
    if (!world.people.has(grant.user_id)) throw new OAuthRefused(oauthErrors.owner_gone)
    return answerWithRefresh(world, app, grant)
  },
} satisfies Record<string, GrantType>

const isGrantType = (text: string): text is keyof typeof grants => Object.hasOwn(grants, text)

/** https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
function verifies(code_verifier = '', challenge: AuthorizationCode['challenge']): boolean {
  if (!challenge) return true
  const { code_challenge, code_challenge_method } = challenge
  if (code_challenge_method === 'plain') return code_verifier === code_challenge
  return createHash('sha256').update(code_verifier).digest('base64url') === code_challenge
}

/** A refresh token works once: the grant keeps only its newest. */
function answerWithRefresh(world: World, app: App, allowed: Pick<Grant, 'id' | 'user_id' | 'scopes'>): object {
  const { id, user_id, scopes } = allowed
  const expires_at = now(world.clock) + world.settings.refresh_token_days * 86_400_000
  const refresh_token = newJwt(world, app, { user_id, tokenType: 'refresh_token', expires_at })
  world.grants.set(id, {
    id,
    client_id: app.client_id,
    user_id,
    scopes,
    refresh_token,
    refresh_expires_at: expires_at,
    spent_refresh_tokens: world.settings.revoke_on_reuse ? spentOf(world.grants.get(id)) : [],
    revoked: false,
  })
  const issued = issueAccessToken(world, app, {
    user_id,
    scopes: scopes.filter((scope) => app.scopes.includes(scope)),
    grant_id: id,
    grant_type: 'authorization_code',
  })
  return { ...answerOf(world, issued), refresh_token }
}

const spentOf = (before: Grant | undefined): string[] =>
  before ? [...before.spent_refresh_tokens, before.refresh_token] : []

/** Whoever holds a token that was used already may have stolen it: https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2 */
function endReused(world: World, app: App, refresh_token: string | undefined): void {
  for (const grant of world.grants.values())
    if (grant.client_id === app.client_id && grant.spent_refresh_tokens.includes(refresh_token ?? ''))
      endGrant(world, grant)
}

const answerOf = (world: World, { token, scopes }: AccessToken): object => ({
  access_token: token,
  token_type: 'bearer',
  expires_in: world.settings.token_expires_in,
  scope: scopes.join(' '),
})

const formType = 'application/x-www-form-urlencoded'

/** Parameters come in the query, as a form (also one that does not say so) or as multipart/form-data; the body has the last word. */
async function parametersOf({ query, body, headers }: Incoming): Promise<Parameters> {
  const parameters = Object.fromEntries(query)
  const type = headers['content-type'] || formType
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)) return parameters
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  for (const [name, value] of form ?? []) if (typeof value === 'string') parameters[name] = value
  return parameters
}

/** The app by its id and secret; a public client has no secret to give. */
function appOf(world: World, { headers }: Incoming, parameters: Parameters): App {
  const [client_id = '', client_secret] = basicAuth(headers.authorization) ?? [
    parameters['client_id'],
    parameters['client_secret'],
  ]
  const app = world.apps.get(client_id)
  const needsNoSecret = app?.public_client === true && !client_secret
  if (!app || !(needsNoSecret || isSecretOf(world, app, client_secret))) {
    throw new OAuthRefused({ ...oauthErrors.invalid_client, http: world.settings.invalid_client_status })
  }
  return app
}

/** While a secret is being changed, the old one is good until it is revoked. */
function isSecretOf(world: World, { client_secret, old_secret }: App, given: string | undefined): boolean {
  if (given === client_secret) return true
  return old_secret?.client_secret === given && now(world.clock) < (old_secret?.until ?? 0)
}

function basicAuth(header = ''): [string, string] | undefined {
  const [scheme = '', credentials = ''] = header.split(' ')
  if (scheme.toLowerCase() !== 'basic') return
  const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? []
  return [name, password]
}

/** The client id that a request under /oauth names, right or wrong: for the list of calls. */
export async function clientIdOf(incoming: Incoming): Promise<string | undefined> {
  return basicAuth(incoming.headers.authorization)?.[0] ?? (await parametersOf(incoming))['client_id']
}
