import { z } from 'zod'
import { JsonError, parseJson } from '#core/json.ts'
import type { Runtime } from '#core/runtime.ts'
import { Secret } from '#core/secret.ts'
import type { ZoomBase } from './base.ts'
import { ZoomOAuthError } from './errors.ts'
import { unreachable } from './unreachable.ts'

/** Credentials from Zoom's Marketplace, and the Zoom that they are good for. */
export interface ZoomApp extends ZoomBase {
  client_id: string
  client_secret: Secret
  /** Server-to-server apps alone have one. */
  account_id?: string
}

export interface TokenSet {
  access_token: Secret
  /** Epoch ms. */
  expires_at: number
  /** Parted by spaces. */
  scope: string
  /** The origin of the account's region, as Zoom names it; see `callOrigin`. */
  api_url: string
  refresh_token?: Secret
  /** Zoom's clock (the Date header) in epoch ms: one that differs much from ours explains refused tokens and webhooks. */
  date: number | undefined
}

/**
 * A token of a server-to-server app: https://developers.zoom.us/docs/internal-apps/s2s-oauth/. There is no refresh token;
 * asking again is the refresh.
 * @throws ZoomOAuthError when Zoom refuses, ZoomUnreachableError when it does not answer within ten seconds.
 */
export const requestServerToServerToken = (runtime: Pick<Runtime, 'fetch' | 'now'>, app: ZoomApp): Promise<TokenSet> =>
  requestToken(runtime, app, { grant_type: 'account_credentials', account_id: app.account_id ?? '' })

/**
 * Where the browser goes for consent: https://developers.zoom.us/docs/integrations/oauth/. `redirect_uri` must be on the app's
 * allow list; `code_challenge` is S256 (RFC 7636).
 */
export function authorizeUrl(
  app: Pick<ZoomApp, 'client_id' | 'oauth_base'>,
  request: { redirect_uri: string; state: string; code_challenge: string },
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.client_id,
    ...request,
    code_challenge_method: 'S256',
  })
  return `${new URL(app.oauth_base).origin}/oauth/authorize?${query.toString()}`
}

/** Changes the code of a consent into the first pair of tokens; a code lives five minutes and is taken once. @throws as above. */
export const exchangeAuthorizationCode = (
  runtime: Pick<Runtime, 'fetch' | 'now'>,
  app: ZoomApp,
  { code, redirect_uri, code_verifier }: { code: string; redirect_uri: string; code_verifier?: string | undefined },
): Promise<TokenSet> =>
  requestToken(runtime, app, {
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    ...(code_verifier === undefined ? {} : { code_verifier }),
  })

/**
 * The next pair of tokens. Zoom takes each refresh token once: the new one must be kept before anything else is done.
 * @throws as above; `invalid_grant` means that the consent is over.
 */
export const refreshAccessToken = (
  runtime: Pick<Runtime, 'fetch' | 'now'>,
  app: ZoomApp,
  refresh_token: Secret,
): Promise<TokenSet> =>
  requestToken(runtime, app, { grant_type: 'refresh_token', refresh_token: refresh_token.reveal() })

/** Proves client id and secret of an app that acts for nobody yet. @throws as above. */
export const requestAppToken = (runtime: Pick<Runtime, 'fetch' | 'now'>, app: ZoomApp): Promise<TokenSet> =>
  requestToken(runtime, app, { grant_type: 'client_credentials' })

/** Ends the whole grant of a token at Zoom. @throws as above. */
export async function revokeToken(runtime: Pick<Runtime, 'fetch'>, app: ZoomApp, token: Secret): Promise<void> {
  const { response, text } = await post(runtime, app, '/oauth/revoke', { token: token.reveal() })
  if (!response.ok) throw refusal(response, parsed(text))
}

async function requestToken(
  runtime: Pick<Runtime, 'fetch' | 'now'>,
  app: ZoomApp,
  form: Record<string, string>,
): Promise<TokenSet> {
  const asked_at = runtime.now()
  const { response, text } = await post(runtime, app, '/oauth/token', form)
  const reply = parsed(text)
  const token = tokenReply.safeParse(reply)
  if (!response.ok || !token.success) throw refusal(response, reply)
  const { access_token, refresh_token, expires_in, scope, api_url } = token.data
  const date = Date.parse(response.headers.get('date') ?? '')
  return {
    access_token: new Secret(access_token),
    expires_at: asked_at + expires_in * 1000,
    scope: scope ?? '',
    api_url: api_url ?? app.api_base,
    ...(refresh_token ? { refresh_token: new Secret(refresh_token) } : {}),
    date: Number.isNaN(date) ? undefined : date,
  }
}

/** What a deletion is reported with: the notification as it came. */
export interface DataCompliance {
  user_id: string
  account_id: string
  deauthorization_event_received: unknown
}

/**
 * Tells Zoom that the data of a user who removed the app is deleted. Zoom's guide asked for it in former years and still serves it:
 * https://developers.zoom.us/docs/distribute/app-submission/data-compliance/. @throws as above.
 */
export async function reportDataCompliance(
  runtime: Pick<Runtime, 'fetch'>,
  app: ZoomApp,
  report: DataCompliance,
): Promise<void> {
  const body = JSON.stringify({ client_id: app.client_id, ...report, compliance_completed: true })
  const url = `${new URL(app.api_base).origin}/oauth/data/compliance`
  const { response, text } = await postTo(runtime, app, url, { type: 'application/json', body })
  if (!response.ok) throw refusal(response, parsed(text))
}

const timeout_ms = 10_000

const post = (
  runtime: Pick<Runtime, 'fetch'>,
  app: ZoomApp,
  path: '/oauth/token' | '/oauth/revoke',
  form: Record<string, string>,
): Promise<{ response: Response; text: string }> =>
  postTo(runtime, app, `${new URL(app.oauth_base).origin}${path}`, {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(form).toString(),
  })

async function postTo(
  runtime: Pick<Runtime, 'fetch'>,
  app: ZoomApp,
  url: string,
  { type, body }: { type: string; body: string },
): Promise<{ response: Response; text: string }> {
  try {
    const response = await runtime.fetch(url, {
      method: 'POST',
      headers: { authorization: basic(app), 'content-type': type, accept: 'application/json' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout_ms),
    })
    return { response, text: await response.text() }
  } catch (error) {
    throw unreachable(new URL(url).origin, error, timeout_ms)
  }
}

const basic = (app: ZoomApp): string =>
  `Basic ${Buffer.from(`${app.client_id}:${app.client_secret.reveal()}`).toString('base64')}`

function parsed(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

const tokenReply = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().nullish(),
  expires_in: z.number().positive(),
  scope: z.string().nullish(),
  api_url: z.string().nullish(),
})

const oauthReply = z.object({
  error: z.string().catch(''),
  reason: z.string().optional(),
  errorMessage: z.string().optional(),
})

function refusal(response: Response, reply: unknown): ZoomOAuthError {
  const { data } = oauthReply.safeParse(reply)
  const type = response.headers.get('content-type') ?? 'a body without a type'
  const reason = data?.reason ?? data?.errorMessage ?? `the reply (${type}) is not what a token endpoint answers`
  return new ZoomOAuthError(response.status, data?.error ?? '', reason)
}
