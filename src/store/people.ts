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

/** Who is known by an e-mail that somebody vouched for; the first who was, but for those whom this tie was said not to be. */
export const personOfEmail = async (
  db: Db,
  workspace_id: string,
  email: string,
  tie: { source: string; source_id: string },
): Promise<string | undefined> =>
  (
    await db
      .selectFrom('person_link')
      .select('person_id')
      .where('workspace_id', '=', workspace_id)
      .where(sql`lower(email)`, '=', email.toLowerCase())
      .where('email_verified', '=', true)
      .where(
        sql<boolean>`not exists (select from person_tie_refused r where r.workspace_id = ${workspace_id}
          and r.source = ${tie.source} and r.source_id = ${tie.source_id} and r.person_id = person_link.person_id)`,
      )
      .orderBy('person_id')
      .executeTakeFirst()
  )?.person_id

/** Whether a tie of the one was said not to be the other. */
export async function areToldApart(db: Db, workspace_id: string, one: string, other: string): Promise<boolean> {
  const found = await db
    .selectFrom('person_tie_refused as refused')
    .innerJoin('person_link as link', (join) =>
      join
        .onRef('link.workspace_id', '=', 'refused.workspace_id')
        .onRef('link.source', '=', 'refused.source')
        .onRef('link.source_id', '=', 'refused.source_id'),
    )
    .select('refused.person_id')
    .where('refused.workspace_id', '=', workspace_id)
    .where('refused.person_id', 'in', [one, other])
    .where('link.person_id', 'in', [one, other])
    .whereRef('link.person_id', '!=', 'refused.person_id')
    .executeTakeFirst()
  return found !== undefined
}

/** Gives one tie of a person to another person, and notes that it is not the first. */
export async function moveLink(
  trx: Trx,
  { workspace_id, source, source_id, person_id }: PersonLinkRow,
  into: string,
): Promise<void> {
  await trx
    .updateTable('person_link')
    .set({ person_id: into })
    .where('workspace_id', '=', workspace_id)
    .where('source', '=', source)
    .where('source_id', '=', source_id)
    .execute()
  await trx
    .insertInto('person_tie_refused')
    .values({ workspace_id, source, source_id, person_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function insertPerson(db: Db, row: Insertable<Tables['person']>): Promise<void> {
  await db.insertInto('person').values(row).execute()
}

/**
 * Two turned out to be one: all links, passes and assignments of the one go to the other, and who was told apart from the one is from
 * the other. The row of the one stays, without a name: what a place keeps of its own may still point to it.
 */
export async function mergePersons(trx: Trx, workspace_id: string, from: string, into: string): Promise<void> {
  for (const table of ['person_link', 'pass', 'attendance_assignment'] as const)
    await trx
      .updateTable(table)
      .set({ person_id: into })
      .where('workspace_id', '=', workspace_id)
      .where('person_id', '=', from)
      .execute()
  await sql`insert into person_tie_refused (workspace_id, source, source_id, person_id)
    select workspace_id, source, source_id, ${into} from person_tie_refused
    where workspace_id = ${workspace_id} and person_id = ${from} on conflict do nothing`.execute(trx)
  await sql`delete from person_tie_refused r where r.workspace_id = ${workspace_id} and (r.person_id = ${from}
    or (r.person_id = ${into} and exists (select from person_link l where l.workspace_id = r.workspace_id
      and l.source = r.source and l.source_id = r.source_id and l.person_id = ${into})))`.execute(trx)
  await sql`update person set name = coalesce(name, (select name from person where id = ${from}))
    where id = ${into}`.execute(trx)
  await trx.updateTable('person').set({ name: null }).where('id', '=', from).execute()
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

/** A person is whom something ties: who was merged into another is nobody any more. */
const isTied = sql<boolean>`exists (select from person_link l where l.person_id = person.id)`

export const personOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<{ id: string } | undefined> =>
  db
    .selectFrom('person')
    .select('id')
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .where(isTied)
    .executeTakeFirst()

/** Newest first; `before` is the id to continue behind, `q` words of a name or an address. */
export const personsOfWorkspace = (
  db: Db,
  workspace_id: string,
  {
    limit,
    before,
    q,
    ids,
  }: { limit: number; before?: string | undefined; q?: string | undefined; ids?: readonly string[] },
): Promise<{ id: string; name: string | null; created_at: Date }[]> =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'created_at'])
    .where('workspace_id', '=', workspace_id)
    .where(isTied)
    .$if(ids !== undefined, (query) => query.where('id', 'in', [...(ids ?? [])]))
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
