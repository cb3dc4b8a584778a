import type { EventPayload } from '#zoom/events.ts'
import { connectionOfApp } from '#store/connections.ts'
import { lockMeetingByZoomId, markOccurrences, occurrencesOfMeeting, updateMeetingRow } from '#store/meetings.ts'
import type { MeetingRow } from '#store/meetings.ts'
import { emit } from '#hub/hub-events.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import type { Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { auditNews } from './changeable.ts'
import { fetchJob } from './fetch.ts'
import { changedFields, columnsOf, endsAt, kindOfEvent, mergedSettings } from './from-zoom.ts'
import { keepMeeting, renewState } from './keep.ts'

const older: Outcome = { outcome: 'ignored', reason: 'older than what is known of the meeting' }

export async function meetingCreated(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.created'> },
): Promise<Outcome> {
  return keep(context, payload, undefined)
}

/**
 * An update holds only what changed, so a meeting that is not known yet is fetched; so is a series whose plan changed, and
 * a meeting of which an older update says something else than is known: a newer one may have overtaken it.
 */
export async function meetingUpdated(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.updated'> },
): Promise<Outcome> {
  const { trx, row } = context
  const known = await lockMeetingByZoomId(trx, row.workspace_id, payload.object.id)
  if (known && row.event_ts < known.changed_at) return overtaken(context, known, payload.object)
  const planChanged = Boolean(payload.object.recurrence) && !payload.object.occurrences
  if (!known || planChanged) await fetchLater(context, payload.object)
  return known ? keep(context, payload, undefined) : { outcome: 'handled' }
}

async function overtaken(
  context: ReactionContext,
  known: MeetingRow,
  object: EventPayload<'meeting.updated'>['object'],
): Promise<Outcome> {
  const isOver = known.state === 'cancelled' || known.state === 'gone'
  const saysElse = changedFields(known, mergedSettings(known, columnsOf(object))).length > 0 || object.occurrences
  if (isOver || !saysElse) return older
  await fetchLater(context, object)
  return { outcome: 'handled' }
}

/** `operation: single` calls off the occurrences that are named; else the meeting is gone as a whole. */
export async function meetingDeleted(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.deleted'> },
): Promise<Outcome> {
  const { trx, row } = context
  if (payload.operation !== 'single') return keep(context, payload, 'gone')
  const known = await lockMeetingByZoomId(trx, row.workspace_id, payload.object.id)
  if (known && payload.object.occurrences?.length) return markNamed(context, known, payload, 'deleted')
  return keep(context, payload, known ? 'gone' : undefined)
}

/**
 * `operation: single` brings back the occurrences that are named, as they were; those that are not known here, and a whole meeting,
 * are read from Zoom.
 */
export async function meetingRecovered(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.recovered'> },
): Promise<Outcome> {
  const { trx, row } = context
  const known = await lockMeetingByZoomId(trx, row.workspace_id, payload.object.id)
  const isSingle = payload.operation === 'single' && payload.object.occurrences?.length
  // Of a meeting that was gone as a whole, the other occurrences are not known to be back: it is read.
  const stands = known && known.state !== 'gone' && known.state !== 'cancelled'
  if (stands && isSingle) return markNamed(context, known, payload, 'available')
  const outcome = await keep(context, { ...payload, object: { ...payload.object, occurrences: null } }, null)
  if (outcome.outcome === 'handled') await fetchLater(context, payload.object)
  return outcome
}

/** Calls off the occurrences that are named, or brings them back. Where this was overtaken, or they are not known, Zoom is asked. */
async function markNamed(
  context: ReactionContext,
  known: MeetingRow,
  { object }: EventPayload<'meeting.deleted'>,
  status: 'deleted' | 'available',
): Promise<Outcome> {
  const { hub, trx, row } = context
  const named = (object.occurrences ?? []).map((each) => each.occurrence_id)
  const found = (await occurrencesOfMeeting(trx, known.id)).filter((each) => named.includes(each.occurrence_id))
  const isNews = found.some((each) => each.status !== status)
  const isOlder = row.event_ts < known.changed_at
  const isUnknown = status === 'available' && found.length < named.length
  if (isUnknown || (isNews && isOlder)) await fetchLater(context, object)
  if (isOlder || !isNews) return isOlder && !isNews ? older : { outcome: 'handled' }
  await markOccurrences(trx, known.id, named, status)
  const ends_at = endsAt(known, await occurrencesOfMeeting(trx, known.id))
  await updateMeetingRow(trx, known.id, { ends_at, changed_at: row.event_ts })
  // With a date that is had back, a series that was over is not over any more.
  if (status === 'available' && known.state === 'ended') await renewState(hub, trx, { ...known, ends_at })
  await auditNews(trx, row.workspace_id, { row: known, changes: [{ part: 'occurrences' }] })
  await emit(hub, trx, row.workspace_id, 'webhook', [
    { type: 'meeting.changed', meeting_id: known.id, payload: { fields: ['occurrences'] } },
  ])
  return { outcome: 'handled' }
}

/** A meeting that became a webinar keeps its number, and the other way round; its options are those of the other kind, and are read. */
export async function meetingConverted(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.converted_to_webinar'> },
): Promise<Outcome> {
  const outcome = await keep(context, payload, undefined)
  if (outcome.outcome === 'handled') await fetchLater(context, payload.object)
  return outcome
}

/** A deletion that is older than what is known was taken back, or the clocks differ: Zoom is asked which. */
async function lookWhetherGone(context: ReactionContext, known: MeetingRow): Promise<Outcome> {
  if (known.state === 'cancelled' || known.state === 'gone') return older
  await fetchLater(context, { id: known.zoom_meeting_id })
  return { outcome: 'handled' }
}

async function keep(
  context: ReactionContext,
  { object, scope }: { object: EventPayload<'meeting.created'>['object']; scope?: string | null | undefined },
  over: 'gone' | null | undefined,
): Promise<Outcome> {
  const { hub, trx, row } = context
  const known = await lockMeetingByZoomId(trx, row.workspace_id, object.id)
  const deletedNow = over === 'gone'
  if (known && row.event_ts < known.changed_at) return deletedNow ? lookWhetherGone(context, known) : older
  const { occurrences: _gone, ...rest } = object
  const kept = await keepMeeting(hub, trx, {
    workspace_id: row.workspace_id,
    connection_id: (await connectionOfApp(trx, row.zoom_app_id, object.host_id))?.id ?? null,
    kind: kindOfEvent(row.event),
    // The occurrences of a deletion are those that are gone, not those that are left.
    zoom: deletedNow ? rest : object,
    some_occurrences: scope === 'single',
    changed_at: row.event_ts,
    ...(over === undefined ? {} : { over }),
  })
  const { row: meeting, fields } = kept
  if (fields.length === 0) return { outcome: 'handled' }
  await auditNews(trx, row.workspace_id, kept, meeting.state === 'gone' && deletedNow)
  await emit(hub, trx, row.workspace_id, 'webhook', [
    meeting.state === 'gone' && deletedNow
      ? { type: 'meeting.deleted', meeting_id: meeting.id, payload: {} }
      : { type: 'meeting.changed', meeting_id: meeting.id, payload: { fields } },
  ])
  return { outcome: 'handled' }
}

const fetchLater = (
  { trx, row }: ReactionContext,
  { id: zoom_meeting_id, host_id }: { id: string; host_id?: string | null | undefined },
): Promise<void> => {
  const { workspace_id, zoom_app_id, event } = row
  return addJobs(trx, [fetchJob({ workspace_id, zoom_app_id, host_id, zoom_meeting_id, kind: kindOfEvent(event) })])
}
