import { NotFoundError } from '#core/errors.ts'
import { attendanceOfSessions, type AttendanceRow } from '#store/attendance.ts'
import { meetingOfWorkspace } from '#store/meetings.ts'
import { decodeTimeCursor, pageOf } from '#store/page.ts'
import * as rows from '#store/sessions.ts'
import { attendeesOf } from '#hub/attendance/attendees.ts'
import { personsOf, type PersonOf } from '#hub/attendance/persons.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Page, PageQuery, Session } from '#hub/resources.ts'

/** The sessions of a meeting, newest first. */
export async function sessionsOfMeeting(
  hub: Hub,
  { workspace_id }: Actor,
  meeting_id: string,
  { limit, cursor }: PageQuery,
): Promise<Page<Session>> {
  const meeting = await meetingOfWorkspace(hub.db, workspace_id, meeting_id, new Date(hub.runtime.now()))
  if (!meeting) throw new NotFoundError(`There is no meeting ${meeting_id}`)
  const found = await rows.sessionsOfMeetingRow(hub.db, meeting_id, { limit, after: decodeTimeCursor(cursor) })
  const page = pageOf(found, limit, (row) => [(row.started_at ?? new Date(0)).toISOString(), row.uuid])
  const attendance = await attendanceOfSessions(
    hub.db,
    workspace_id,
    page.items.map((row) => row.uuid),
  )
  const rowsOf = Map.groupBy(attendance, (each) => each.uuid)
  const personOf = await personsOf(hub, workspace_id, attendance)
  return {
    ...page,
    items: page.items.map((row) => sessionResource(row, rowsOf.get(row.uuid) ?? [], hub.runtime.now(), personOf)),
  }
}

/** One session by Zoom's uuid, whatever signs it holds. @throws NotFoundError, also for another workspace's. */
export async function session(hub: Hub, { workspace_id }: Actor, uuid: string): Promise<Session> {
  const row = await rows.sessionOfWorkspace(hub.db, workspace_id, uuid)
  if (!row) throw new NotFoundError(`There is no session ${uuid}`)
  const attendance = await attendanceOfSessions(hub.db, workspace_id, [uuid])
  return sessionResource(row, attendance, hub.runtime.now(), await personsOf(hub, workspace_id, attendance))
}

export const sessionResource = (
  row: rows.SessionOfMeeting,
  attendance: readonly AttendanceRow[],
  now: number,
  personOf: PersonOf,
): Session => ({
  uuid: row.uuid,
  meeting_id: row.meeting_id,
  zoom_meeting_id: row.zoom_meeting_id,
  topic: row.topic,
  host_id: row.host_id,
  state: row.ended_at ? 'ended' : 'started',
  started_at: row.started_at?.toISOString() ?? null,
  ended_at: row.ended_at?.toISOString() ?? null,
  duration:
    row.started_at && row.ended_at ? Math.round((row.ended_at.getTime() - row.started_at.getTime()) / 1000) : null,
  attendees: attendeesOf(attendance, row.ended_at, now, personOf).filter(({ is_bot }) => !is_bot).length,
  source: row.source,
  report: { state: row.report_state, reason: row.report_reason, at: row.report_at?.toISOString() ?? null },
})
