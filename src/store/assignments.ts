import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type AssignmentRow = Selectable<Tables['attendance_assignment']>

export const assignmentsOf = (db: Db, workspace_id: string, uuids: readonly string[]): Promise<AssignmentRow[]> =>
  uuids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('attendance_assignment')
        .selectAll()
        .where('workspace_id', '=', workspace_id)
        .where('uuid', 'in', [...uuids])
        .execute()

export async function upsertAssignment(db: Db, row: Insertable<Tables['attendance_assignment']>): Promise<void> {
  const { person_id, assigned_by, assigned_at } = row
  await db
    .insertInto('attendance_assignment')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'uuid', 'attendee_key']).doUpdateSet({ person_id, assigned_by, assigned_at }),
    )
    .execute()
}

export async function deleteAssignment(
  db: Db,
  workspace_id: string,
  uuid: string,
  attendee_key: string,
): Promise<void> {
  await db
    .deleteFrom('attendance_assignment')
    .where('workspace_id', '=', workspace_id)
    .where('uuid', '=', uuid)
    .where('attendee_key', '=', attendee_key)
    .execute()
}
