import { sql, type Insertable } from 'kysely'
import type { Db, Trx } from '#store/db.ts'
import type { ListFilter } from './resources.ts'
import { tablesOf, type ListRow, type PageRow, type SiteTables } from './tables.ts'

export const pageOfSlug = (db: Db, slug: string): Promise<PageRow | undefined> =>
  tablesOf(db).selectFrom('site_page').selectAll().where('slug', '=', slug).executeTakeFirst()

export const pageOfPlacement = (db: Db, placement_id: string): Promise<PageRow | undefined> =>
  tablesOf(db).selectFrom('site_page').selectAll().where('placement_id', '=', placement_id).executeTakeFirst()

export const pageOfWorkspace = (db: Db, workspace_id: string, placement_id: string): Promise<PageRow | undefined> =>
  tablesOf(db)
    .selectFrom('site_page')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('placement_id', '=', placement_id)
    .executeTakeFirst()

/** The newest first, `limit` and one more. */
export const pagesOfWorkspace = (
  db: Db,
  workspace_id: string,
  { limit, before, q }: { limit: number; before: string | undefined; q: string | undefined },
): Promise<PageRow[]> =>
  tablesOf(db)
    .selectFrom('site_page')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(before !== undefined, (query) => query.where('placement_id', '<', before ?? ''))
    .$if(Boolean(q), (query) =>
      query.where(sql<boolean>`strpos(lower(concat_ws(' ', slug, list)), lower(${q ?? ''})) > 0`),
    )
    .orderBy('placement_id', 'desc')
    .limit(limit + 1)
    .execute()

/** Only what may stand in a list: `public` pages. */
export const pagesOfList = (db: Db, list: string, limit: number): Promise<PageRow[]> =>
  tablesOf(db)
    .selectFrom('site_page')
    .selectAll()
    .where('list', '=', list)
    .where('visibility', '=', 'public')
    .orderBy('placement_id', 'desc')
    .limit(limit)
    .execute()

/** False when the slug is another page's. */
export async function insertPage(trx: Trx, row: Insertable<SiteTables['site_page']>): Promise<boolean> {
  const result = await tablesOf(trx)
    .insertInto('site_page')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function updatePage(
  db: Db,
  placement_id: string,
  change: Partial<Pick<PageRow, 'list' | 'visibility'>>,
): Promise<void> {
  await tablesOf(db).updateTable('site_page').set(change).where('placement_id', '=', placement_id).execute()
}

export async function deletePage(trx: Trx, placement_id: string): Promise<void> {
  await tablesOf(trx).deleteFrom('site_page').where('placement_id', '=', placement_id).execute()
}

export const listOfSlug = (db: Db, slug: string): Promise<ListRow | undefined> =>
  tablesOf(db).selectFrom('site_list').selectAll().where('slug', '=', slug).executeTakeFirst()

/** By their addresses, `limit` and one more. */
export const listsOfWorkspace = (
  db: Db,
  workspace_id: string,
  { limit, after, q, place_id }: { limit: number; after: string | undefined } & ListFilter,
): Promise<ListRow[]> =>
  tablesOf(db)
    .selectFrom('site_list')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(place_id !== undefined, (query) => query.where('place_id', '=', place_id ?? ''))
    .$if(Boolean(q), (query) =>
      query.where(sql<boolean>`strpos(lower(concat_ws(' ', title, slug)), lower(${q ?? ''})) > 0`),
    )
    .$if(after !== undefined, (query) => query.where('slug', '>', after ?? ''))
    .orderBy('slug')
    .limit(limit + 1)
    .execute()

/** Leaves a list alone that has the slug already. */
export async function insertList(trx: Db, row: Insertable<SiteTables['site_list']>): Promise<void> {
  await tablesOf(trx)
    .insertInto('site_list')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .execute()
}

export const pageOfMeeting = (db: Db, place_id: string, meeting_id: string): Promise<PageRow | undefined> =>
  tablesOf(db)
    .selectFrom('site_page')
    .selectAll()
    .where('place_id', '=', place_id)
    .where('meeting_id', '=', meeting_id)
    .orderBy('placement_id')
    .executeTakeFirst()
