import { now } from '#simulator/clock.ts'
import { newToken } from '#simulator/ids.ts'
import type { App, AuthorizationCode, Person, World } from '#simulator/state.ts'

/** Why Zoom shows an error page instead of the consent page: https://developers.zoom.us/docs/integrations/oauth-error-messages/ */
const refusals = {
  invalid_client: { code: 4702, message: 'Invalid client_id.' },
  redirect_mismatch: { code: 4709, message: 'Redirect URI mismatch.' },
  app_disabled: { code: 4717, message: 'The app has been disabled.' },
  invalid_response_type: { code: 4700, message: 'Invalid response_type.' },
  invalid_scope: { code: 4700, message: 'Invalid scope.' },
  invalid_challenge: { code: 4700, message: 'Invalid code_challenge.' },
  needs_admin: { code: 4700, message: 'You cannot authorize the app. It is for the whole account: ask your admin.' },
  other_account: { code: 4700, message: 'You cannot authorize the app. Please contact the app developer.' },
  not_active: { code: 4700, message: 'You cannot authorize the app. Your account is not active.' },
} satisfies Record<string, { code: number; message: string }>

/** Zoom neither asks for consent nor sends the browser anywhere. */
export class ConsentRefused extends Error {
  override name = 'ConsentRefused'
  readonly code: number
  constructor(refusal: keyof typeof refusals) {
    super(refusals[refusal].message)
    this.code = refusals[refusal].code
  }
}

/** The parameters of the authorize address, whatever was in them. */
export type ConsentQuery = Partial<
  Record<
    'response_type' | 'client_id' | 'redirect_uri' | 'state' | 'scope' | 'code_challenge' | 'code_challenge_method',
    string | undefined
  >
>

/** What an app asks somebody for. */
export interface Consent {
  app: App
  redirect_uri: string
  state: string | undefined
  scopes: string[]
  challenge: AuthorizationCode['challenge']
}

/**
 * What is asked for, as https://developers.zoom.us/docs/integrations/oauth/ has it.
 * @throws ConsentRefused
 */
export function readConsent(world: World, query: ConsentQuery): Consent {
  const app = world.apps.get(query.client_id ?? '')
  if (!app || app.type === 'server_to_server') throw new ConsentRefused('invalid_client')
  if (!app.activated) throw new ConsentRefused('app_disabled')
  const { redirect_uri = '', state, response_type } = query
  if (!mayReturnTo(app, redirect_uri)) throw new ConsentRefused('redirect_mismatch')
  if (response_type !== 'code') throw new ConsentRefused('invalid_response_type')
  return { app, redirect_uri, state, scopes: scopesOf(app, query), challenge: challengeOf(app, query) }
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Only to the letter what is on the app's list; an app without a list may use any address of one's own machine. */
function mayReturnTo({ redirect_uris }: App, redirect_uri: string): boolean {
  if (redirect_uris.length > 0) return redirect_uris.includes(redirect_uri)
  return URL.canParse(redirect_uri) && loopback.has(new URL(redirect_uri).hostname)
}

/** All of the app's unless it asks for less. */
function scopesOf(app: App, { scope }: ConsentQuery): string[] {
  if (!scope) return app.scopes
  const asked = scope.split(' ').filter(Boolean)
  if (asked.some((one) => !app.scopes.includes(one))) throw new ConsentRefused('invalid_scope')
  return asked
}

/** PKCE is for all, and a must for clients without a secret. Without a method it is `plain`, says RFC 7636 section 4.3. */
function challengeOf(app: App, query: ConsentQuery): AuthorizationCode['challenge'] {
  const { code_challenge, code_challenge_method = 'plain' } = query
  if (!code_challenge) {
    if (app.public_client) throw new ConsentRefused('invalid_challenge')
    return undefined
  }
  if (code_challenge_method !== 'S256' && code_challenge_method !== 'plain')
    throw new ConsentRefused('invalid_challenge')
  return { code_challenge, code_challenge_method }
}

/**
 * Somebody allows it: the address that the browser is sent to, with a code that is good for five minutes and once.
 * @throws ConsentRefused for somebody who may not allow it.
 */
export function allow(world: World, { app, redirect_uri, state, scopes, challenge }: Consent, person: Person): string {
  checkPerson(world, app, person)
  const code = newToken(30)
  const expires_at = now(world.clock) + 5 * 60_000
  world.codes.set(code, { client_id: app.client_id, user_id: person.id, scopes, redirect_uri, challenge, expires_at })
  return withQuery(redirect_uri, { code, state })
}

/** Somebody declines: the browser goes back without a code. */
export const decline = ({ redirect_uri, state }: Consent): string => withQuery(redirect_uri, { state })

function checkPerson(world: World, app: App, person: Person): void {
  if (person.status !== 'active') throw new ConsentRefused('not_active')
  if (app.account_id !== world.account.id && !app.published) throw new ConsentRefused('other_account')
  if (app.type === 'admin_managed' && person.role === 'member') throw new ConsentRefused('needs_admin')
}

function withQuery(redirect_uri: string, parameters: Record<string, string | undefined>): string {
  const location = new URL(redirect_uri)
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) location.searchParams.set(name, value)
  return location.href
}
