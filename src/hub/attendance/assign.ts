import { NotFoundError } from '#core/errors.ts'
import { deleteAssignment, upsertAssignment } from '#store/assignments.ts'
import { insertAudit } from '#store/audit.ts'
import { attendanceOfSession } from '#store/attendance.ts'
import { personOfWorkspace } from '#store/people.ts'
import { sessionOfWorkspace } from '#store/sessions.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Assignment, Attendance } from '#hub/resources.ts'
import { attendance } from './attendance.ts'
import { attendeesOf } from './attendees.ts'
import { personsOf } from './persons.ts'

/**
 * Says who somebody in a session is, or takes that back (`person_id` null). It stays when Zoom's report comes later, and whoever counts
 * attendance hears of it. @throws NotFoundError for a session, an attendee or a person that is not there.
 */
export async function assign(hub: Hub, actor: Actor, { uuid, key, person_id }: Assignment): Promise<Attendance> {
  const { workspace_id, name } = actor
  const session = await sessionOfWorkspace(hub.db, workspace_id, uuid)
  if (!session) throw new NotFoundError(`There is no session ${uuid}`)
  const rows = await attendanceOfSession(hub.db, workspace_id, uuid)
  const now = hub.runtime.now()
  const present = attendeesOf(rows, session.ended_at, now, await personsOf(hub, workspace_id, rows))
  if (!present.some((each) => each.key === key)) throw new NotFoundError(`Nobody in this session is ${key}`)
  if (person_id !== null && !(await personOfWorkspace(hub.db, workspace_id, person_id)))
    throw new NotFoundError(`There is no person ${person_id}`)
  await hub.db.transaction().execute(async (trx) => {
    if (person_id === null) await deleteAssignment(trx, workspace_id, uuid, key)
    else
      await upsertAssignment(trx, {
        workspace_id,
        uuid,
        attendee_key: key,
        person_id,
        assigned_by: name,
        assigned_at: new Date(now),
      })
    await emit(hub, trx, workspace_id, 'api', [
      { type: 'attendance.changed', meeting_id: session.meeting_id, uuid, payload: { source: session.source } },
    ])
    await insertAudit(trx, {
      workspace_id,
      actor: name,
      action: 'attendance.assigned',
      object_id: session.meeting_id,
      detail: { uuid, key, person_id },
    })
  })
  return attendance(hub, actor, uuid)
}
