import { InputError, NotFoundError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, RouteRequest } from '#hub/integration.ts'
import { ensureBrowser, newSecret } from './browser.ts'
import { hashOf } from '#core/hashed.ts'
import { onlyPlatformOf, platformOfClient } from './platforms.ts'
import { tables } from './tables.ts'
import { isOurs, ltiPath, toolUrls } from './tool.ts'

/** From the platform's "sign in" to its answer: a redirect, or a person who must sign in there first. */
const patience_ms = 600_000

/**
 * A platform sends a browser to sign in: the browser goes back to ask for the message, with a `state` and a `nonce` that are
 * good once and in this browser alone (https://www.imsglobal.org/spec/security/v1p0/#openid_connect_launch_flow).
 * @throws NotFoundError for a platform that is not connected, InputError for a launch that leads elsewhere.
 */
export async function login(hub: Hub, asked: URLSearchParams, headers: RouteRequest['headers']): Promise<Reply> {
  const issuer = asked.get('iss') ?? ''
  const client_id = asked.get('client_id')
  const login_hint = asked.get('login_hint')
  if (!login_hint) throw new InputError('The LMS did not say who is to be signed in (login_hint)')
  const platform = client_id ? await platformOfClient(hub, issuer, client_id) : await onlyPlatformOf(hub, issuer)
  if (!platform) throw new NotFoundError(`${issuer || 'This LMS'} is not connected to Greenroom`)
  if (!isOurs(hub, asked.get('target_link_uri') ?? ''))
    throw new InputError('This link leads somewhere else than to Greenroom (target_link_uri)')
  const [state, nonce] = [newSecret(hub.runtime), newSecret(hub.runtime)]
  const browser = ensureBrowser(hub.runtime, headers, ltiPath(hub))
  await tables(hub.db)
    .insertInto('lti_login')
    .values({
      state_hash: hashOf(state),
      place_id: platform.place_id,
      browser_hash: browser.hash,
      nonce,
      expires_at: new Date(hub.runtime.now() + patience_ms),
      used_at: null,
    })
    .execute()
  const location = new URL(platform.authorization_endpoint)
  const message_hint = asked.get('lti_message_hint')
  const parameters = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: platform.client_id,
    redirect_uri: toolUrls(hub).launch,
    login_hint,
    state,
    nonce,
    ...(message_hint === null ? {} : { lti_message_hint: message_hint }),
  }
  for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value)
  return {
    status: 302,
    headers: { location: location.href, 'set-cookie': browser.cookie },
  }
}

/** What `login` kept, taken out for good: a state counts once, whoever brings it. */
export async function takeLogin(
  hub: Hub,
  state: string,
): Promise<{ place_id: string; browser_hash: Buffer; nonce: string } | undefined> {
  const now = new Date(hub.runtime.now())
  return tables(hub.db)
    .updateTable('lti_login')
    .set({ used_at: now })
    .where('state_hash', '=', hashOf(state))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['place_id', 'browser_hash', 'nonce'])
    .executeTakeFirst()
}
