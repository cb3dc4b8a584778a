import { timingSafeEqual } from 'node:crypto'
import { html } from 'ghtml'
import { zoomApp } from '#hub/apps.ts'
import { beginGrant } from '#hub/grants/consent.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { basePath, page } from '#hub/page/page.ts'
import { placeById } from '#hub/places.ts'
import type { ZoomApp } from '#hub/resources.ts'
import { switchedOff } from '#hub/switched-off.ts'
import { actorOf } from './host-of.ts'
import { redirectPath } from './redirect-path.ts'
import { bindLink, linkOf, useLink } from './link.ts'
import { serverById } from './servers.ts'
import { hashOf } from '#core/hashed.ts'
import type { LinkRow, ServerRow } from './tables.ts'

type LinkRequest = RouteRequest<{ token: string }>

const path = '/mattermost/connect/:token'

/** The page behind the link of `/zoom connect`: it says whom it connects, and leads to Zoom's consent. */
export const connectRoutes: Route[] = [
  { method: 'GET', path, auth: 'public', handle: (request, hub) => showLink(hub, request) },
  { method: 'POST', path, auth: 'public', rawBody: true, handle: (request, hub) => followLink(hub, request) },
]

/** Mattermost looks at links to preview them; that binds nothing. */
const previews = /bot/i

async function showLink(hub: Hub, request: LinkRequest): Promise<Reply> {
  const opened = await openLink(hub, request)
  if ('refused' in opened) return opened.refused
  const { link, server, app } = opened
  const browser = Buffer.from(hub.runtime.random(32)).toString('base64url')
  const cookies: string[] = []
  if (!link.browser_hash && !previews.test(String(request.headers['user-agent'] ?? ''))) {
    if (!(await bindLink(hub, link, hashOf(browser)))) return explain(hub, ...anotherBrowser)
    cookies.push(cookie(hub, link, browser))
  }
  const place = await placeById(hub, server.place_id)
  return page({
    hub,
    title: 'Connect Zoom',
    formsTo: [app.oauth_base],
    headers: { 'set-cookie': cookies },
    body: html`<section class="card stack">
      <h1>Connect Zoom to @${link.username}</h1>
      <p>
        The Zoom account that you choose next will be used by <strong>@${link.username}</strong> on ${place?.name ?? ''}
        (${new URL(server.url).host}). Whoever uses that Mattermost account can then start meetings in your name.
      </p>
      <p class="note warn">Is this not you, or did somebody send you this link? Close this page.</p>
      <form method="post" class="row actions">
        <button class="button primary big">I am @${link.username}: continue to Zoom</button>
      </form>
    </section>`,
  })
}

async function followLink(hub: Hub, request: LinkRequest): Promise<Reply> {
  const opened = await openLink(hub, request)
  if ('refused' in opened) return opened.refused
  const { link, app } = opened
  if (!link.browser_hash) return explain(hub, ...anotherBrowser)
  if (!(await useLink(hub, link))) return explain(hub, ...used)
  const { location, cookie: grantCookie } = await beginGrant(hub, {
    workspace_id: opened.server.workspace_id,
    zoom_app_id: app.id,
    integration: 'mattermost',
    data: { link: link.token_hash.toString('hex') },
    redirect_path: redirectPath,
  })
  return { status: 303, headers: { location, 'set-cookie': grantCookie } }
}

/** The link, if this browser may use it now. */
async function openLink(
  hub: Hub,
  { params, headers }: LinkRequest,
): Promise<{ link: LinkRow; server: ServerRow; app: ZoomApp } | { refused: Reply }> {
  const link = await linkOf(hub, hashOf(params.token))
  const server = link && (await serverById(hub, link.place_id))
  if (!link || !server) return { refused: explain(hub, ...unknown) }
  if (link.browser_hash && !holds(link, link.browser_hash, String(headers['cookie'] ?? '')))
    return { refused: explain(hub, ...anotherBrowser) }
  if (link.used_at) return { refused: explain(hub, ...used) }
  if (link.expires_at.getTime() <= hub.runtime.now()) return { refused: explain(hub, ...late) }
  const app = await zoomApp(hub, actorOf(server), (await placeById(hub, server.place_id))?.zoom_app_id ?? '')
  // The link is not used up by that.
  if (app.state === 'off')
    return { refused: explain(hub, 409, 'Not now', `${switchedOff(app)}. Then follow the link again.`) }
  return { link, server, app }
}

const cookieName = ({ token_hash }: LinkRow): string => `greenroom_mattermost_${token_hash.toString('hex', 0, 4)}`

function holds(link: LinkRow, browser_hash: Buffer, cookies: string): boolean {
  const name = `${cookieName(link)}=`
  const held = cookies.split(/; */).find((each) => each.startsWith(name))
  return held !== undefined && timingSafeEqual(hashOf(held.slice(name.length)), browser_hash)
}

function cookie(hub: Hub, link: LinkRow, browser: string): string {
  const secure = hub.publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${cookieName(link)}=${browser}; Path=${basePath(hub)}/mattermost/; Max-Age=600; HttpOnly; SameSite=Lax${secure}`
}

const again = 'Nothing was connected. Type /zoom connect in Mattermost for a new link.'
const unknown = [404, 'This link is not known here', again] as const
const used = [410, 'This link was used already', again] as const
const late = [410, 'This link is over', `It worked for five minutes. ${again}`] as const
const anotherBrowser = [
  403,
  'This link was opened in another browser',
  `It is for one person in one browser. ${again}`,
] as const

export const explain = (hub: Hub, status: number, title: string, sentence: string): Reply =>
  page({
    hub,
    title,
    status,
    body: html`<section class="card stack">
      <h1>${title}</h1>
      <p>${sentence}</p>
    </section>`,
  })
