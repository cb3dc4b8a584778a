import { csv } from '#core/csv.ts'
import { NotFoundError } from '#core/errors.ts'
import { attendanceOfSession } from '#store/attendance.ts'
import { sessionOfWorkspace } from '#store/sessions.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Attendance } from '#hub/resources.ts'
import { sessionResource } from '#hub/sessions/read.ts'
import { attendeesOf } from './attendees.ts'
import { personsOf } from './persons.ts'

/** Who was in a session, each person once, with each of their presences. @throws NotFoundError */
export async function attendance(hub: Hub, { workspace_id }: Actor, uuid: string): Promise<Attendance> {
  const row = await sessionOfWorkspace(hub.db, workspace_id, uuid)
  if (!row) throw new NotFoundError(`There is no session ${uuid}`)
  const rows = await attendanceOfSession(hub.db, workspace_id, uuid)
  const now = hub.runtime.now()
  const personOf = await personsOf(hub, workspace_id, rows)
  return {
    session: sessionResource(row, rows, now, personOf),
    attendees: attendeesOf(rows, row.ended_at, now, personOf),
  }
}

/** The same as a table for a spreadsheet, one line per person; minutes with one decimal. */
export async function attendanceCsv(hub: Hub, actor: Actor, uuid: string): Promise<string> {
  const { session, attendees } = await attendance(hub, actor, uuid)
  return csv(
    ['name', 'other_names', 'email', 'known_by', 'joined_at', 'left_at', 'minutes', 'joins', 'source', 'session'],
    attendees.map((each) => [
      each.name,
      each.other_names.join('; '),
      each.email,
      each.known_by,
      each.joined_at,
      each.left_at,
      (each.duration / 60).toFixed(1),
      each.joins,
      session.source,
      session.uuid,
    ]),
  )
}
