import { connectionOfApp } from '#store/connections.ts'
import type { RegistrantStatus } from '#store/db.ts'
import { lockMeetingByZoomId, type MeetingRow } from '#store/meetings.ts'
import type { EventPayload } from '#zoom/events.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import type { Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { fetchJob } from '#hub/meetings/fetch.ts'
import { kindOfEvent } from '#hub/meetings/from-zoom.ts'
import { keepMeeting } from '#hub/meetings/keep.ts'
import { keepRegistrants } from './keep.ts'

type Payload = EventPayload<'meeting.registration_created'>

/** Somebody registered (then Zoom may say that it waits for approval), or was approved, denied or taken off. */
export const registrationChanged =
  (status: RegistrantStatus) =>
  async (context: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> => {
    const { hub, trx, row } = context
    const { workspace_id } = row
    const meeting = await meetingOf(context, payload.object)
    const { id, email, first_name, last_name, status: said } = payload.object.registrant
    const registrant = {
      workspace_id,
      meeting_id: meeting.id,
      registrant_id: id,
      email: email ?? '',
      first_name: first_name ?? '',
      last_name: last_name ?? '',
      status: said === 'pending' ? ('pending' as const) : status,
      registered_at: row.event_ts,
      changed_at: row.event_ts,
    }
    await keepRegistrants(hub, trx, {
      workspace_id,
      meeting_id: meeting.id,
      cause: 'webhook',
      registrants: [registrant],
    })
    return { outcome: 'handled' }
  }

/** A meeting that is heard of for the first time is kept as far as the event tells it, and read. */
async function meetingOf({ hub, trx, row }: ReactionContext, object: Payload['object']): Promise<MeetingRow> {
  const { workspace_id, zoom_app_id, event } = row
  const known = await lockMeetingByZoomId(trx, workspace_id, object.id)
  if (known) return known
  const kind = kindOfEvent(event)
  const { id, host_id, topic, type, start_time, timezone, duration } = object
  const kept = await keepMeeting(hub, trx, {
    workspace_id,
    connection_id: (await connectionOfApp(trx, zoom_app_id, host_id))?.id ?? null,
    kind,
    zoom: { id, host_id, topic, type, start_time, timezone, duration },
    changed_at: new Date(0),
  })
  await addJobs(trx, [fetchJob({ workspace_id, zoom_app_id, host_id, zoom_meeting_id: id, kind })])
  return kept.row
}
