import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type pg from 'pg'

/** One folder of `NNNN-name.sql` files and the name under which it is remembered. */
export interface Migrations {
  owner: string
  folder: URL
}

/** The tables of the hub itself; integrations bring theirs, and run after these. */
export const coreMigrations: Migrations = { owner: 'core', folder: new URL('./migrations/', import.meta.url) }

/** A migration that has run here is not the one in this release. */
export class MigrationError extends Error {
  override name = 'MigrationError'
}

/**
 * Brings the database up to date: forward only, each file once and in one transaction, under an advisory lock so that any
 * number of processes may start at once. Answers the names of the files that ran.
 * @throws MigrationError when a file that ran before has changed, is missing, or a newer release has been here.
 */
export async function migrate(pool: pg.Pool, sources: readonly Migrations[] = [coreMigrations]): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query(
      `create table if not exists migration (
         owner text, name text, sha256 text not null, at timestamptz not null default now(), primary key (owner, name))`,
    )
    const ran: string[] = []
    for (const source of sources) ran.push(...(await migrateOne(client, source)))
    return ran
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => {})
    client.release()
  }
}

const lock = 7_246_001

async function migrateOne(client: pg.PoolClient, { owner, folder }: Migrations): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).sort()
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from migration where owner = $1',
    [owner],
  )
  const done = new Map(rows.map((row) => [row.name, row.sha256]))
  for (const name of done.keys()) {
    if (!files.includes(name))
      throw new MigrationError(
        `The database was migrated by a newer release (${owner}/${name} is unknown here). Start that release instead.`,
      )
  }
  const ran: string[] = []
  for (const name of files) {
    const sql = await readFile(new URL(name, folder), 'utf8')
    const sha256 = createHash('sha256').update(sql).digest('hex')
    if (done.get(name) === sha256) continue
    if (done.has(name))
      throw new MigrationError(
        `${owner}/${name} has changed since it ran here. A migration is never edited: restore the file and add a new one.`,
      )
    await inTransaction(client, async () => {
      await client.query(sql)
      await client.query('insert into migration (owner, name, sha256) values ($1, $2, $3)', [owner, name, sha256])
    })
    ran.push(`${owner}/${name}`)
  }
  return ran
}

async function inTransaction(client: pg.PoolClient, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
