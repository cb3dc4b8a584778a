import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, RegistrantStatus, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type RegistrantRow = Selectable<Tables['registrant']>
export type RegistrantReadRow = Selectable<Tables['registrant_read']>

/** Keeps what is said of them; what is known already and newer stays. */
export async function upsertRegistrants(db: Db, rows: readonly RegistrantRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += at_once)
    await db
      .insertInto('registrant')
      .values(rows.slice(from, from + at_once))
      .onConflict((conflict) =>
        conflict
          .columns(['meeting_id', 'registrant_id'])
          .doUpdateSet({
            email: known('email'),
            first_name: known('first_name'),
            last_name: known('last_name'),
            status: (row) => row.ref('excluded.status'),
            registered_at: sql`least(registrant.registered_at, excluded.registered_at)`,
            changed_at: (row) => row.ref('excluded.changed_at'),
          })
          .whereRef('registrant.changed_at', '<=', sql.ref('excluded.changed_at')),
      )
      .execute()
}

/** PostgreSQL takes 65,535 values in one statement. */
const at_once = 1000

/** What Zoom leaves out, or sends as '', stays as it is known. */
const known = (column: 'email' | 'first_name' | 'last_name') =>
  sql<string>`coalesce(nullif(excluded.${sql.id(column)}, ''), registrant.${sql.id(column)})`

/** Who is in no list of Zoom's has cancelled, unless there is later news of them. */
export async function cancelOthers(
  db: Db,
  meeting_id: string,
  listed: readonly string[],
  asked_at: Date,
): Promise<void> {
  await db
    .updateTable('registrant')
    .set({ status: 'cancelled', changed_at: asked_at })
    .where('meeting_id', '=', meeting_id)
    .where('changed_at', '<', asked_at)
    .where('status', '!=', 'cancelled')
    .where(sql<boolean>`registrant_id <> all(${listed}::text[])`)
    .execute()
}

/** By registrant_id: of all who registered for a meeting, or of those who are named. */
export async function statusesOfMeeting(
  db: Db,
  meeting_id: string,
  named?: readonly string[],
): Promise<Map<string, RegistrantStatus>> {
  const found = await db
    .selectFrom('registrant')
    .select(['registrant_id', 'status'])
    .where('meeting_id', '=', meeting_id)
    .$if(named !== undefined, (query) => query.where('registrant_id', 'in', named ?? []))
    .orderBy('registrant_id')
    .execute()
  return new Map(found.map(({ registrant_id, status }) => [registrant_id, status]))
}

export const registrantOfMeeting = (
  db: Db,
  meeting_id: string,
  registrant_id: string,
): Promise<RegistrantRow | undefined> =>
  db
    .selectFrom('registrant')
    .selectAll()
    .where('meeting_id', '=', meeting_id)
    .where('registrant_id', '=', registrant_id)
    .executeTakeFirst()

/** Newest first; `before` is the time and id to continue behind, `q` words of a name or an address. */
export const registrantsOfMeeting = (
  db: Db,
  meeting_id: string,
  filter: {
    status?: RegistrantStatus | undefined
    q?: string | undefined
    limit: number
    before: string[] | undefined
  },
): Promise<RegistrantRow[]> =>
  db
    .selectFrom('registrant')
    .selectAll()
    .where('meeting_id', '=', meeting_id)
    .$if(filter.status !== undefined, (query) => query.where('status', '=', filter.status ?? 'approved'))
    .$if(Boolean(filter.q), (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', first_name, last_name, email) ilike ${`%${escapeLike(filter.q ?? '')}%`}`,
      ),
    )
    .$if(filter.before !== undefined, (query) =>
      query.where(
        sql<boolean>`(registered_at, registrant_id) < (${filter.before?.[0]}::timestamptz, ${filter.before?.[1]})`,
      ),
    )
    .orderBy('registered_at', 'desc')
    .orderBy('registrant_id', 'desc')
    .limit(filter.limit + 1)
    .execute()

export const registrantReadOf = (db: Db, meeting_id: string): Promise<RegistrantReadRow | undefined> =>
  db.selectFrom('registrant_read').selectAll().where('meeting_id', '=', meeting_id).executeTakeFirst()

export async function upsertRegistrantRead(db: Db, row: Insertable<Tables['registrant_read']>): Promise<void> {
  const { meeting_id: _meeting, ...change } = row
  await db
    .insertInto('registrant_read')
    .values(row)
    .onConflict((conflict) => conflict.column('meeting_id').doUpdateSet(change))
    .execute()
}

export async function updateRegistrantRead(
  db: Db,
  meeting_id: string,
  change: Partial<RegistrantReadRow>,
): Promise<void> {
  await db.updateTable('registrant_read').set(change).where('meeting_id', '=', meeting_id).execute()
}
