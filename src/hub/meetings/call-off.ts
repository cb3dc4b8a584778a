import { InputError } from '#core/errors.ts'
import type { Trx } from '#store/db.ts'
import { lockMeetingByZoomId, markOccurrences, occurrencesOfMeeting, updateMeetingRow } from '#store/meetings.ts'
import type { MeetingRow } from '#store/meetings.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { CancelRequest, Meeting } from '#hub/resources.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { isGone, translated } from '#hub/zoom-refusal.ts'
import { auditDone, changeable, found } from './changeable.ts'
import { verbsOf } from './verbs.ts'
import { endsAt } from './from-zoom.ts'
import { meeting } from './read.ts'

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
  const asked_at = new Date(hub.runtime.now())
  await deleteAtZoom(hub, row, connection_id, { occurrence_id, cancel_meeting_reminder: true })
  await hub.db.transaction().execute(async (trx) => {
    // The meeting before its occurrences, as the events do it: Zoom's news of this is on its way.
    await lockMeetingByZoomId(trx, row.workspace_id, row.zoom_meeting_id)
    await markOccurrences(trx, id, [occurrence_id], 'deleted')
    await updateMeetingRow(trx, id, { ends_at: endsAt(row, await occurrencesOfMeeting(trx, id)) })
    await emit(hub, trx, actor.workspace_id, 'api', [
      { type: 'meeting.changed', meeting_id: id, payload: { fields: ['occurrences'] } },
    ])
    const parts = ['occurrences']
    await auditDone(trx, actor, 'occurrence.cancelled', row, { since: asked_at, parts, occurrence_id })
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
  const asked_at = new Date(hub.runtime.now())
  await deleteAtZoom(hub, row, connection_id, state === 'cancelled' ? { cancel_meeting_reminder: true } : {})
  await hub.db.transaction().execute((trx) => markOver(hub, trx, actor, row, state, asked_at))
  return meeting(hub, actor, id)
}

async function markOver(
  hub: Hub,
  trx: Trx,
  actor: Actor,
  row: MeetingRow,
  state: 'cancelled' | 'gone',
  since: Date,
): Promise<void> {
  const before = await lockMeetingByZoomId(trx, row.workspace_id, row.zoom_meeting_id)
  await updateMeetingRow(trx, row.id, { state })
  // Zoom's own news of it may have been faster, and told.
  if (before?.state !== 'gone')
    await emit(hub, trx, row.workspace_id, 'api', [{ type: 'meeting.deleted', meeting_id: row.id, payload: {} }])
  const action = state === 'gone' ? 'meeting.deleted' : 'meeting.cancelled'
  await auditDone(trx, actor, action, row, { since, parts: ['state'], topic: row.topic })
}

/** What Zoom does not have any more is deleted as asked. */
async function deleteAtZoom(
  hub: Hub,
  row: MeetingRow,
  connection_id: string,
  query: { occurrence_id?: string; cancel_meeting_reminder?: boolean },
): Promise<void> {
  try {
    await verbsOf(row.kind).delete(await zoomClient(hub, connection_id), row.zoom_meeting_id, query)
  } catch (error) {
    if (!isGone(error)) throw translated(error, hub.runtime.now())
  }
}
