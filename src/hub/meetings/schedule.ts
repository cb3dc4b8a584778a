import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import type { Trx } from '#store/db.ts'
import {
  lockMeetingByZoomId,
  markOccurrencesDeleted,
  meetingOfWorkspace,
  occurrencesOfMeeting,
  updateMeetingRow,
} from '#store/meetings.ts'
import type { MeetingRow } from '#store/meetings.ts'
import type { Meeting as ZoomMeeting } from '#zoom/meetings.ts'
import type { ScheduleBody } from '#zoom/schedule.ts'
import { chosenConnection, onlyConnection } from '#hub/connections.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { CancelRequest, Meeting, MeetingChange, NewMeeting } from '#hub/resources.ts'
import { zoomClient } from '#hub/tokens.ts'
import { isGone, translated } from '#hub/zoom-refusal.ts'
import { alreadyMade } from './already-made.ts'
import { doorOf } from './doors.ts'
import { endsAt, instant } from './from-zoom.ts'
import { takeTurn, turnDone, turnFailed, type Turn } from './idempotency.ts'
import { keepMeeting } from './keep.ts'
import { meeting } from './read.ts'
import { withZoomTimes } from './zoom-time.ts'

/**
 * Plans a meeting or webinar: at Zoom first, then kept as Zoom answered it. With an Idempotency-Key a retry plans nothing twice,
 * even when Zoom's answer to the first try was lost.
 * @throws InputError with Zoom's words for what it refuses, UnavailableError when Zoom cannot be reached or asks to wait.
 */
export async function createMeeting(hub: Hub, actor: Actor, request: NewMeeting, key?: string): Promise<Meeting> {
  const connection = await chosenConnection(hub, actor, request.connection_id)
  const body = bodyOf(request)
  const turn: Turn = key ? await takeTurn(hub, actor, key, request) : { turn: 'first' }
  if (turn.turn === 'done') return meeting(hub, actor, turn.meeting_id)
  try {
    const client = await zoomClient(hub, connection.id)
    const made =
      turn.turn === 'again' && key ? await alreadyMade(hub, actor, client, request, key, turn.since) : undefined
    const zoom = made ?? (await doorOf(request.kind).create(client, request.host, body))
    return await meeting(hub, actor, await keepNew(hub, actor, connection.id, request, zoom, key))
  } catch (error) {
    if (key) await turnFailed(hub, actor, key, turn, error)
    throw translated(error, hub.runtime.now())
  }
}

const bodyOf = ({ kind, connection_id: _connection, host: _host, ...fields }: NewMeeting): ScheduleBody => {
  const { types } = doorOf(kind)
  if (fields.recurrence && !fields.start_time)
    throw new InputError('A series needs the time of its first run', [
      { field: 'start_time', message: 'is needed with recurrence' },
    ])
  const type = fields.recurrence ? types.series : fields.start_time ? types.once : types.instant
  if (type === undefined)
    throw new InputError('A webinar needs a time', [{ field: 'start_time', message: 'is needed for a webinar' }])
  return { ...given(withZoomTimes(fields)), type } as ScheduleBody
}

/** An untouched option is not sent: Zoom's own defaults, and the host's, decide. */
const given = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

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
    await audit(trx, actor, 'meeting.created', row, { topic: row.topic, host: request.host })
    if (key) await turnDone(trx, actor, key, row.id)
    return row.id
  })
}

/** Changes the given fields at Zoom, then keeps what Zoom has. */
export async function updateMeeting(hub: Hub, actor: Actor, id: string, change: MeetingChange): Promise<Meeting> {
  const { row, connection_id } = await changeable(hub, actor, id)
  const asked_at = new Date(hub.runtime.now())
  const door = doorOf(row.kind)
  // What recurs from now on is of another type.
  const body = {
    ...given(withZoomTimes(change)),
    ...(change.recurrence ? { type: door.types.series } : {}),
  } as ScheduleBody
  const zoom = await atZoom(hub, tooLate(row), async () => {
    const client = await zoomClient(hub, connection_id)
    await door.update(client, row.zoom_meeting_id, body)
    return door.get(client, row.zoom_meeting_id)
  })
  await hub.db.transaction().execute(async (trx) => {
    const { fields } = await keepMeeting(hub, trx, {
      workspace_id: actor.workspace_id,
      connection_id,
      kind: row.kind,
      zoom,
      changed_at: asked_at,
    })
    if (fields.length > 0)
      await emit(hub, trx, actor.workspace_id, 'api', [
        { type: 'meeting.changed', meeting_id: id, payload: { fields } },
      ])
    await audit(trx, actor, 'meeting.changed', row, { fields: Object.keys(change) })
  })
  return meeting(hub, actor, id)
}

/** Calls off the meeting, or one occurrence of it: deleted at Zoom, which tells its registrants; kept here as called off. */
export async function cancelMeeting(
  hub: Hub,
  actor: Actor,
  id: string,
  { occurrence_id }: CancelRequest,
): Promise<Meeting> {
  if (occurrence_id === undefined) return end(hub, actor, id, 'cancelled')
  const { row, connection_id } = await changeable(hub, actor, id)
  const occurrence = (await occurrencesOfMeeting(hub.db, id)).find((each) => each.occurrence_id === occurrence_id)
  if (!occurrence)
    throw new InputError('There is no such occurrence', [
      { field: 'occurrence_id', message: 'must be one of the meeting’s occurrences' },
    ])
  if (occurrence.status === 'deleted') return meeting(hub, actor, id)
  await atZoom(
    hub,
    () => Promise.resolve(),
    async () => {
      await doorOf(row.kind).delete(await zoomClient(hub, connection_id), row.zoom_meeting_id, {
        occurrence_id,
        cancel_meeting_reminder: true,
      })
    },
  )
  await hub.db.transaction().execute(async (trx) => {
    // The meeting before its occurrences, as the events do it: Zoom's news of this is on its way.
    await lockMeetingByZoomId(trx, row.workspace_id, row.zoom_meeting_id)
    await markOccurrencesDeleted(trx, id, [occurrence_id])
    await updateMeetingRow(trx, id, { ends_at: endsAt(row, await occurrencesOfMeeting(trx, id)) })
    await emit(hub, trx, actor.workspace_id, 'api', [
      { type: 'meeting.changed', meeting_id: id, payload: { fields: ['occurrences'] } },
    ])
    await audit(trx, actor, 'occurrence.cancelled', row, { occurrence_id })
  })
  return meeting(hub, actor, id)
}

/** Deletes the meeting at Zoom and takes it off the lists; its sessions and their attendance stay. */
export async function deleteMeeting(hub: Hub, actor: Actor, id: string): Promise<void> {
  await end(hub, actor, id, 'gone')
}

async function end(hub: Hub, actor: Actor, id: string, state: 'cancelled' | 'gone'): Promise<Meeting> {
  const row = await found(hub, actor, id)
  if (row.state === state) return meeting(hub, actor, id)
  const { connection_id } = await changeable(hub, actor, id, state)
  await atZoom(
    hub,
    () => Promise.resolve(),
    async () => {
      await doorOf(row.kind).delete(
        await zoomClient(hub, connection_id),
        row.zoom_meeting_id,
        state === 'cancelled' ? { cancel_meeting_reminder: true } : {},
      )
    },
  )
  await hub.db.transaction().execute((trx) => markOver(hub, trx, actor, row, state))
  return meeting(hub, actor, id)
}

async function markOver(hub: Hub, trx: Trx, actor: Actor, row: MeetingRow, state: 'cancelled' | 'gone'): Promise<void> {
  const before = await lockMeetingByZoomId(trx, row.workspace_id, row.zoom_meeting_id)
  await updateMeetingRow(trx, row.id, { state })
  // Zoom's own news of it may have been faster, and told.
  if (before?.state !== 'gone')
    await emit(hub, trx, row.workspace_id, 'api', [{ type: 'meeting.deleted', meeting_id: row.id, payload: {} }])
  await audit(trx, actor, state === 'gone' ? 'meeting.deleted' : 'meeting.cancelled', row, { topic: row.topic })
}

async function found(hub: Hub, { workspace_id }: Actor, id: string): Promise<MeetingRow> {
  const row = await meetingOfWorkspace(hub.db, workspace_id, id, new Date(hub.runtime.now()))
  if (!row) throw new NotFoundError(`There is no meeting ${id}`)
  return row
}

/** A meeting that Zoom can still be asked about. */
async function changeable(
  hub: Hub,
  actor: Actor,
  id: string,
  to?: 'cancelled' | 'gone',
): Promise<{ row: MeetingRow; connection_id: string }> {
  const row = await found(hub, actor, id)
  const over = { cancelled: 'was called off', gone: 'was deleted at Zoom' }[row.state as 'cancelled' | 'gone']
  if (over && to !== 'gone') throw new ConflictError(`The meeting ${over} and cannot be changed`)
  // Its app was removed. When it is connected again, the connection is another one.
  const connection_id = row.connection_id ?? (await onlyConnection(hub, actor))
  if (!connection_id)
    throw new ConflictError('The Zoom app of this meeting was removed; an administrator connects it again first')
  return { row, connection_id }
}

/** Asks Zoom. When Zoom says that the meeting is not there, `gone` decides; without it that is an error like any other. */
async function atZoom<T>(hub: Hub, gone: (() => Promise<T>) | undefined, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (gone && isGone(error)) return gone()
    throw translated(error, hub.runtime.now())
  }
}

/** A change came too late: Zoom has the meeting no more. It is not marked gone on one answer; the event, or the next look, does. */
const tooLate = (row: MeetingRow) => (): Promise<never> => {
  throw new ConflictError(`Zoom does not know meeting ${row.zoom_meeting_id} any more: it was deleted there`)
}

const audit = (
  trx: Trx,
  actor: Actor,
  action: string,
  row: MeetingRow,
  detail: Record<string, unknown>,
): Promise<void> =>
  insertAudit(trx, { workspace_id: actor.workspace_id, actor: actor.name, action, object_id: row.id, detail })
