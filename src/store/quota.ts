import { sql, type Selectable, type Updateable } from 'kysely'
import type { Db, Tables, Trx } from './db.ts'

export type QuotaRow = Selectable<Tables['quota']>
export type QuotaKey = Pick<QuotaRow, 'api_base' | 'account_id' | 'label'>
export type QuotaDemandRow = Selectable<Tables['quota_demand']>
type AccountKey = Pick<QuotaKey, 'api_base' | 'account_id'>

/** The database's clock, which all processes share, and its day in UTC. */
const clock = sql`(select clock_timestamp() as now, (clock_timestamp() at time zone 'UTC')::date as today)`

/** A row that was not seen for so long is a dead process's. */
const fresh = sql`interval '3 seconds'`

/** Takes one place at once. False when there is none, when others wait already, when the day is spent or nothing is known yet. */
export async function takePlace(db: Db, { api_base, account_id, label }: QuotaKey): Promise<boolean> {
  const filled = sql`least(capacity, tokens + greatest(0, extract(epoch from c.now - filled_at)::float8) * fill_rate)`
  const { numAffectedRows } = await sql`
    update quota q set
      tokens = ${filled} - 1,
      filled_at = greatest(filled_at, c.now),
      day_used = case when day = c.today then day_used else 0 end + 1,
      day = c.today
    from ${clock} c
    where api_base = ${api_base} and account_id = ${account_id} and label = ${label}
      and filled_at <= c.now + interval '100 milliseconds' and ${filled} >= 1
      and (per_day is null or day <> c.today or day_used < per_day) and (spent_until is null or spent_until <= c.now)
      and not exists (
        select from quota_demand d
        where d.api_base = q.api_base and d.account_id = q.account_id and d.label = q.label and d.seen_at > c.now - ${fresh})`.execute(
    db,
  )
  return (numAffectedRows ?? 0n) > 0n
}

/** Adds the row with a full bucket, unless it is there. */
export async function ensureQuota(
  db: Db,
  key: QuotaKey,
  limit: Pick<QuotaRow, 'requests' | 'seconds' | 'per_day' | 'day_label' | 'capacity' | 'fill_rate'>,
): Promise<void> {
  await sql`
    insert into quota (api_base, account_id, label, requests, seconds, per_day, day_label, capacity, fill_rate, tokens, filled_at, day, day_used)
    select ${key.api_base}, ${key.account_id}, ${key.label}, ${limit.requests}::int, ${limit.seconds}::int, ${limit.per_day}::int,
      ${limit.day_label}, ${limit.capacity}::float8, ${limit.fill_rate}::float8, ${limit.capacity}::float8, c.now, c.today, 0
    from ${clock} c
    on conflict do nothing`.execute(db)
}

export type QuotaNow = QuotaRow & { now: Date; today: boolean; spent: boolean }

const withClock = (db: Db) =>
  db
    .selectFrom('quota')
    .selectAll()
    .select([
      sql<Date>`clock_timestamp()`.as('now'),
      sql<boolean>`day = (clock_timestamp() at time zone 'UTC')::date`.as('today'),
      sql<boolean>`coalesce(spent_until > clock_timestamp(), false)`.as('spent'),
    ])

/** Reads the row and holds it until the transaction ends. `today`: its day's count is of today; `spent`: Zoom said that the day is. */
export const lockQuota = (trx: Trx, key: QuotaKey): Promise<QuotaNow | undefined> =>
  withClock(trx)
    .where('api_base', '=', key.api_base)
    .where('account_id', '=', key.account_id)
    .where('label', '=', key.label)
    .forUpdate()
    .executeTakeFirst()

export const quotasOfAccounts = (db: Db, accounts: readonly AccountKey[]): Promise<QuotaNow[]> =>
  accounts.length === 0
    ? Promise.resolve([])
    : withClock(db)
        .where((where) => where.or(accounts.map((account) => where.and({ ...account }))))
        .orderBy('api_base')
        .orderBy('account_id')
        .orderBy('label')
        .execute()

export async function updateQuota(db: Db, key: QuotaKey, change: Updateable<Tables['quota']>): Promise<void> {
  await db
    .updateTable('quota')
    .set(change)
    .where('api_base', '=', key.api_base)
    .where('account_id', '=', key.account_id)
    .where('label', '=', key.label)
    .execute()
}

/** A reply that arrives in the first minute of a day may still tell of the day before. */
const dayIsSure = sql`(c.now - interval '1 minute' >= (c.today::timestamp at time zone 'UTC'))`

/** Counts `count` calls of today; `least` were made already, as Zoom tells. */
export async function countDay(
  db: Db,
  { api_base, account_id, label }: QuotaKey,
  count: number,
  least = 0,
): Promise<void> {
  await sql`
    update quota set day = c.today,
      day_used = greatest(case when ${dayIsSure} then ${least}::int else 0 end, case when day = c.today then day_used else 0 end + ${count}::int)
    from ${clock} c
    where api_base = ${api_base} and account_id = ${account_id} and label = ${label}`.execute(db)
}

/** Zoom has said that the day's calls are spent until then; no limit of Zoom's is longer than a day. */
export async function spendDay(db: Db, { api_base, account_id, label }: QuotaKey, until: Date): Promise<void> {
  await sql`
    update quota set spent_until = least(${until}::timestamptz, c.now + interval '1 day') from ${clock} c
    where api_base = ${api_base} and account_id = ${account_id} and label = ${label}`.execute(db)
}

/** Empties the bucket; it fills again after so many ms of the database's clock. */
export async function emptyQuota(db: Db, { api_base, account_id, label }: QuotaKey, wait_ms: number): Promise<void> {
  await sql`
    update quota set tokens = 0, filled_at = greatest(filled_at, c.now + ${wait_ms}::float8 * interval '1 millisecond') from ${clock} c
    where api_base = ${api_base} and account_id = ${account_id} and label = ${label}`.execute(db)
}

/** Who waits in other processes. */
export const demandsOfOthers = (db: Db, key: QuotaKey, process_id: string): Promise<QuotaDemandRow[]> =>
  db
    .selectFrom('quota_demand')
    .selectAll()
    .where('api_base', '=', key.api_base)
    .where('account_id', '=', key.account_id)
    .where('label', '=', key.label)
    .where('process_id', '<>', process_id)
    .where('seen_at', '>', sql<Date>`clock_timestamp() - ${fresh}`)
    .execute()

/** Says who waits in this process, in place of what it said before. */
export async function replaceDemands(
  db: Db,
  key: QuotaKey,
  process_id: string,
  demands: readonly Pick<QuotaDemandRow, 'integration' | 'waiting' | 'wants' | 'since'>[],
): Promise<void> {
  await db
    .deleteFrom('quota_demand')
    .where('api_base', '=', key.api_base)
    .where('account_id', '=', key.account_id)
    .where('label', '=', key.label)
    .where('process_id', '=', process_id)
    .execute()
  if (demands.length === 0) return
  const { api_base, account_id, label } = key
  await db
    .insertInto('quota_demand')
    .values(
      demands.map((demand) => ({
        api_base,
        account_id,
        label,
        process_id,
        ...demand,
        seen_at: sql<Date>`clock_timestamp()`,
      })),
    )
    .execute()
}

export type CapKey = Pick<Selectable<Tables['quota_cap']>, 'api_base' | 'account_id' | 'cap' | 'subject'>

const midnight = sql`((c.today + 1)::timestamp at time zone 'UTC')`

/**
 * Counts one use of today (in UTC).
 * @returns the end of the day that it counts in; or, when there have been `most` already, how many seconds are left of it.
 */
export async function takeCap(db: Db, key: CapKey, most: number): Promise<{ until: Date } | { wait_s: number }> {
  const { rows } = await sql<{ until: Date }>`
    insert into quota_cap as q (api_base, account_id, cap, subject, used, until)
    select ${key.api_base}, ${key.account_id}, ${key.cap}, ${key.subject}, 1, ${midnight} from ${clock} c
    on conflict (api_base, account_id, cap, subject) do update set
      used = case when q.until < excluded.until then 1 else q.used + 1 end,
      until = greatest(q.until, excluded.until)
    where q.until < excluded.until or q.used < ${most}
    returning until`.execute(db)
  const [taken] = rows
  if (taken) return taken
  const left = await sql<{ wait_s: number }>`
    select greatest(1, ceil(extract(epoch from ${midnight} - c.now)))::int as wait_s from ${clock} c`.execute(db)
  return { wait_s: left.rows[0]?.wait_s ?? 1 }
}

/** Takes back what was counted, unless its day is over. */
export async function giveBackCap(db: Db, key: CapKey, until: Date): Promise<void> {
  await db
    .updateTable('quota_cap')
    .set({ used: sql<number>`greatest(0, used - 1)` })
    .where((where) => where.and({ ...key, until }))
    .execute()
}

/** Zoom has said that today's are spent. */
export async function spendCap(db: Db, key: CapKey, most: number): Promise<void> {
  await sql`
    insert into quota_cap (api_base, account_id, cap, subject, used, until)
    select ${key.api_base}, ${key.account_id}, ${key.cap}, ${key.subject}, ${most}::int, ${midnight} from ${clock} c where ${dayIsSure}
    on conflict (api_base, account_id, cap, subject) do update set used = excluded.used, until = excluded.until`.execute(
    db,
  )
}

/** Of one cap, those with the most uses today. */
export const capsOfAccounts = (
  db: Db,
  accounts: readonly AccountKey[],
  cap: string,
  limit: number,
): Promise<Selectable<Tables['quota_cap']>[]> =>
  accounts.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('quota_cap')
        .selectAll()
        .where((where) => where.or(accounts.map((account) => where.and({ ...account }))))
        .where('cap', '=', cap)
        .where('until', '>', sql<Date>`clock_timestamp()`)
        .orderBy('used', 'desc')
        .orderBy('subject')
        .limit(limit)
        .execute()

/** Forgets what was counted on days gone by, and who waited in processes that are dead. */
export async function forgetQuota(db: Db): Promise<void> {
  await sql`delete from quota_cap where until < clock_timestamp()`.execute(db)
  await sql`delete from quota_demand where seen_at < clock_timestamp() - interval '1 hour'`.execute(db)
}
