import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Tables, Trx } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type PersonLinkRow = Selectable<Tables['person_link']>

/** One at a time says who somebody is: two launches of the same person would make two of them. */
export async function lockPeople(trx: Trx, workspace_id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`people:${workspace_id}`}, 0))`.execute(trx)
}

export const personLink = (
  db: Db,
  workspace_id: string,
  source: string,
  source_id: string,
): Promise<PersonLinkRow | undefined> =>
  db
    .selectFrom('person_link')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('source', '=', source)
    .where('source_id', '=', source_id)
    .executeTakeFirst()

/** Who is known by an e-mail that somebody vouched for; the first who was. */
export const personOfEmail = async (db: Db, workspace_id: string, email: string): Promise<string | undefined> =>
  (
    await db
      .selectFrom('person_link')
      .select('person_id')
      .where('workspace_id', '=', workspace_id)
      .where(sql`lower(email)`, '=', email.toLowerCase())
      .where('email_verified', '=', true)
      .orderBy('person_id')
      .executeTakeFirst()
  )?.person_id

export async function insertPerson(db: Db, row: Insertable<Tables['person']>): Promise<void> {
  await db.insertInto('person').values(row).execute()
}

/** Two turned out to be one: all links and passes of the one go to the other. */
export async function mergePersons(trx: Trx, workspace_id: string, from: string, into: string): Promise<void> {
  for (const table of ['person_link', 'pass'] as const)
    await trx
      .updateTable(table)
      .set({ person_id: into })
      .where('workspace_id', '=', workspace_id)
      .where('person_id', '=', from)
      .execute()
}

export async function upsertPersonLink(db: Db, row: Insertable<Tables['person_link']>): Promise<void> {
  const { workspace_id: _workspace, source: _source, source_id: _id, ...change } = row
  await db
    .insertInto('person_link')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'source', 'source_id']).doUpdateSet(change))
    .execute()
}

/** Persons by verified e-mail (in lower case) or by Zoom user, for all the attendees of a session at once. */
export async function personsBehind(
  db: Db,
  workspace_id: string,
  emails: string[],
  zoom_user_ids: string[],
): Promise<PersonLinkRow[]> {
  if (emails.length === 0 && zoom_user_ids.length === 0) return []
  return db
    .selectFrom('person_link')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where((where) =>
      where.or([
        ...(emails.length > 0
          ? [where.and([where('email_verified', '=', true), where(sql<string>`lower(email)`, 'in', emails)])]
          : []),
        ...(zoom_user_ids.length > 0
          ? [where.and([where('source', '=', 'zoom'), where('source_id', 'in', zoom_user_ids)])]
          : []),
      ]),
    )
    .orderBy('person_id')
    .execute()
}

export const personOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<{ id: string } | undefined> =>
  db.selectFrom('person').select('id').where('workspace_id', '=', workspace_id).where('id', '=', id).executeTakeFirst()

/** Newest first; `before` is the id to continue behind, `q` words of a name or an address. */
export const personsOfWorkspace = (
  db: Db,
  workspace_id: string,
  { limit, before, q }: { limit: number; before: string | undefined; q?: string | undefined },
): Promise<{ id: string; name: string | null; created_at: Date }[]> =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'created_at'])
    .where('workspace_id', '=', workspace_id)
    .$if(q !== undefined && q !== '', (query) =>
      query.where(
        sql<boolean>`(person.name ilike ${`%${escapeLike(q ?? '')}%`} or exists (select from person_link l
          where l.person_id = person.id and (l.name ilike ${`%${escapeLike(q ?? '')}%`} or l.email ilike ${`%${escapeLike(q ?? '')}%`})))`,
      ),
    )
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()

export const linksOfPersons = (db: Db, workspace_id: string, ids: readonly string[]): Promise<PersonLinkRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('person_link')
        .selectAll()
        .where('workspace_id', '=', workspace_id)
        .where('person_id', 'in', [...ids])
        .orderBy('source')
        .execute()
