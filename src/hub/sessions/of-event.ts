import type { Trx } from '#store/db.ts'
import { connectionOfApp } from '#store/connections.ts'
import { lockMeetingByZoomId, type MeetingRow } from '#store/meetings.ts'
import * as rows from '#store/sessions.ts'
import type { EventPayload } from '#zoom/events.ts'
import type { Hub } from '#hub/hub.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import { instant, kindOfEvent } from '#hub/meetings/from-zoom.ts'
import { keepMeeting } from '#hub/meetings/keep.ts'

type SessionObject = EventPayload<'meeting.started'>['object']

/** The session of an event, made (with its meeting, when even that is unknown) from what the event says of it. */
export async function sessionOf(
  { hub, trx, row }: ReactionContext,
  object: SessionObject,
): Promise<{ session: rows.SessionRow; meeting: MeetingRow; isNew: boolean }> {
  const meeting =
    (await lockMeetingByZoomId(trx, row.workspace_id, object.id)) ?? (await keepUnknown(hub, trx, row, object))
  const known = await rows.lockSession(trx, row.workspace_id, object.uuid)
  if (known) return { session: known, meeting, isNew: false }
  const session = await rows.insertSession(trx, {
    workspace_id: row.workspace_id,
    uuid: object.uuid,
    meeting_id: meeting.id,
    topic: object.topic ?? meeting.topic,
    host_id: object.host_id ?? meeting.host_id,
    started_at: instant(object.start_time),
  })
  return { session, meeting, isNew: true }
}

/** A session's `start_time` is when it began, not when the meeting was planned for: the meeting has none of it. */
async function keepUnknown(
  hub: Hub,
  trx: Trx,
  row: ReactionContext['row'],
  object: SessionObject,
): Promise<MeetingRow> {
  const { id, host_id, topic, type, timezone, duration } = object
  const { row: meeting } = await keepMeeting(hub, trx, {
    workspace_id: row.workspace_id,
    connection_id: (await connectionOfApp(trx, row.zoom_app_id, object.host_id))?.id ?? null,
    kind: kindOfEvent(row.event),
    zoom: { id, host_id, topic, type, timezone, duration },
    // So that any news of the meeting itself counts, even older news.
    changed_at: new Date(0),
  })
  return meeting
}
