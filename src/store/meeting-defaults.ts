import type { Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type MeetingDefaultRow = Selectable<Tables['meeting_default']>

export const meetingDefaultRows = (db: Db, workspace_id: string): Promise<MeetingDefaultRow[]> =>
  db.selectFrom('meeting_default').selectAll().where('workspace_id', '=', workspace_id).execute()

export async function saveMeetingDefault(db: Db, row: MeetingDefaultRow): Promise<void> {
  const { rule, changed_at } = row
  const value = row.value === null ? null : JSON.stringify(row.value)
  await db
    .insertInto('meeting_default')
    .values({ ...row, value })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'option_id']).doUpdateSet({ rule, value, changed_at }))
    .execute()
}

export async function deleteMeetingDefault(db: Db, workspace_id: string, option_id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('meeting_default')
    .where('workspace_id', '=', workspace_id)
    .where('option_id', '=', option_id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
