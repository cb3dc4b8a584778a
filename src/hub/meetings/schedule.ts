import { ConflictError, InputError } from '#core/errors.ts'
import type { MeetingRow } from '#store/meetings.ts'
import type { Meeting as ZoomMeeting } from '#zoom/meetings.ts'
import type { ScheduleBody } from '#zoom/schedule.ts'
import { chosenConnection } from '#hub/connections.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Connection, MeetingChange, NewMeeting, PlannedMeeting } from '#hub/resources.ts'
import { seatFor } from '#hub/licences/seat.ts'
import { isGrantor } from '#hub/spoken-for.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { isGone, translated } from '#hub/zoom-refusal.ts'
import { alreadyMade } from './already-made.ts'
import { bodyOfChange, bodyOfNew } from './body.ts'
import { auditDone, auditMeeting, changeable } from './changeable.ts'
import { refuseConflict } from './conflict.ts'
import { verbsOf } from './verbs.ts'
import { instant } from './from-zoom.ts'
import { takeTurn, turnDone, turnFailed, type Turn } from './idempotency.ts'
import { keepMeeting } from './keep.ts'
import { checkOptions } from './options/check.ts'
import { leftOut } from './options/left-out.ts'
import { partsOf, type Asked } from './options/rules.ts'
import { withDefaults } from './options/with-defaults.ts'
import { meeting } from './read.ts'

/**
 * Plans a meeting or webinar: at Zoom first, then kept as Zoom answered it. With an Idempotency-Key a retry plans nothing twice,
 * even when Zoom's answer to the first try was lost.
 * @throws InputError with Zoom's words for what it refuses, UnavailableError when Zoom cannot be reached or asks to wait.
 */
export async function createMeeting(hub: Hub, actor: Actor, asked: NewMeeting, key?: string): Promise<PlannedMeeting> {
  const connection = await chosenConnection(hub, actor, asked.connection_id)
  const host = hostOf(connection, asked.host)
  const request = await withDefaults(hub, actor, userOf(connection, asked.host), asked)
  const body = bodyOfNew(request)
  await checkNew(hub, actor, connection, request)
  const holder = request.schedule_for ?? userOf(connection, host)
  // What the workspace adds is not what was asked: a retry is the same, though that was changed in between.
  const turn: Turn = key ? await takeTurn(hub, actor, key, asked) : { turn: 'first' }
  if (turn.turn === 'done') return planned(hub, actor, turn.meeting_id, request)
  try {
    const client = await zoomClient(hub, connection.id)
    await seatFor(hub, actor, { host: holder, reason: 'plan' })
    const made =
      turn.turn === 'again' && key ? await alreadyMade(hub, actor, connection, request, key, turn.since) : undefined
    const zoom = made ?? (await verbsOf(request.kind).create(client, host, body))
    return await planned(hub, actor, await keepNew(hub, actor, connection.id, request, zoom, key), request)
  } catch (error) {
    if (key) await turnFailed(hub, actor, key, turn, error)
    throw translated(error, hub.runtime.now())
  }
}

async function planned(hub: Hub, actor: Actor, id: string, asked: NewMeeting | MeetingChange): Promise<PlannedMeeting> {
  const kept = await meeting(hub, actor, id)
  return { ...kept, left_out: leftOut(asked, kept) }
}

/** The token of a user may speak of that user alone, and only as `me`. */
function hostOf(connection: Connection, host: string): string {
  if (connection.kind !== 'user_managed') return host
  if (isGrantor(connection, host)) return 'me'
  const { zoom_user_email } = connection
  throw new InputError(`This connection is ${zoom_user_email}’s own: it plans no meetings for ${host}`, [
    { field: 'host', message: `must be ${zoom_user_email} or me` },
  ])
}

const userOf = ({ zoom_user_id }: Connection, host: string): string => (host === 'me' ? (zoom_user_id ?? host) : host)

async function checkNew(hub: Hub, actor: Actor, connection: Connection, request: NewMeeting): Promise<void> {
  const { kind, connection_id: _connection, host, ...asked } = request
  await checkOptions(hub, actor, { kind, host: userOf(connection, host), isNew: true }, asked)
}

async function keepNew(
  hub: Hub,
  actor: Actor,
  connection_id: string,
  request: NewMeeting,
  zoom: ZoomMeeting,
  key: string | undefined,
): Promise<string> {
  return hub.db.transaction().execute(async (trx) => {
    const { row } = await keepMeeting(hub, trx, {
      workspace_id: actor.workspace_id,
      connection_id,
      kind: request.kind,
      zoom,
      changed_at: instant(zoom.created_at) ?? new Date(hub.runtime.now()),
    })
    await emit(hub, trx, actor.workspace_id, 'api', [
      { type: 'meeting.changed', meeting_id: row.id, payload: { fields: ['created'] } },
    ])
    await auditMeeting(trx, actor, 'meeting.created', row, { topic: row.topic, host: request.host })
    if (key) await turnDone(trx, actor, key, row.id)
    return row.id
  })
}

/**
 * Changes the given fields at Zoom, then keeps what Zoom has. With the revision that the caller has read, Zoom is asked first whether
 * somebody else changed one of these fields since.
 * @throws EditConflictError with both values when somebody did.
 */
export async function updateMeeting(
  hub: Hub,
  actor: Actor,
  id: string,
  change: MeetingChange,
  revision?: number,
): Promise<PlannedMeeting> {
  const { row, connection_id } = await changeable(hub, actor, id)
  const needs = await checkOptions(hub, actor, { kind: row.kind, host: row.host_id, isNew: false }, change)
  if (revision !== undefined) await refuseConflict(hub, actor, { row, connection_id }, change, revision)
  if (needs.licence) await seatFor(hub, actor, { host: row.host_id, reason: 'plan', meeting_id: id })
  await changeAtZoom(hub, actor, { row, connection_id }, bodyOfChange(row.kind, change))
  return planned(hub, actor, id, change)
}

/** The meeting, or one occurrence of it, is changed at Zoom and kept as Zoom has it then. */
export async function changeAtZoom(
  hub: Hub,
  actor: Actor,
  { row, connection_id }: { row: MeetingRow; connection_id: string },
  body: ScheduleBody,
  query: { occurrence_id?: string } = {},
): Promise<void> {
  const asked_at = new Date(hub.runtime.now())
  const zoom = await sentToZoom(hub, row, connection_id, body, query)
  await hub.db.transaction().execute(async (trx) => {
    const { fields, changes } = await keepMeeting(hub, trx, {
      workspace_id: actor.workspace_id,
      connection_id,
      kind: row.kind,
      zoom,
      changed_at: asked_at,
      ...(query.occurrence_id ? { own: ownOf(query.occurrence_id, body) } : {}),
    })
    if (fields.length > 0)
      await emit(hub, trx, actor.workspace_id, 'api', [
        { type: 'meeting.changed', meeting_id: row.id, payload: { fields } },
      ])
    const action = query.occurrence_id ? 'occurrence.changed' : 'meeting.changed'
    const parts = [...partsOf(body as Asked), ...(query.occurrence_id ? ['occurrences'] : [])]
    await auditDone(trx, actor, action, row, { since: asked_at, parts, fields: Object.keys(body), changes, ...query })
  })
}

const ownOf = (occurrence_id: string, { agenda, settings }: ScheduleBody) => ({
  occurrence_id,
  ...(agenda === undefined ? {} : { agenda }),
  ...(settings === undefined ? {} : { settings }),
})

/**
 * Changes the meeting and reads what Zoom has of it then. When Zoom has it no more, the change came too late; it is not
 * marked gone here: the event does that, or the next look.
 */
async function sentToZoom(
  hub: Hub,
  row: MeetingRow,
  connection_id: string,
  body: ScheduleBody,
  query: { occurrence_id?: string },
): Promise<ZoomMeeting> {
  const verbs = verbsOf(row.kind)
  try {
    const client = await zoomClient(hub, connection_id)
    await verbs.update(client, row.zoom_meeting_id, body, query)
    return await verbs.get(client, row.zoom_meeting_id)
  } catch (error) {
    if (isGone(error))
      throw new ConflictError(`Zoom does not know meeting ${row.zoom_meeting_id} any more: it was deleted there`)
    throw translated(error, hub.runtime.now())
  }
}
