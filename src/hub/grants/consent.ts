import { createHash } from 'node:crypto'
import { hashOf } from '#core/hashed.ts'
import { InputError, NotFoundError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'
import { insertGrantRequest } from '#store/grant-requests.ts'
import { zoomAppOfWorkspace } from '#store/zoom-apps.ts'
import { knownBases } from '#zoom/base.ts'
import { authorizeUrl } from '#zoom/oauth.ts'
import { seal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { mustBeOn } from '#hub/switched-off.ts'

export interface GrantWish {
  workspace_id: string
  zoom_app_id: string
  /** Who goes on after the consent, and what it needs to know then. */
  integration: string
  data: unknown
  /** Where Zoom sends the browser back to, below our address; the app at Zoom must allow it. */
  redirect_path?: string
}

/** Long enough to sign in at Zoom and read what is asked. */
const patience_ms = 10 * 60_000

export const grantPath = '/zoom/oauth/callback'

/**
 * Begins a consent: the address at Zoom to send the browser to, and the cookie that ties it to this browser. `state` is good once
 * (RFC 6749, section 10.12), and the code that comes back is bound to this request (PKCE, RFC 7636).
 * @throws NotFoundError for an app of another workspace; InputError for one that needs nobody's consent; ConflictError while it is off.
 */
export async function beginGrant(hub: Hub, wish: GrantWish): Promise<{ location: string; cookie: string }> {
  const app = await zoomAppOfWorkspace(hub.db, wish.workspace_id, wish.zoom_app_id)
  if (!app) throw new NotFoundError(`There is no Zoom app ${wish.zoom_app_id}`)
  mustBeOn(app)
  if (app.kind === 'server_to_server')
    throw new InputError(`${app.name} is a server-to-server app: it is connected already and needs nobody’s consent`)
  const [state, browser, code_verifier] = [secret(hub), secret(hub), secret(hub)]
  const redirect_uri = redirectUri(hub, app, wish.redirect_path)
  const now = hub.runtime.now()
  const state_hash = hashOf(state)
  await insertGrantRequest(hub.db, {
    state_hash,
    workspace_id: wish.workspace_id,
    zoom_app_id: app.id,
    browser_hash: hashOf(browser),
    code_verifier: seal(hub.keys, state_hash.toString('hex'), new Secret(code_verifier)),
    redirect_uri,
    integration: wish.integration,
    data: wish.data,
    created_at: new Date(now),
    expires_at: new Date(now + patience_ms),
  })
  const code_challenge = createHash('sha256').update(code_verifier).digest('base64url')
  return {
    location: authorizeUrl(app, { redirect_uri, state, code_challenge }),
    cookie: cookie(hub, cookieName(state), browser, patience_ms / 1000),
  }
}

/**
 * Where Zoom sends the browser back to: an address for each Zoom there is, so that one of them cannot have the answer of another
 * brought to it (mix-up: RFC 9700, section 4.4.2.2). Zoom itself names no issuer in its answers.
 */
export function redirectUri({ publicUrl }: Hub, { oauth_base }: { oauth_base: string }, path = grantPath): string {
  const { origin, host } = new URL(oauth_base)
  return `${publicUrl}${path}${origin === knownBases['zoom.us'].oauth_base ? '' : `/${host}`}`
}

const secret = (hub: Hub): string => Buffer.from(hub.runtime.random(32)).toString('base64url')

/** One for each consent, so that two of them in one browser do not undo each other. */
export const cookieName = (state: string): string => `greenroom_grant_${hashOf(state).toString('hex').slice(0, 8)}`

/** Lax: Zoom sends the browser back by a plain link. `seconds` 0 takes it away again. */
export function cookie(hub: Hub, name: string, value: string, seconds: number): string {
  const { protocol, pathname } = new URL(hub.publicUrl)
  const secure = protocol === 'https:' ? '; Secure' : ''
  return `${name}=${value}; Path=${pathname}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}
