import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, Tables, Trx } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type DeletionRow = Selectable<Tables['deletion']>

/** One for each connection: what is due already stays as it is. False then. */
export async function insertDeletion(db: Db, row: Insertable<Tables['deletion']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('deletion')
    .values({ ...row, notice: JSON.stringify(row.notice) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function cancelDeletion(db: Db, connection_id: string, settled_at: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('deletion')
    .set({ state: 'cancelled', settled_at })
    .where('connection_id', '=', connection_id)
    .where('state', '=', 'due')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const deletionsDue = async (db: Db, now: Date): Promise<string[]> =>
  (
    await db
      .selectFrom('deletion')
      .select('id')
      .where('state', '=', 'due')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .execute()
  ).map(({ id }) => id)

/** Nothing when it is settled by now, or another process is at it. */
export const lockDueDeletion = (trx: Trx, id: string): Promise<DeletionRow | undefined> =>
  trx
    .selectFrom('deletion')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'due')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()

export const deletionById = (db: Db, id: string): Promise<DeletionRow | undefined> =>
  db.selectFrom('deletion').selectAll().where('id', '=', id).executeTakeFirst()

export async function updateDeletion(db: Db, id: string, change: Updateable<Tables['deletion']>): Promise<void> {
  await db.updateTable('deletion').set(change).where('id', '=', id).execute()
}

export const deletionsOfWorkspace = (
  db: Db,
  workspace_id: string,
  page: { limit: number; after: string | undefined; q?: string | undefined },
): Promise<DeletionRow[]> =>
  db
    .selectFrom('deletion')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(page.after !== undefined, (query) => query.where('id', '>', page.after ?? ''))
    .$if(Boolean(page.q), (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', id, connection_id, account_id, zoom_user_id, client_id) ilike ${`%${escapeLike(page.q ?? '')}%`}`,
      ),
    )
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()
