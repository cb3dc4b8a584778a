import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables, TrialStep } from './db.ts'

export type TrialRow = Selectable<Tables['trial']>

export async function insertTrial(db: Db, row: Insertable<Tables['trial']>): Promise<void> {
  await db.insertInto('trial').values(row).execute()
}

export const trialOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<TrialRow | undefined> =>
  db.selectFrom('trial').selectAll().where('workspace_id', '=', workspace_id).where('id', '=', id).executeTakeFirst()

export const lastTrialOfApp = (db: Db, zoom_app_id: string): Promise<TrialRow | undefined> =>
  db
    .selectFrom('trial')
    .selectAll()
    .where('zoom_app_id', '=', zoom_app_id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

export async function updateTrial(
  db: Db,
  id: string,
  { steps, ...change }: { steps?: TrialStep[]; state?: TrialRow['state']; ended_at?: Date; meeting_id?: string },
): Promise<void> {
  await db
    .updateTable('trial')
    .set({ ...change, ...(steps ? { steps: JSON.stringify(steps) as never } : {}) })
    .where('id', '=', id)
    .execute()
}
