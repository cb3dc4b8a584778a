import { ConflictError, InputError } from '#core/errors.ts'
import type { MeetingRow } from '#store/meetings.ts'
import type { Meeting as ZoomMeeting } from '#zoom/meetings.ts'
import type { ScheduleBody } from '#zoom/schedule.ts'
import { chosenConnection } from '#hub/connections.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Connection, Meeting, MeetingChange, NewMeeting } from '#hub/resources.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { isGone, translated } from '#hub/zoom-refusal.ts'
import { alreadyMade } from './already-made.ts'
import { auditMeeting, changeable } from './changeable.ts'
import { verbsOf } from './verbs.ts'
import { instant } from './from-zoom.ts'
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
  const host = hostOf(connection, request.host)
  const body = bodyOf(request)
  const turn: Turn = key ? await takeTurn(hub, actor, key, request) : { turn: 'first' }
  if (turn.turn === 'done') return meeting(hub, actor, turn.meeting_id)
  try {
    const client = await zoomClient(hub, connection.id)
    const made =
      turn.turn === 'again' && key
        ? await alreadyMade(hub, actor, client, { ...request, host }, key, turn.since)
        : undefined
    const zoom = made ?? (await verbsOf(request.kind).create(client, host, body))
    return await meeting(hub, actor, await keepNew(hub, actor, connection.id, request, zoom, key))
  } catch (error) {
    if (key) await turnFailed(hub, actor, key, turn, error)
    throw translated(error, hub.runtime.now())
  }
}

/** The token of a user may speak of that user alone, and only as `me`. */
function hostOf({ kind, zoom_user_id, zoom_user_email }: Connection, host: string): string {
  if (kind !== 'user_managed') return host
  const own = [zoom_user_id, zoom_user_email?.toLowerCase(), 'me']
  if (own.includes(host) || own.includes(host.toLowerCase())) return 'me'
  throw new InputError(`This connection is ${zoom_user_email}’s own: it plans no meetings for ${host}`, [
    { field: 'host', message: `must be ${zoom_user_email} or me` },
  ])
}

const bodyOf = ({ kind, connection_id: _connection, host: _host, ...fields }: NewMeeting): ScheduleBody => {
  const { types } = verbsOf(kind)
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
    await auditMeeting(trx, actor, 'meeting.created', row, { topic: row.topic, host: request.host })
    if (key) await turnDone(trx, actor, key, row.id)
    return row.id
  })
}

/** Changes the given fields at Zoom, then keeps what Zoom has. */
export async function updateMeeting(hub: Hub, actor: Actor, id: string, change: MeetingChange): Promise<Meeting> {
  const { row, connection_id } = await changeable(hub, actor, id)
  const asked_at = new Date(hub.runtime.now())
  // What recurs from now on is of another type.
  const body = {
    ...given(withZoomTimes(change)),
    ...(change.recurrence ? { type: verbsOf(row.kind).types.series } : {}),
  } as ScheduleBody
  const zoom = await changeAtZoom(hub, row, connection_id, body)
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
    await auditMeeting(trx, actor, 'meeting.changed', row, { fields: Object.keys(change) })
  })
  return meeting(hub, actor, id)
}

/**
 * Changes the meeting and reads what Zoom has of it then. When Zoom has it no more, the change came too late; it is not
 * marked gone here: the event does that, or the next look.
 */
async function changeAtZoom(
  hub: Hub,
  row: MeetingRow,
  connection_id: string,
  body: ScheduleBody,
): Promise<ZoomMeeting> {
  const verbs = verbsOf(row.kind)
  try {
    const client = await zoomClient(hub, connection_id)
    await verbs.update(client, row.zoom_meeting_id, body)
    return await verbs.get(client, row.zoom_meeting_id)
  } catch (error) {
    if (isGone(error))
      throw new ConflictError(`Zoom does not know meeting ${row.zoom_meeting_id} any more: it was deleted there`)
    throw translated(error, hub.runtime.now())
  }
}
