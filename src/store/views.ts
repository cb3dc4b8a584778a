import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type ViewRow = Selectable<Tables['saved_view']>

export const viewsOf = (db: Db, workspace_id: string, actor: string): Promise<ViewRow[]> =>
  db
    .selectFrom('saved_view')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('actor', '=', actor)
    .orderBy('page')
    .orderBy('name')
    .execute()

/** Under a name that is there already it says what it shows now. */
export const upsertView = (db: Db, row: Insertable<Tables['saved_view']>): Promise<ViewRow> =>
  db
    .insertInto('saved_view')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'actor', 'page', 'name']).doUpdateSet({ query: row.query }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()

/** Whether there was one. */
export async function deleteView(db: Db, workspace_id: string, actor: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('saved_view')
    .where('workspace_id', '=', workspace_id)
    .where('actor', '=', actor)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function deleteViewsOf(db: Db, workspace_id: string, actor: string): Promise<void> {
  await db.deleteFrom('saved_view').where('workspace_id', '=', workspace_id).where('actor', '=', actor).execute()
}
