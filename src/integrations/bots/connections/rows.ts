import type { Insertable, Updateable } from 'kysely'
import type { Db, Trx } from '#store/db.ts'
import { pageSize, type Cursor } from '#integrations/bots/contract/page.ts'
import { tablesOf, type BotConnectionRow, type BotTables } from '#integrations/bots/tables.ts'

const living = (db: Db | Trx, workspace_id: string) =>
  tablesOf(db)
    .selectFrom('bot_connection')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('deleted_at', 'is', null)

/** Newest first; one more than a page. */
export const connectionsFrom = (
  db: Db,
  workspace_id: string,
  cursor: Cursor | undefined,
): Promise<BotConnectionRow[]> => {
  const back = cursor?.back ?? false
  return living(db, workspace_id)
    .$if(cursor !== undefined, (query) => query.where('connection_id', back ? '>' : '<', cursor?.id ?? ''))
    .orderBy('connection_id', back ? 'asc' : 'desc')
    .limit(pageSize + 1)
    .execute()
}

export const connectionOf = (db: Db, workspace_id: string, id: string): Promise<BotConnectionRow | undefined> =>
  living(db, workspace_id).where('connection_id', '=', id).executeTakeFirst()

export const connectionOfKey = (db: Db, workspace_id: string, key: string): Promise<BotConnectionRow | undefined> =>
  living(db, workspace_id).where('deduplication_key', '=', key).executeTakeFirst()

/** Of a Zoom user, the newest first, should several apps have their consent. */
export const connectionsOfUser = (db: Db, workspace_id: string, zoom_user_id: string): Promise<BotConnectionRow[]> =>
  living(db, workspace_id).where('zoom_user_id', '=', zoom_user_id).orderBy('connection_id', 'desc').execute()

/** Of whoever this is the personal meeting of. */
export const connectionOfPmi = (db: Db, workspace_id: string, pmi: string): Promise<BotConnectionRow | undefined> =>
  living(db, workspace_id).where('pmi', '=', pmi).orderBy('connection_id', 'desc').executeTakeFirst()

export const connectionsOf = (db: Db, workspace_id: string, ids: string[]): Promise<BotConnectionRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : living(db, workspace_id).where('connection_id', 'in', ids).orderBy('connection_id', 'desc').execute()

export const connectionsOfApp = (db: Db, workspace_id: string, zoom_app_id: string): Promise<BotConnectionRow[]> =>
  living(db, workspace_id).where('zoom_app_id', '=', zoom_app_id).limit(1).execute()

/**
 * What an app developer says of a connection; said again, the newest words count, and one that was deleted is back. False: another
 * connection took the deduplication key at this very moment.
 */
export async function keepConnection(db: Db, row: Insertable<BotTables['bot_connection']>): Promise<boolean> {
  const { connection_id: _, created_at: __, ...changed } = row
  try {
    await tablesOf(db)
      .insertInto('bot_connection')
      .values(row)
      .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ ...changed, deleted_at: null }))
      .execute()
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505'

/** A connection that was made elsewhere in the product; what was said of it before stands. */
export async function noteConnection(db: Db, row: Insertable<BotTables['bot_connection']>): Promise<void> {
  await tablesOf(db)
    .insertInto('bot_connection')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('connection_id').doUpdateSet({ deleted_at: null, updated_at: row.updated_at }),
    )
    .execute()
}

export async function changeConnection(
  db: Db,
  id: string,
  change: Updateable<BotTables['bot_connection']>,
): Promise<void> {
  await tablesOf(db).updateTable('bot_connection').set(change).where('connection_id', '=', id).execute()
}
