import { randomBytes } from 'node:crypto'
import { html } from 'ghtml'
import { ConflictError } from '#core/errors.ts'
import type { AtTheDoor } from '#hub/door/door.ts'
import { pageToken } from '#hub/door/page-token.ts'
import { sdkAppForPage } from '#hub/door/sdk-app.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { basePath, inScript } from '#hub/page/page.ts'
import { isKnownZoom } from '#zoom/base.ts'
import { roomPath } from './room-cookie.ts'
import { sdkVersion } from './sdk-files.ts'

/**
 * `/in/{pass_id}`: a page of its own, for the Meeting SDK fills the window, sets styles as it goes and compiles WebAssembly. It holds no
 * number, passcode or signature: the script asks for them when somebody really joins.
 */
export async function roomPage(hub: Hub, at: AtTheDoor): Promise<Reply> {
  const app = await sdkAppForPage(hub, at.pass.workspace_id, at.meeting)
  if (!app) throw new ConflictError('Joining in the browser is not set up here')
  const [base, room] = [basePath(hub), roomPath(hub, at.pass.id)]
  const nonce = randomBytes(16).toString('base64url')
  const sdk = isKnownZoom(app.oauth_base) ? zooms(base) : standIn(app.oauth_base)
  const { role, name } = at.pass
  const settings = {
    page_token: pageToken(hub, at.pass.id),
    signature: `${room}/signature`,
    outcome: `${room}/outcome`,
    door: `${room}/door`,
    guest: role === 'guest',
    name,
    lib: sdk.lib,
  }
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(nonce, sdk.origins),
      // The SDK's faster media need an isolated page; credentialless lets pictures of others in without their consent.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'credentialless',
      'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self)',
      'referrer-policy': 'same-origin',
    },
    body: html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>${at.meeting.topic} · Greenroom</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="${base}/room/room.css" />
          !${sdk.styles.map((href) => html`<link rel="stylesheet" href="${href}" />`).join('')}
        </head>
        <body>
          <main id="greeting">
            <h1>${at.meeting.topic}</h1>
            <form id="who" hidden>
              <label for="name">Your name</label>
              <input id="name" autocomplete="name" maxlength="64" required />
              <button>Join</button>
            </form>
            <p id="saying" role="status">Opening the meeting …</p>
            <p id="ways" hidden>
              <button id="again" type="button">Try again</button>
              <a href="${room}/door">Back to the door</a>
            </p>
            <noscript
              ><p>Joining in the browser needs JavaScript. The Zoom app does not: go back and choose it.</p></noscript
            >
          </main>
          <script nonce="${nonce}" type="application/json" id="settings">
            !${inScript(settings)}
          </script>
          !${sdk.scripts.map((src) => html`<script nonce="${nonce}" src="${src}"></script>`).join('')}
          <script nonce="${nonce}" src="${base}/room/room.js"></script>
        </body>
      </html>`,
  }
}

interface Sdk {
  scripts: string[]
  styles: string[]
  /** Where it finds its workers and WebAssembly; absent when it needs none. */
  lib?: string
  /** Origins beside ours that it asks. */
  origins: string[]
}

/** Zoom's own, with the React of its own, as https://developers.zoom.us/docs/meeting-sdk/web/client-view/import/ has it. */
function zooms(base: string): Sdk {
  const at = `${base}/room/sdk/${sdkVersion}`
  const vendors = ['react', 'react-dom', 'redux', 'redux-thunk', 'react-redux', 'lodash']
  return {
    scripts: [...vendors.map((name) => `${at}/lib/vendor/${name}.min.js`), `${at}/zoom-meeting-${sdkVersion}.min.js`],
    styles: [`${at}/ui/zoom-meetingsdk.css`],
    lib: `${at}/lib`,
    origins: ['https://zoom.us', 'https://*.zoom.us', 'https://zoomgov.com', 'https://*.zoomgov.com'],
  }
}

/** A simulator brings its own. */
const standIn = (origin: string): Sdk => ({ scripts: [`${origin}/sdk/zoom-meeting.js`], styles: [], origins: [origin] })

/** What the SDK needs: workers from blobs, WebAssembly, styles as it goes, and Zoom's media servers. */
const policy = (nonce: string, origins: readonly string[]): string => {
  const zoom = origins.join(' ')
  const sockets = origins.filter((origin) => origin.includes('*')).map((origin) => origin.replace('https:', 'wss:'))
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval' blob:`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${zoom}`,
    "font-src 'self' data:",
    `media-src 'self' blob: data: ${zoom}`,
    `connect-src 'self' blob: data: ${[zoom, ...sockets].join(' ')}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
