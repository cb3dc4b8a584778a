import { APIError } from 'better-auth/api'
import type { BetterAuthPlugin } from 'better-auth'
import {
  authorizationCodeRequest,
  createAuthorizationURL,
  getOAuth2Tokens,
  type OAuth2Tokens,
  type OAuthProvider,
} from 'better-auth/oauth2'
import { createRemoteJWKSet, customFetch, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { sentenceOf } from '#core/errors.ts'
import type { Log } from '#core/log.ts'
import type { Secret } from '#core/secret.ts'

/** The organisation's own sign-in, as an administrator entered it. */
export interface OidcSettings {
  issuer: string
  client_id: string
  client_secret: Secret
  /** What people call it. */
  name: string
}

/** Part of the redirect URI that is entered at the provider: `/api/auth/callback/oidc`. */
export const oidcId = 'oidc'

const patience_ms = 10_000

/** A provider may move its endpoints; its keys are looked for again by themselves. */
const metadataLasts_ms = 3_600_000

/** As openid-client has it. */
const clockTolerance_s = 30

/** The asymmetric ones of RFC 7518 and RFC 8037: with a symmetric one, whoever knows the client secret writes ID tokens. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/**
 * OpenID Connect with one provider. better-auth keeps `state`, PKCE's verifier and the nonce; what is asked of the provider goes
 * through `fetch`, which better-auth's own plugin for this does not offer.
 */
export function oidc(settings: OidcSettings, fetch: typeof globalThis.fetch, log: Log): BetterAuthPlugin {
  const provider = oidcProvider(settings, fetch, log)
  return {
    id: 'greenroom-oidc',
    init: (context) => ({ context: { socialProviders: [provider, ...context.socialProviders] } }),
  }
}

export function oidcProvider(
  { issuer, client_id, client_secret, name }: OidcSettings,
  fetch: typeof globalThis.fetch,
  log: Log,
): OAuthProvider<Claims> {
  const ask = asker(fetch)
  const discovered = discovery(issuer, ask, fetch)
  const client = { clientId: client_id, clientSecret: client_secret.reveal() }
  return {
    id: oidcId,
    name,
    issuer,
    requiresIdTokenNonce: true,
    // A subject is the provider's own: after a change of the issuer the same one is somebody else.
    accountSubject: ({ profile }) => `${issuer} ${profile.sub}`,
    async createAuthorizationURL({ state, codeVerifier, redirectURI, idTokenNonce }) {
      const { metadata } = await discovered().catch((error: unknown) => {
        log.warn({ issuer, reason: sentenceOf(error) }, 'the sign-in of the organisation cannot be used')
        throw new APIError('SERVICE_UNAVAILABLE', {
          code: 'OIDC_UNAVAILABLE',
          message: `${name} does not answer as it should: ${sentenceOf(error)}`,
        })
      })
      return createAuthorizationURL({
        id: oidcId,
        options: client,
        authorizationEndpoint: metadata.authorization_endpoint,
        state,
        codeVerifier,
        scopes: ['openid', 'email', 'profile'],
        redirectURI,
        ...(idTokenNonce ? { nonce: idTokenNonce } : {}),
      })
    },
    async validateAuthorizationCode({ code, codeVerifier, redirectURI }) {
      const { metadata } = await discovered()
      const { token_endpoint: url, token_endpoint_auth_methods_supported: methods } = metadata
      const { body, headers } = await authorizationCodeRequest({
        code,
        codeVerifier,
        redirectURI,
        options: client,
        tokenEndpoint: url,
        authentication: methods.includes('client_secret_basic') ? 'basic' : 'post',
      })
      return getOAuth2Tokens(tokenAnswer.parse(await ask(url, { method: 'POST', headers, body: body.toString() })))
    },
    async getUserInfo({ idToken, accessToken, expectedIdTokenNonce: nonce }) {
      const data = await discovered()
        .then(async ({ keys, metadata }) => {
          const proved = await verify(idToken, nonce, { keys, issuer, client_id })
          return proved.email ? proved : withUserInfo(proved, metadata.userinfo_endpoint, accessToken, ask)
        })
        // The errors of jose have all claims with them, which are nobody's business.
        .catch((error: unknown) =>
          log.warn({ issuer, reason: sentenceOf(error) }, 'a sign-in of the organisation proves nothing'),
        )
      if (!data) return null
      const { email, email_verified, name: called } = data
      // Somebody may have entered another's address there.
      if (email && !email_verified)
        throw new APIError('FORBIDDEN', { code: 'email_not_verified', message: `${name} has not verified ${email}` })
      return { user: { email: email ?? null, emailVerified: email_verified, name: called || email || '' }, data }
    },
  }
}

const metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  // What is meant when it is absent: https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
})

const tokenAnswer = z.looseObject({ id_token: z.string(), access_token: z.string() })

const claims = z.object({
  sub: z.string().min(1),
  nonce: z.string().optional(),
  azp: z.string().optional(),
  email: z.string().optional(),
  // AWS Cognito writes it as text.
  email_verified: z
    .unknown()
    .optional()
    .transform((said) => said === true || said === 'true'),
  name: z.string().optional(),
})
type Claims = z.infer<typeof claims>

interface Discovered {
  metadata: z.infer<typeof metadata>
  keys: JWTVerifyGetKey
}

/** Asked when somebody signs in and not at the start, so that a provider that is down stops nobody else. */
function discovery(issuer: string, ask: Ask, fetch: typeof globalThis.fetch): () => Promise<Discovered> {
  let known: (Discovered & { at: number }) | undefined
  return async () => {
    if (known && Date.now() - known.at < metadataLasts_ms) return known
    const found = metadata.parse(await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`))
    if (found.issuer !== issuer) throw new Error(`it calls itself ${found.issuer}: set GREENROOM_OIDC_ISSUER to that`)
    const insecure = Object.values(found).find((url) => typeof url === 'string' && url.startsWith('http:'))
    if (insecure && issuer.startsWith('https:')) throw new Error(`it names an address without TLS, ${String(insecure)}`)
    const keys = createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: patience_ms,
      [customFetch]: (url, init) => fetch(url, init),
    })
    known = { metadata: found, keys, at: Date.now() }
    return known
  }
}

/** https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation */
async function verify(
  idToken: string | undefined,
  nonce: string | undefined,
  { keys, issuer, client_id }: { keys: JWTVerifyGetKey; issuer: string; client_id: string },
): Promise<Claims> {
  if (!idToken || !nonce) throw new Error('there is no ID token, or nothing that it could answer to')
  const { payload } = await jwtVerify(idToken, keys, {
    issuer,
    audience: client_id,
    algorithms,
    requiredClaims: ['sub', 'exp', 'iat'],
    clockTolerance: clockTolerance_s,
  })
  const said = claims.parse(payload)
  if (said.nonce !== nonce) throw new Error('the ID token answers another sign-in')
  if (said.azp !== undefined && said.azp !== client_id) throw new Error('the ID token was made for another client')
  return said
}

/** Many providers tell the address there alone. */
async function withUserInfo(
  proved: Claims,
  url: string | undefined,
  accessToken: OAuth2Tokens['accessToken'],
  ask: Ask,
): Promise<Claims> {
  if (!url || !accessToken) return proved
  const said = claims.parse(await ask(url, { headers: { authorization: `Bearer ${accessToken}` } }))
  // Somebody else's may have been put in its place: https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse
  if (said.sub !== proved.sub) throw new Error('the user info is about somebody else')
  return said
}

type Ask = (
  url: string,
  init?: { method?: string; headers?: Record<string, string>; body?: string },
) => Promise<unknown>

const asker =
  (fetch: typeof globalThis.fetch): Ask =>
  async (url, { method = 'GET', headers = {}, body } = {}) => {
    const answer = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'user-agent': 'Greenroom', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(patience_ms),
      ...(body === undefined ? {} : { body }),
    })
    if (!answer.ok) throw new Error(`${new URL(url).origin} answered ${answer.status}`)
    return answer.json()
  }
