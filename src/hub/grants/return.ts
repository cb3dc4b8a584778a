import { timingSafeEqual } from 'node:crypto'
import { html } from 'ghtml'
import { hashOf } from '#core/hashed.ts'
import { ConflictError, InputError, NotFoundError, sentenceOf, UnavailableError } from '#core/errors.ts'
import { ZoomUnreachableError } from '#zoom/errors.ts'
import { grantRequestByState, useGrantRequest, type GrantRequestRow } from '#store/grant-requests.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import type { Integration, Reply, RouteRequest } from '#hub/integration.ts'
import { basePath, page } from '#hub/page/page.ts'
import { switchedOff } from '#hub/switched-off.ts'
import { connectWithCode } from './connect.ts'
import { cookie, cookieName, grantPath } from './consent.ts'

/** What came of a browser's return from Zoom. The sentence is for whoever sits in front of it. */
type Return = { state: 'granted'; request: GrantRequestRow; code: string } | Ended
type Ended = { state: 'declined' } | { state: 'installed' } | { state: 'refused'; title: string; sentence: string }

/**
 * Where Zoom sends the browser after a consent: the only way back in, and it is narrow. Nothing is exchanged unless this browser
 * began this consent here, a few minutes ago, and for the first time.
 */
export async function grantReturn(
  hub: Hub,
  request: RouteRequest<{ issuer?: string }>,
  path = grantPath,
): Promise<Reply> {
  const query = textsOf(request.query)
  const { issuer } = request.params
  const arrived = `${hub.publicUrl}${path}${issuer ? `/${issuer}` : ''}`
  const back = await judge(hub, query, String(request.headers['cookie'] ?? ''), arrived)
  const reply = back.state === 'granted' ? await finish(hub, back.request, back.code) : explained(hub, back)
  if (!query.state) return reply
  return { ...reply, headers: { ...reply.headers, 'set-cookie': cookie(hub, cookieName(query.state), '', 0) } }
}

/** What is said twice says nothing. */
const textsOf = (query: unknown): { code?: string; state?: string } =>
  Object.fromEntries(
    Object.entries(query as object).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  )

async function judge(
  hub: Hub,
  { code, state }: { code?: string; state?: string },
  cookies: string,
  arrived: string,
): Promise<Return> {
  if (state === undefined) return { state: 'installed' }
  const row = await grantRequestByState(hub.db, hashOf(state))
  const now = new Date(hub.runtime.now())
  if (!row) return unknown
  if (!isThisBrowser(row, cookies, cookieName(state))) return anotherBrowser
  if (row.redirect_uri !== arrived) return anotherZoom
  if (row.used_at) return used
  if (row.expires_at <= now) return late
  const app = await zoomAppById(hub.db, row.zoom_app_id)
  // Not used up: loaded again once the app is on, this very address connects.
  if (app?.state === 'off')
    return { state: 'refused', title: 'Not now', sentence: `${switchedOff(app)}. Then load this page again.` }
  if (!(await useGrantRequest(hub.db, row.state_hash, now))) return used
  return code ? { state: 'granted', request: row, code } : { state: 'declined' }
}

function isThisBrowser({ browser_hash }: GrantRequestRow, cookies: string, name: string): boolean {
  const held = cookies.split(/; */).find((each) => each.startsWith(`${name}=`))
  return held !== undefined && timingSafeEqual(hashOf(held.slice(name.length + 1)), browser_hash)
}

async function finish(hub: Hub, request: GrantRequestRow, code: string): Promise<Reply> {
  const { workspace_id, zoom_app_id, redirect_uri, integration: name } = request
  const goesOn = name === consoleGrant ? fromConsole : hub.integrations.find((each) => each.name === name)
  if (!goesOn?.granted) return explained(hub, unknown)
  const actor = { workspace_id, name: 'zoom' }
  let connection_id: string
  try {
    const code_verifier = unseal(hub.keys, request.state_hash.toString('hex'), request.code_verifier).reveal()
    const given = { zoom_app_id, authorization_code: code, redirect_uri, code_verifier }
    connection_id = (await connectWithCode(hub, actor, given)).connection.id
  } catch (error) {
    hub.log.warn({ err: error, zoom_app_id, integration: name }, 'a consent came to nothing')
    return explained(hub, {
      ...refused,
      title: 'Zoom was not connected',
      sentence: `${reasonOf(error)} Start again from where you came.`,
    })
  }
  try {
    return await goesOn.granted({ workspace_id, connection_id, data: request.data }, hub)
  } catch (error) {
    hub.log.error(
      { err: error, connection_id, integration: name },
      'a consent was given, and what should follow failed',
    )
    return explained(hub, {
      ...refused,
      title: 'Zoom is connected, but …',
      sentence: `${reasonOf(error)} What you wanted to do can be tried again where you came from.`,
    })
  }
}

const refused = { state: 'refused' } as const

/** Words that were written for people go to people; all others are for the log. */
const reasonOf = (error: unknown): string =>
  [InputError, ConflictError, NotFoundError, UnavailableError, ZoomUnreachableError].some(
    (kind) => error instanceof kind,
  )
    ? `${sentenceOf(error).replace(/\.$/, '')}.`
    : 'Something went wrong on our side; the log of the server says more.'

/** A consent that the console began goes on nowhere: it is the connection alone that was wanted. */
export const consoleGrant = 'console'

const fromConsole: Pick<Integration, 'granted'> = {
  granted: async (_grant, hub) =>
    page({
      hub,
      title: 'Zoom is connected',
      body: html`<section class="card stack">
        <h1>Zoom is connected</h1>
        <p>Greenroom may now work for whoever consented.</p>
        <p><a class="button primary" href="${basePath(hub)}/console/settings">Back to the console</a></p>
      </section>`,
    }),
}

const unknown: Ended = {
  state: 'refused',
  title: 'This link is not known here',
  sentence: 'Nothing was connected. Start again from where you came.',
}
const anotherBrowser: Ended = {
  state: 'refused',
  title: 'This was begun in another browser',
  sentence:
    'For your safety Zoom is connected only in the browser in which it was asked for. Nothing was connected. Start again here, or go on there.',
}
const anotherZoom: Ended = {
  state: 'refused',
  title: 'This came from another Zoom',
  sentence:
    'The answer came back at the address of another Zoom than the one that was asked. Nothing was connected. If you did not open this link yourself, tell your administrator.',
}
const used: Ended = {
  state: 'refused',
  title: 'This link was used already',
  sentence: 'Each consent counts once. If Zoom is not connected yet, start again from where you came.',
}
const late: Ended = {
  state: 'refused',
  title: 'That took too long',
  sentence: 'A consent must be given within ten minutes. Nothing was connected. Start again from where you came.',
}

/** Whoever did nothing wrong gets a page, and no error. */
const noErrors = {
  declined: {
    title: 'Nothing was connected',
    sentence: 'You declined at Zoom, and that is fine: nothing was connected. You can connect whenever you like.',
  },
  installed: {
    title: 'One more step',
    sentence:
      'You came from “Install” or “Add” at Zoom. Greenroom cannot know from that whom to connect: start where you want to use Zoom instead: your chat, your course or the console. Nothing was connected.',
  },
}

function explained(hub: Hub, back: Ended): Reply {
  const status = back.state === 'refused' ? 400 : 200
  const { title, sentence } = back.state === 'refused' ? back : noErrors[back.state]
  return page({
    hub,
    title,
    status,
    body: html`<section class="card stack">
      <h1>${title}</h1>
      <p>${sentence}</p>
    </section>`,
  })
}
