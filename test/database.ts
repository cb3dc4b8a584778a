import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createLog } from '#core/log.ts'
import { isAlive } from '#store/embedded/inhabitants.ts'
import { openEmbeddedPostgres, type EmbeddedConnection, type EmbeddedPostgres } from '#store/embedded/postgres.ts'

/** Its name ends with the number of the process that made it, so that the next run finds what a killed one has left. */
const folderName = 'greenroom-test-'
const template = 'greenroom_template'
const log = createLog({ level: 'warn' })

let server: { postgres: EmbeddedPostgres; folder: string } | undefined

/** One PostgreSQL for the whole run; the migrated database in it is what every test file gets a copy of. */
export async function globalSetup(): Promise<void> {
  await removeLeftovers()
  server = await openTestPostgres({ fsync: false })
}

export async function globalTeardown(): Promise<void> {
  if (server) await close(server)
}

/**
 * A PostgreSQL as an administrator's, that forgets nothing in a power cut: for the tests of this file, from here on. What comes back
 * closes it, after all that uses it.
 */
export async function useDurablePostgres(): Promise<() => Promise<void>> {
  const durable = await openTestPostgres({ fsync: true })
  return () => close(durable)
}

async function openTestPostgres({ fsync }: { fsync: boolean }): Promise<NonNullable<typeof server>> {
  const folder = await mkdtemp(join(tmpdir(), `${folderName}${process.pid}-`))
  await chmod(folder, 0o755)
  const postgres = await openEmbeddedPostgres({ data: folder, log, fsync })
  process.env['GREENROOM_TEST_SOCKET'] = postgres.connection.host
  await withClient(postgres.connection, (client) => client.query(`create database ${template}`))
  const { migrate } = await import('#store/migrate.ts')
  const pool = new pg.Pool({ ...postgres.connection, database: template })
  await migrate(pool)
  await pool.end()
  return { postgres, folder }
}

async function close({ postgres, folder }: NonNullable<typeof server>): Promise<void> {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

export interface TestDatabase {
  connection: EmbeddedConnection
  /** The same as an address, as it would stand in DATABASE_URL. */
  url: string
  drop: () => Promise<void>
}

/**
 * A migrated, empty database of its own, dropped when the test is over. A file whose tests share one hands in
 * `{ after }` of node:test instead of a test's context.
 */
export async function testDatabase(scope: { after(drop: () => Promise<void>): void }): Promise<TestDatabase> {
  const host = process.env['GREENROOM_TEST_SOCKET']
  if (!host)
    throw new Error(
      'There is no test database: run the tests with `npm test`, one file with `npm test -- test/<file>`.',
    )
  const maintenance: EmbeddedConnection = { host, port: 5432, user: 'greenroom', database: 'postgres', ssl: false }
  const database = `test_${randomBytes(6).toString('hex')}`
  await withClient(maintenance, (client) => client.query(`create database ${database} template ${template}`))
  const drop = async (): Promise<void> => {
    await withClient(maintenance, (client) => client.query(`drop database if exists ${database} with (force)`))
  }
  scope.after(drop)
  return {
    connection: { ...maintenance, database },
    url: `postgresql://greenroom@localhost/${database}?host=${encodeURIComponent(host)}`,
    drop,
  }
}

async function withClient<T>(connection: EmbeddedConnection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(folderName) ? Number.parseInt(name.slice(folderName.length), 10) : Number.NaN
    if (Number.isNaN(pid) || isAlive(pid)) continue
    const folder = join(tmpdir(), name)
    if (existsSync(join(folder, 'postgres'))) {
      const left = await openEmbeddedPostgres({ data: folder, log, serve: false }).catch(() => undefined)
      await left?.stop()
    }
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}
