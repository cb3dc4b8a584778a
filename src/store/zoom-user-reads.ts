import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type ZoomUserReadRow = Selectable<Tables['zoom_user_read']>

export const zoomUserReadsOf = (db: Db, connection_ids: string[]): Promise<ZoomUserReadRow[]> =>
  connection_ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('zoom_user_read').selectAll().where('connection_id', 'in', connection_ids).execute()

/** What is left out stays as it is. */
export async function upsertZoomUserRead(db: Db, row: Insertable<Tables['zoom_user_read']>): Promise<void> {
  const { connection_id: _connection, ...change } = row
  await db
    .insertInto('zoom_user_read')
    .values(row)
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(change))
    .execute()
}

/** Working connections that may list the users of an account, of one workspace or of all; apps that are off ask nothing. */
export const connectionsThatListUsers = (db: Db, workspace_id?: string): Promise<{ id: string }[]> =>
  db
    .selectFrom('connection')
    .innerJoin('zoom_app', 'zoom_app.id', 'connection.zoom_app_id')
    .select('connection.id')
    .where('connection.state', '=', 'connected')
    .where('zoom_app.state', '=', 'on')
    .where('zoom_app.kind', 'in', ['server_to_server', 'admin_managed'])
    .$if(workspace_id !== undefined, (query) => query.where('connection.workspace_id', '=', workspace_id ?? ''))
    .orderBy('connection.id')
    .execute()
