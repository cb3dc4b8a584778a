import type { Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type AttendanceRow = Selectable<Tables['attendance']>

export const attendanceOfSession = (db: Db, workspace_id: string, uuid: string): Promise<AttendanceRow[]> =>
  db
    .selectFrom('attendance')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('uuid', '=', uuid)
    .orderBy('join_time')
    .orderBy('id')
    .execute()

/** The rows of several sessions at once, for lists that count people. */
export const attendanceOfSessions = (db: Db, workspace_id: string, uuids: string[]): Promise<AttendanceRow[]> =>
  uuids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('attendance')
        .selectAll()
        .where('workspace_id', '=', workspace_id)
        .where('uuid', 'in', uuids)
        .orderBy('join_time')
        .orderBy('id')
        .execute()

export const attendanceOfStay = (
  db: Db,
  workspace_id: string,
  uuid: string,
  user_id: string,
): Promise<AttendanceRow[]> =>
  db
    .selectFrom('attendance')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('uuid', '=', uuid)
    .where('user_id', '=', user_id)
    .orderBy('join_time')
    .execute()

export async function upsertAttendance(db: Db, row: AttendanceRow): Promise<void> {
  const { id: _id, ...change } = row
  await db
    .insertInto('attendance')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
    .execute()
}

/** Makes the stored rows of a session those that are given. */
export async function replaceAttendance(
  db: Db,
  workspace_id: string,
  uuid: string,
  rows: readonly AttendanceRow[],
): Promise<void> {
  await db.deleteFrom('attendance').where('workspace_id', '=', workspace_id).where('uuid', '=', uuid).execute()
  // One statement may carry 65,535 parameters: fourteen a row.
  for (let from = 0; from < rows.length; from += 2000) {
    await db
      .insertInto('attendance')
      .values(rows.slice(from, from + 2000))
      .execute()
  }
}
