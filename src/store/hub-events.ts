import type { Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type HubEventRow = Selectable<Tables['hub_event']>

/** A hub event as `emit` makes it; the database adds the time. */
export type StoredHubEvent = Omit<HubEventRow, 'created_at'>

export async function insertHubEvent(db: Db, row: StoredHubEvent): Promise<void> {
  await db
    .insertInto('hub_event')
    .values({ ...row, payload: JSON.stringify(row.payload) })
    .execute()
}

export const hubEventById = (db: Db, id: string): Promise<HubEventRow | undefined> =>
  db.selectFrom('hub_event').selectAll().where('id', '=', id).executeTakeFirst()
