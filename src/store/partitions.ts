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
