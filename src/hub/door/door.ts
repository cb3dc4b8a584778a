import { ConflictError, NotFoundError } from '#core/errors.ts'
import type { PassRow } from '#store/passes.ts'
import { isKnownZoom } from '#zoom/base.ts'
import type { Hub } from '#hub/hub.ts'
import { meetingPhase, type MeetingPhase } from '#hub/meeting-state.ts'
import { seatFor } from '#hub/licences/seat.ts'
import { meeting, occurrences } from '#hub/meetings/read.ts'
import { clockIn, dayIn, zoneName } from '#hub/page/when.ts'
import type { Meeting } from '#hub/resources.ts'
import { placementById } from '#store/placements.ts'
import { placeById } from '#store/places.ts'
import { switchedOff } from '#hub/switched-off.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { reportToken } from './join-report.ts'
import { sdkAppForPage, signJoin } from './sdk-app.ts'
import { passOf } from './ticket.ts'

/** Whoever stands at the Door, before which meeting, and whether it is open. */
export interface AtTheDoor {
  pass: PassRow
  meeting: Meeting
  phase: MeetingPhase
  /** Joining in the browser takes an app that carries the Meeting SDK, and is on. */
  browser: { ready: true } | { ready: false; why: string }
}

/**
 * From stored rows alone: no call to Zoom.
 * @throws NotFoundError for a ticket that is unknown, over or taken back; ConflictError when its place was switched off.
 */
export async function openDoor(hub: Hub, ticket: string): Promise<AtTheDoor> {
  const pass = await passOf(hub, ticket)
  if (!pass) throw new NotFoundError('This link is not good (any more). Ask for a new one where you found it')
  await mustBeShown(hub, pass)
  const actor = { workspace_id: pass.workspace_id, name: `pass:${pass.id}` }
  const found = await meeting(hub, actor, pass.meeting_id)
  const { items } = await occurrences(hub, actor, found.id)
  return {
    pass,
    meeting: found,
    phase: meetingPhase(found, items, hub.runtime.now()),
    browser: inBrowser(await sdkAppForPage(hub, pass.workspace_id, found)),
  }
}

const inBrowser = (app: ZoomAppRow | undefined): AtTheDoor['browser'] => {
  if (!app) return { ready: false, why: 'Joining in the browser is not set up here.' }
  return app.state === 'off' ? { ready: false, why: `Not in the browser now: ${switchedOff(app)}.` } : { ready: true }
}

/** What a place shows no more is no way in any more. */
async function mustBeShown(hub: Hub, { placement_id }: PassRow): Promise<void> {
  const placed = placement_id ? await placementById(hub.db, placement_id) : undefined
  if (!placed) return
  if (placed.state === 'removed') throw new ConflictError(`${placed.place_name} does not show this meeting any more`)
  if ((await placeById(hub.db, placed.place_id))?.state === 'off')
    throw new ConflictError(`An administrator has switched ${placed.place_name} off`)
}

/** A host may always come in, before the time and after it: somebody must be the first. */
export const mayComeIn = ({ pass, phase }: Pick<AtTheDoor, 'pass' | 'phase'>): boolean =>
  phase.phase === 'open' || phase.phase === 'live' || (pass.role === 'host' && phase.phase !== 'cancelled')

/**
 * Where the Zoom app opens, with the name filled in (Zoom takes `uname` from who is not signed in to it).
 * @throws ConflictError with the sentence that says why not, and when.
 */
export async function joinInApp(hub: Hub, ticket: string, name?: string): Promise<string> {
  const { pass, meeting: found } = await comeIn(hub, ticket)
  const url = new URL(found.join_url ?? '')
  const shown = nameOf(pass, name)
  if (shown) url.searchParams.set('uname', shown)
  return url.href
}

/** What the Meeting SDK is told, in its own words: https://developers.zoom.us/docs/meeting-sdk/web/. */
export interface BrowserJoin {
  signature: string
  meetingNumber: string
  userName: string
  userEmail: string
  passWord: string
  customerKey: string
  /** Beside the SDK's words: with it the page tells what came of the join. */
  report_token: string
  /** Where the SDK comes from: Zoom's own as we serve it, or, of a simulator, from there. */
  sdk: { oauth_base: string; isZoom: boolean }
}

/** The same for the browser. The signature is made of this alone; nothing of it comes from the request but a guest's name. */
export async function joinInBrowser(hub: Hub, ticket: string, name?: string): Promise<BrowserJoin> {
  const { pass, meeting: found } = await comeIn(hub, ticket)
  const app = await sdkAppForPage(hub, pass.workspace_id, found)
  if (!app)
    throw new ConflictError('No Zoom app here carries the Meeting SDK: join in the Zoom app, or ask an administrator')
  return {
    signature: signJoin(hub, app, found.zoom_meeting_id),
    meetingNumber: found.zoom_meeting_id,
    userName: nameOf(pass, name) ?? 'Guest',
    userEmail: pass.email ?? '',
    passWord: found.password ?? '',
    customerKey: pass.id,
    report_token: reportToken(hub, pass.id, app.id),
    sdk: { oauth_base: app.oauth_base, isZoom: isKnownZoom(app.oauth_base) },
  }
}

/** A guest says what to be called; for everybody else the place has said it. */
const nameOf = ({ role, name }: PassRow, said: string | undefined): string | null =>
  (role === 'guest' ? said : undefined) ?? name

async function comeIn(hub: Hub, ticket: string): Promise<AtTheDoor> {
  const at = await openDoor(hub, ticket)
  if (!mayComeIn(at)) throw new ConflictError(whyNot(at))
  if (at.pass.role === 'host') await seatForHost(hub, at)
  if (!URL.canParse(at.meeting.join_url ?? ''))
    throw new ConflictError('Zoom has not said yet how to join this meeting. Try again in a minute')
  return at
}

/** Without a licence the meeting is short, which beats none: whatever keeps the host from getting one keeps nobody out. */
async function seatForHost(hub: Hub, { pass, meeting: { id, host_id } }: AtTheDoor): Promise<void> {
  const actor = { workspace_id: pass.workspace_id, name: `pass:${pass.id}` }
  await seatFor(hub, actor, { host: host_id, reason: 'join', meeting_id: id, patience_ms: 5_000 }).catch(
    (error: unknown) => hub.log.warn({ err: error, meeting_id: id }, 'the host comes in without a licence'),
  )
}

/** Why somebody may not come in now. */
function whyNot({ phase: { phase, opens_at }, meeting: { timezone } }: AtTheDoor): string {
  const zone = timezone || 'UTC'
  if (phase === 'cancelled') return 'This meeting was called off'
  if (phase === 'ended' || !opens_at) return 'This meeting is over'
  return `The doors open on ${dayIn(zone, opens_at)} at ${clockIn(zone, opens_at)} ${zoneName(zone)}`
}
