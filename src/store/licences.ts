import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, LeaseState, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type PoolRow = Selectable<Tables['licence_pool']>
export type LeaseRow = Selectable<Tables['licence_lease']>
export type ProtectionRow = Selectable<Tables['licence_protection']>
export type GroupRow = Selectable<Tables['zoom_group']>

/** A user with a licence, and what speaks for or against taking it. */
export interface HolderRow {
  zoom_user_id: string
  email: string
  display_name: string | null
  lease_id: string | null
  taken_at: Date | null
  live: boolean
  /** Of the run that is on by its plan, or comes next. */
  next_start: Date | null
  last_use: Date | null
  protected_as: ProtectionRow['kind'] | null
}

export const poolOf = (db: Db, connection_id: string): Promise<PoolRow | undefined> =>
  db.selectFrom('licence_pool').selectAll().where('connection_id', '=', connection_id).executeTakeFirst()

export const allPools = (db: Db): Promise<PoolRow[]> => db.selectFrom('licence_pool').selectAll().execute()

export async function savePool(db: Db, row: PoolRow): Promise<void> {
  const { connection_id: _id, workspace_id: _workspace, ...change } = row
  await db
    .insertInto('licence_pool')
    .values(row)
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(change))
    .execute()
}

export const protectionsOf = (db: Db, connection_id: string): Promise<ProtectionRow[]> =>
  db
    .selectFrom('licence_protection')
    .selectAll()
    .where('connection_id', '=', connection_id)
    .orderBy('zoom_id')
    .execute()

/** These, and no others, of a kind are protected from now on. */
export async function setProtections(
  db: Db,
  connection_id: string,
  kind: 'user' | 'group',
  zoom_ids: readonly string[],
): Promise<void> {
  await db
    .deleteFrom('licence_protection')
    .where('connection_id', '=', connection_id)
    .where('kind', '=', kind)
    .execute()
  if (zoom_ids.length > 0)
    await db
      .insertInto('licence_protection')
      .values(zoom_ids.map((zoom_id) => ({ connection_id, kind, zoom_id, reason: null })))
      .execute()
}

/** Zoom refused to take this user's licence: it is not asked again. */
export async function protectByZoom(db: Db, connection_id: string, zoom_id: string, reason: string): Promise<void> {
  await db
    .insertInto('licence_protection')
    .values({ connection_id, kind: 'zoom', zoom_id, reason })
    .onConflict((conflict) => conflict.columns(['connection_id', 'kind', 'zoom_id']).doUpdateSet({ reason }))
    .execute()
}

export interface HolderFilter {
  q?: string | undefined
  limit: number
  after?: string[] | undefined
}

/**
 * Who holds a licence on a connection, by e-mail. What is known of them is gathered once for all of them: asked for each by itself, an
 * account of ten thousand takes half a minute wherever PostgreSQL thinks little of the indexes.
 */
export const holdersOf = (
  db: Db,
  { workspace_id, connection_id }: Pick<PoolRow, 'workspace_id' | 'connection_id'>,
  now: Date,
  { q, limit, after }: HolderFilter,
): Promise<HolderRow[]> =>
  db
    .with('holder', (own) =>
      own
        .selectFrom('zoom_user as u')
        .select(['u.id', 'u.email'])
        .select(
          sql<string | null>`coalesce(u.display_name, nullif(concat_ws(' ', u.first_name, u.last_name), ''))`.as(
            'display_name',
          ),
        )
        .where('u.workspace_id', '=', workspace_id)
        .where('u.connection_id', '=', connection_id)
        .where('u.type', '=', 2)
        .$if(q !== undefined, (query) =>
          query.where(
            sql<boolean>`concat_ws(' ', u.email, u.display_name, u.first_name, u.last_name) ilike ${`%${escapeLike(q ?? '')}%`}`,
          ),
        )
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(u.email, u.id) > (${after?.[0]}, ${after?.[1]})`),
        )
        .orderBy('u.email')
        .orderBy('u.id')
        .limit(limit + 1),
    )
    .with('held', () => sessionsOfHolders(workspace_id))
    .with('planned', () => plansOfHolders(workspace_id, now))
    .with('spared', () => sparedOf(connection_id))
    .selectFrom('holder as u')
    .leftJoin('held', 'held.host_id', 'u.id')
    .leftJoin('planned', 'planned.host_id', 'u.id')
    .leftJoin('spared', 'spared.zoom_id', 'u.id')
    .leftJoin('licence_lease as l', (join) =>
      join.on('l.connection_id', '=', connection_id).onRef('l.zoom_user_id', '=', 'u.id').on('l.state', '=', 'held'),
    )
    .select(['u.id as zoom_user_id', 'u.email', 'u.display_name', 'l.id as lease_id', 'l.taken_at'])
    .select([
      sql<boolean>`coalesce(held.live, false) or coalesce(planned.live, false)`.as('live'),
      'planned.next_start',
      sql<Date | null>`greatest(l.taken_at, held.last_use)`.as('last_use'),
      'spared.kind as protected_as',
    ])
    .orderBy('u.email')
    .orderBy('u.id')
    .execute()

const sessionsOfHolders = (workspace_id: string) => sql<{ host_id: string; live: boolean; last_use: Date | null }>`(
  select host_id, bool_or(ended_at is null) as live, max(coalesce(ended_at, started_at)) as last_use from session
  where workspace_id = ${workspace_id} and host_id in (select id from holder) group by host_id)`

const plansOfHolders = (workspace_id: string, now: Date) => sql<{
  host_id: string
  live: boolean
  next_start: Date | null
}>`(
  select host_id, bool_or(live) as live,
    min(start_time) filter (where start_time + make_interval(mins => duration) > ${now}) as next_start
  from (
    select m.host_id, m.state = 'started' as live, coalesce(m.duration, 0) as duration,
        case when m.recurrence is null and m.state not in ('cancelled', 'gone') then m.start_time end as start_time
      from meeting m where m.workspace_id = ${workspace_id} and m.host_id in (select id from holder)
    union all
    select m.host_id, false, o.duration, o.start_time from occurrence o join meeting m on m.id = o.meeting_id
      where m.workspace_id = ${workspace_id} and m.host_id in (select id from holder)
        and o.status = 'available' and m.state not in ('cancelled', 'gone')
  ) run group by host_id)`

const sparedOf = (connection_id: string) => sql<{ zoom_id: string; kind: ProtectionRow['kind'] }>`(
  select zoom_id, max(kind) as kind from (
    select zoom_id, kind from licence_protection where connection_id = ${connection_id} and kind in ('user', 'zoom')
    union all
    select member, p.kind from licence_protection p
      join zoom_group g on g.connection_id = p.connection_id and g.id = p.zoom_id
      cross join jsonb_array_elements_text(g.members) member
      where p.connection_id = ${connection_id} and p.kind = 'group'
  ) rule group by zoom_id)`

/** Users without a licence who host something that begins before `until`, with one such meeting each. */
export const hostsInNeed = (
  db: Db,
  { workspace_id, connection_id }: Pick<PoolRow, 'workspace_id' | 'connection_id'>,
  now: Date,
  until: Date,
): Promise<{ zoom_user_id: string; meeting_id: string }[]> =>
  db
    .selectFrom('zoom_user as u')
    .innerJoin('meeting as m', (join) =>
      join.onRef('m.workspace_id', '=', 'u.workspace_id').onRef('m.host_id', '=', 'u.id'),
    )
    .select(['u.id as zoom_user_id', sql<string>`min(m.id)`.as('meeting_id')])
    .where('u.workspace_id', '=', workspace_id)
    .where('u.connection_id', '=', connection_id)
    .where('u.type', '=', 1)
    .where('m.state', 'not in', ['cancelled', 'gone'])
    .where(
      sql<boolean>`(m.recurrence is null and m.start_time <= ${until} and m.start_time + make_interval(mins => coalesce(m.duration, 0)) > ${now}
        or exists (select from occurrence o where o.meeting_id = m.id and o.status = 'available'
          and o.start_time <= ${until} and o.start_time + make_interval(mins => o.duration) > ${now}))`,
    )
    .groupBy('u.id')
    .execute()

/** @returns false when the user has an open lease already. */
export async function insertLease(db: Db, row: Insertable<Tables['licence_lease']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('licence_lease')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'zoom_user_id']).where('state', 'in', open).doNothing(),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

const open: LeaseState[] = ['wanted', 'held']

export const openLeaseOf = (db: Db, connection_id: string, zoom_user_id: string): Promise<LeaseRow | undefined> =>
  db
    .selectFrom('licence_lease')
    .selectAll()
    .where('connection_id', '=', connection_id)
    .where('zoom_user_id', '=', zoom_user_id)
    .where('state', 'in', open)
    .executeTakeFirst()

export const leaseById = (db: Db, id: string): Promise<LeaseRow | undefined> =>
  db.selectFrom('licence_lease').selectAll().where('id', '=', id).executeTakeFirst()

/** Changes a lease that is still in one of these states; false when it is not. */
export async function updateLease(
  db: Db,
  id: string,
  from: readonly LeaseState[],
  { refusal, ...change }: Updateable<Tables['licence_lease']>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('licence_lease')
    .set({ ...change, ...(refusal === undefined ? {} : { refusal: JSON.stringify(refusal) as never }) })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A lease with the people it is about. */
export type LeaseTold = LeaseRow & { email: string | null; taken_from_email: string | null }

/** The newest first. */
export const leasesOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: {
    connection_id?: string | undefined
    zoom_user_id?: string | undefined
    state?: LeaseState | undefined
    q?: string | undefined
    id?: string | undefined
    limit: number
    before?: string | undefined
  },
): Promise<LeaseTold[]> =>
  db
    .selectFrom('licence_lease as l')
    .leftJoin('zoom_user as u', (join) =>
      join.onRef('u.workspace_id', '=', 'l.workspace_id').onRef('u.id', '=', 'l.zoom_user_id'),
    )
    .leftJoin('zoom_user as f', (join) =>
      join.onRef('f.workspace_id', '=', 'l.workspace_id').onRef('f.id', '=', 'l.taken_from'),
    )
    .selectAll('l')
    .select(['u.email', 'f.email as taken_from_email'])
    .where('l.workspace_id', '=', workspace_id)
    .$if(filter.connection_id !== undefined, (query) => query.where('l.connection_id', '=', filter.connection_id ?? ''))
    .$if(filter.zoom_user_id !== undefined, (query) => query.where('l.zoom_user_id', '=', filter.zoom_user_id ?? ''))
    .$if(filter.state !== undefined, (query) => query.where('l.state', '=', filter.state ?? 'held'))
    .$if(filter.id !== undefined, (query) => query.where('l.id', '=', filter.id ?? ''))
    .$if(filter.q !== undefined, (query) =>
      query.where(sql<boolean>`concat_ws(' ', u.email, f.email) ilike ${`%${escapeLike(filter.q ?? '')}%`}`),
    )
    .$if(filter.before !== undefined, (query) => query.where('l.id', '<', filter.before ?? ''))
    .orderBy('l.id', 'desc')
    .limit(filter.limit + 1)
    .execute()

/** When a user was last refused for want of a seat. */
export const lastRefusal = (db: Db, connection_id: string, zoom_user_id: string): Promise<LeaseRow | undefined> =>
  db
    .selectFrom('licence_lease')
    .selectAll()
    .where('connection_id', '=', connection_id)
    .where('zoom_user_id', '=', zoom_user_id)
    .where('state', '=', 'refused')
    .orderBy('id', 'desc')
    .executeTakeFirst()

/** Refused since a moment, the newest of each host. */
export const refusedSince = (
  db: Db,
  workspace_id: string,
  since: Date,
): Promise<(LeaseRow & { email: string | null })[]> =>
  db
    .selectFrom('licence_lease as l')
    .innerJoin('zoom_user as u', (join) =>
      join.onRef('u.workspace_id', '=', 'l.workspace_id').onRef('u.id', '=', 'l.zoom_user_id'),
    )
    .distinctOn('l.zoom_user_id')
    .selectAll('l')
    .select('u.email')
    .where('l.workspace_id', '=', workspace_id)
    .where('l.state', '=', 'refused')
    .where('u.type', '=', 1)
    .where('l.ended_at', '>=', since)
    .orderBy('l.zoom_user_id')
    .orderBy('l.id', 'desc')
    .execute()

export const countTypes = async (
  db: Db,
  connection_id: string,
): Promise<{ licensed: number; basic: number; others: number }> => {
  const row = await db
    .selectFrom('zoom_user')
    .select([
      sql<number>`count(*) filter (where type = 2)::int`.as('licensed'),
      sql<number>`count(*) filter (where type = 1)::int`.as('basic'),
      sql<number>`count(*) filter (where type is null or type not in (1, 2))::int`.as('others'),
    ])
    .where('connection_id', '=', connection_id)
    .executeTakeFirstOrThrow()
  return row
}

/** What Zoom has just confirmed, before its event comes; an event of a change before it, that comes late, changes nothing. */
export async function setUserType(
  db: Db,
  workspace_id: string,
  id: string,
  type: number,
  changed_at: Date,
): Promise<void> {
  await db
    .updateTable('zoom_user')
    .set({ type, changed_at })
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .execute()
}

export const groupsOf = (db: Db, connection_id: string): Promise<GroupRow[]> =>
  db.selectFrom('zoom_group').selectAll().where('connection_id', '=', connection_id).orderBy('name').execute()

/** Replaces what is known of a connection's groups. */
export async function saveGroups(db: Db, connection_id: string, rows: readonly GroupRow[]): Promise<void> {
  await db.deleteFrom('zoom_group').where('connection_id', '=', connection_id).execute()
  if (rows.length > 0)
    await db
      .insertInto('zoom_group')
      .values(rows.map((row) => ({ ...row, members: JSON.stringify(row.members) as never })))
      .execute()
}
