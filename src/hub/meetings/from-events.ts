import type { EventPayload } from '#zoom/events.ts'
import { connectionOfApp } from '#store/connections.ts'
import { lockMeetingByZoomId, markOccurrencesDeleted, occurrencesOfMeeting, updateMeetingRow } from '#store/meetings.ts'
import { emit } from '#hub/hub-events.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import type { Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { endsAt, kindOfEvent } from './from-zoom.ts'
import { keepMeeting } from './keep.ts'

const older: Outcome = { outcome: 'ignored', reason: 'older than what is known of the meeting' }

export async function meetingCreated(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.created'> },
): Promise<Outcome> {
  return keep(context, payload, undefined)
}

/** An update holds only what changed, so a meeting that is not known yet is fetched; so is a series whose plan changed. */
export async function meetingUpdated(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.updated'> },
): Promise<Outcome> {
  const { trx, row } = context
  const known = await lockMeetingByZoomId(trx, row.workspace_id, payload.object.id)
  if (known && row.event_ts < known.changed_at) return older
  const planChanged = Boolean(payload.object.recurrence) && !payload.object.occurrences
  if (!known || planChanged) await fetchLater(context, payload.object.id)
  return known ? keep(context, payload, undefined) : { outcome: 'handled' }
}

/** `operation: single` calls off the occurrences that are named; else the meeting is gone as a whole. */
export async function meetingDeleted(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.deleted'> },
): Promise<Outcome> {
  const { hub, trx, row } = context
  if (payload.operation !== 'single') return keep(context, payload, 'gone')
  const known = await lockMeetingByZoomId(trx, row.workspace_id, payload.object.id)
  const named = (payload.object.occurrences ?? []).map((each) => each.occurrence_id)
  if (!known || named.length === 0) return keep(context, payload, known ? 'gone' : undefined)
  await markOccurrencesDeleted(trx, known.id, named)
  await updateMeetingRow(trx, known.id, { ends_at: endsAt(known, await occurrencesOfMeeting(trx, known.id)) })
  await emit(hub, trx, row.workspace_id, 'webhook', [
    { type: 'meeting.changed', meeting_id: known.id, payload: { fields: ['occurrences'] } },
  ])
  return { outcome: 'handled' }
}

export async function meetingRecovered(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.recovered'> },
): Promise<Outcome> {
  const outcome = await keep(context, { ...payload, object: { ...payload.object, occurrences: null } }, null)
  if (outcome.outcome === 'handled') await fetchLater(context, payload.object.id)
  return outcome
}

async function keep(
  { hub, trx, row }: ReactionContext,
  { object }: { object: EventPayload<'meeting.created'>['object'] },
  over: 'gone' | null | undefined,
): Promise<Outcome> {
  const known = await lockMeetingByZoomId(trx, row.workspace_id, object.id)
  if (known && row.event_ts < known.changed_at) return older
  const deletedNow = over === 'gone'
  const { occurrences: _gone, ...rest } = object
  const { row: meeting, fields } = await keepMeeting(hub, trx, {
    workspace_id: row.workspace_id,
    connection_id: (await connectionOfApp(trx, row.zoom_app_id))?.id ?? null,
    kind: kindOfEvent(row.event),
    // The occurrences of a deletion are those that are gone, not those that are left.
    zoom: deletedNow ? rest : object,
    changed_at: row.event_ts,
    ...(over === undefined ? {} : { over }),
  })
  if (fields.length === 0) return { outcome: 'handled' }
  await emit(hub, trx, row.workspace_id, 'webhook', [
    meeting.state === 'gone' && deletedNow
      ? { type: 'meeting.deleted', meeting_id: meeting.id, payload: {} }
      : { type: 'meeting.changed', meeting_id: meeting.id, payload: { fields } },
  ])
  return { outcome: 'handled' }
}

const fetchLater = ({ trx, row }: ReactionContext, zoom_meeting_id: string): Promise<void> =>
  addJobs(trx, [
    {
      task: 'fetch_meeting',
      payload: {
        workspace_id: row.workspace_id,
        zoom_app_id: row.zoom_app_id,
        zoom_meeting_id,
        kind: kindOfEvent(row.event),
      },
      key: `fetch_meeting:${row.workspace_id}:${zoom_meeting_id}`,
    },
  ])
