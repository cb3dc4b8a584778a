import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Tables, Trx } from './db.ts'

export type ConnectionRow = Selectable<Tables['connection']>
export type ConnectionOfApp = ConnectionRow & { zoom_app_name: string; kind: Tables['zoom_app']['kind'] }

export async function insertConnection(db: Db, row: Insertable<Tables['connection']>): Promise<void> {
  await db.insertInto('connection').values(row).execute()
}

const connectionsWithApp = (db: Db) =>
  db
    .selectFrom('connection')
    .innerJoin('zoom_app', 'zoom_app.id', 'connection.zoom_app_id')
    .selectAll('connection')
    .select(['zoom_app.name as zoom_app_name', 'zoom_app.kind'])

export const connectionsOfWorkspace = (
  db: Db,
  workspace_id: string,
  page: { limit: number; after: string | undefined; state?: ConnectionRow['state'] | undefined },
): Promise<ConnectionOfApp[]> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .$if(page.after !== undefined, (query) => query.where('connection.id', '>', page.after ?? ''))
    .$if(page.state !== undefined, (query) => query.where('connection.state', '=', page.state ?? 'connected'))
    .orderBy('connection.id')
    .limit(page.limit + 1)
    .execute()

export const connectionOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<ConnectionOfApp | undefined> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .where('connection.id', '=', id)
    .executeTakeFirst()

export const connectionOfApp = (db: Db, zoom_app_id: string): Promise<ConnectionRow | undefined> =>
  db.selectFrom('connection').selectAll().where('zoom_app_id', '=', zoom_app_id).orderBy('id').executeTakeFirst()

export const connectionsOfApps = (db: Db, zoom_app_ids: string[]): Promise<{ id: string; zoom_app_id: string }[]> =>
  zoom_app_ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('connection').select(['id', 'zoom_app_id']).where('zoom_app_id', 'in', zoom_app_ids).execute()

export const connectionById = (db: Db, id: string): Promise<ConnectionRow | undefined> =>
  db.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirst()

/** Reads the row and holds it until the transaction ends: one refresh at a time, whichever process asks. */
export const lockConnection = (trx: Trx, id: string): Promise<ConnectionRow | undefined> =>
  trx.selectFrom('connection').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function updateConnection(db: Db, id: string, change: Updateable<Tables['connection']>): Promise<void> {
  await db.updateTable('connection').set(change).where('id', '=', id).execute()
}
