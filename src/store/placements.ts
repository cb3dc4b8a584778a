import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type PlacementRow = Selectable<Tables['placement']> & { place_name: string; integration: string }

/** Inserts, or, when the place has this `ref` already, says anew what it shows. Answers its id. */
export async function upsertPlacement(db: Db, row: Insertable<Tables['placement']>): Promise<string> {
  const { meeting_id, title, url } = row
  const { id } = await db
    .insertInto('placement')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['place_id', 'ref'])
        .doUpdateSet({ meeting_id, title, url: url ?? null, state: 'shown', removed_at: null }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const placements = (db: Db) =>
  db
    .selectFrom('placement')
    .innerJoin('place', 'place.id', 'placement.place_id')
    .selectAll('placement')
    .select(['place.name as place_name', 'place.integration'])

/** What a place shows, or showed, the newest first. */
export const placementsOfPlace = (
  db: Db,
  place_id: string,
  { q, limit, before }: { q?: string | undefined; limit: number; before: string | undefined },
): Promise<PlacementRow[]> =>
  placements(db)
    .where('placement.place_id', '=', place_id)
    .$if(q !== undefined, (query) => query.where('placement.title', 'ilike', `%${escapeLike(q ?? '')}%`))
    .$if(before !== undefined, (query) => query.where('placement.id', '<', before ?? ''))
    .orderBy('placement.id', 'desc')
    .limit(limit + 1)
    .execute()

export const placementById = (db: Db, id: string): Promise<PlacementRow | undefined> =>
  placements(db).where('placement.id', '=', id).executeTakeFirst()

export const placementOfRef = (db: Db, place_id: string, ref: string): Promise<PlacementRow | undefined> =>
  placements(db).where('placement.place_id', '=', place_id).where('placement.ref', '=', ref).executeTakeFirst()

export const placementsOfMeetingRow = (db: Db, meeting_id: string, integration?: string): Promise<PlacementRow[]> =>
  placements(db)
    .where('placement.meeting_id', '=', meeting_id)
    .$if(integration !== undefined, (query) => query.where('place.integration', '=', integration ?? ''))
    .orderBy('placement.id')
    .execute()

/** What was removed before keeps its time. */
export async function removePlacement(db: Db, id: string, removed_at: Date): Promise<void> {
  await db
    .updateTable('placement')
    .set({ state: 'removed', removed_at })
    .where('id', '=', id)
    .where('state', '=', 'shown')
    .execute()
}
