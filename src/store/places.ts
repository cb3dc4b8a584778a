import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type PlaceRow = Selectable<Tables['place']>

export async function insertPlace(db: Db, row: Insertable<Tables['place']>): Promise<void> {
  await db.insertInto('place').values(row).execute()
}

/** For a door whose credential names the place, and that has no workspace yet. */
export const placeById = (db: Db, id: string): Promise<PlaceRow | undefined> =>
  db.selectFrom('place').selectAll().where('id', '=', id).executeTakeFirst()

export const placeOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<PlaceRow | undefined> =>
  db.selectFrom('place').selectAll().where('workspace_id', '=', workspace_id).where('id', '=', id).executeTakeFirst()

export const placesOfWorkspace = (
  db: Db,
  workspace_id: string,
  page: {
    limit: number
    after: string | undefined
    integration?: string | undefined
    state?: PlaceRow['state'] | undefined
    q?: string | undefined
  },
): Promise<PlaceRow[]> =>
  db
    .selectFrom('place')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(page.after !== undefined, (query) => query.where('id', '>', page.after ?? ''))
    .$if(page.integration !== undefined, (query) => query.where('integration', '=', page.integration ?? ''))
    .$if(page.state !== undefined, (query) => query.where('state', '=', page.state ?? 'on'))
    .$if(page.q !== undefined, (query) => query.where('name', 'ilike', `%${escapeLike(page.q ?? '')}%`))
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()

export type HealthRow = Selectable<Tables['place_health']>

export const healthOfPlaces = (db: Db, ids: readonly string[]): Promise<HealthRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('place_health')
        .selectAll()
        .where('place_id', 'in', [...ids])
        .execute()

/** Keeps what was found, and when it was last well and last not. */
export async function saveHealth(
  db: Db,
  {
    place_id,
    checked_at,
    findings,
    failure,
  }: Pick<HealthRow, 'place_id' | 'checked_at' | 'findings'> & { failure: string | null },
): Promise<void> {
  const outcome = failure === null ? { last_ok_at: checked_at } : { last_failed_at: checked_at, last_failure: failure }
  const change = { checked_at, findings: JSON.stringify(findings) as never, ...outcome }
  await db
    .insertInto('place_health')
    .values({ place_id, last_ok_at: null, last_failed_at: null, last_failure: null, ...change })
    .onConflict((conflict) => conflict.column('place_id').doUpdateSet(change))
    .execute()
}

export const placesSwitchedOn = (db: Db): Promise<PlaceRow[]> =>
  db.selectFrom('place').selectAll().where('state', '=', 'on').orderBy('id').execute()

export async function updatePlaceRow(db: Db, id: string, change: Updateable<Tables['place']>): Promise<void> {
  await db.updateTable('place').set(change).where('id', '=', id).execute()
}

export async function deletePlaceRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('place').where('id', '=', id).execute()
}
