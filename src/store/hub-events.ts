import type { Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type HubEventRow = Selectable<Tables['hub_event']>

export async function insertHubEvent(db: Db, row: Omit<HubEventRow, 'created_at'>): Promise<void> {
  await db
    .insertInto('hub_event')
    .values({ ...row, payload: JSON.stringify(row.payload) })
    .execute()
}

export const hubEventById = (db: Db, id: string): Promise<HubEventRow | undefined> =>
  db.selectFrom('hub_event').selectAll().where('id', '=', id).executeTakeFirst()
