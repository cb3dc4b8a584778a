import { sql } from 'kysely'
import type { Db, Trx } from './db.ts'

/** The tables that grow, each parted by month on its time. */
const parted = { event: 'event_ts', audit: 'at', delivery: 'created_at' } as const

/** Makes the partitions that this month and the coming ones need. Any number of processes may do so at once. */
export async function ensurePartitions(db: Db, now: Date, months: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(trx)
    for (const table of Object.keys(parted) as (keyof typeof parted)[]) {
      for (let month = 0; month <= months; month++) await ensureMonth(trx, table, now, month)
    }
  })
}

const lock = 7_246_003

/** What fell outside of all months went to the default partition (an event may be dated ahead): it moves to its own. */
async function ensureMonth(trx: Trx, table: keyof typeof parted, now: Date, month: number): Promise<void> {
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month, 1))
  const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + month + 1, 1))
  const name = `${table}_${from.toISOString().slice(0, 7).replace('-', '_')}`
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${name}) is not null as there`.execute(trx)
  if (rows[0]?.there) return
  const [parent, partition, unplaced, time] = [
    sql.id(table),
    sql.id(name),
    sql.id(`${table}_unplaced`),
    sql.id(parted[table]),
  ]
  const [first, after] = [sql.lit(from.toISOString()), sql.lit(to.toISOString())]
  await sql`create table ${partition} (like ${parent} including defaults including constraints)`.execute(trx)
  await sql`
    with moved as (delete from ${unplaced} where ${time} >= ${first} and ${time} < ${after} returning *)
    insert into ${partition} select * from moved`.execute(trx)
  await sql`alter table ${parent} attach partition ${partition} for values from (${first}) to (${after})`.execute(trx)
}

/**
 * Drops the months of a table that ended before `before`, and answers their names. A month in which something still waits stays
 * whole; what lies outside of all months goes by the row.
 */
export async function dropPartitionsBefore(db: Db, table: 'event' | 'delivery', before: Date): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = ${table}::regclass`.execute(db)
  const dropped: string[] = []
  for (const { name } of rows) {
    const [, year, month] = /_(\d{4})_(\d\d)$/.exec(name) ?? []
    if (!year || Date.UTC(Number(year), Number(month), 1) > before.getTime()) continue
    if (await dropUnlessWaiting(db, name)) dropped.push(name)
  }
  await sql`delete from ${sql.id(`${table}_unplaced`)}
    where ${sql.id(parted[table])} < ${before} and state <> 'waiting'`.execute(db)
  return dropped
}

/** Whoever writes to the table waits behind a drop that waits, so it gives up soon and is tried again the next night. */
const dropUnlessWaiting = (db: Db, name: string): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = '3s'`.execute(trx)
    await sql`select pg_advisory_xact_lock(${lock})`.execute(trx)
    const partition = sql.id(name)
    await sql`lock table ${partition} in access exclusive mode`.execute(trx)
    const { rows } = await sql`select 1 from ${partition} where state = 'waiting' limit 1`.execute(trx)
    if (rows.length > 0) return false
    await sql`drop table ${partition}`.execute(trx)
    return true
  })
