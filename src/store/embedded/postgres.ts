import { mkdir, rm } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ConfigError, UnavailableError } from '#core/errors.ts'
import type { Log } from '#core/log.ts'
import { initialise, launch, port, shutDown, user } from './cluster.ts'
import { findHome, type Home } from './home.ts'
import { inhabitantsOf, signal } from './inhabitants.ts'
import { exclusively } from './lock.ts'
import { applicationName, claimServer, lastToLeave, use } from './use.ts'

const database = 'greenroom'

export interface EmbeddedOptions {
  /** Greenroom's data folder; made when missing. The database lives in `postgres` in it. */
  data: string
  log: Pick<Log, 'info' | 'warn'>
  /** False only in tests: a crash of the machine may then lose or spoil what was committed. */
  fsync?: boolean
  /** False for a command that visits the database beside a server that may be running; true for the server. */
  serve?: boolean
  /** Number of the user that we run as. */
  uid?: number
}

/** What `pg` needs to connect; `host` is the folder of the unix socket. */
export interface EmbeddedConnection {
  host: string
  port: number
  user: string
  database: string
  ssl: false
}

export interface EmbeddedPostgres extends AsyncDisposable {
  connection: EmbeddedConnection
  /** `moved` when PostgreSQL's user may not enter the data folder or node_modules, so that they are elsewhere. */
  where: { data: string; binaries: string; moved: boolean }
  /** PostgreSQL was still running, from a Greenroom that was killed or beside one that runs. */
  adopted: boolean
  /** Stops PostgreSQL and waits for it, unless another process of ours needs it. End all pools before. */
  stop(): Promise<void>
}

/**
 * Opens the PostgreSQL that lives in the data folder: makes it, starts it, or adopts it when it is running. Whatever was
 * killed before, in whatever state, this ends with a server that answers or with a sentence.
 * @throws ConflictError when another Greenroom serves this data folder (PostgreSQL is left running).
 * @throws UnavailableError, ConfigError when it cannot run here; the message says why.
 */
export async function openEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log, fsync = true, serve = true, uid = userInfo().uid } = options
  const data = resolve(options.data)
  const lock = join(data, 'postgres.lock')
  const begin = async () => {
    await mkdir(data, { recursive: true })
    return exclusively(lock, async () => {
      const home = await findHome(data, uid)
      const adopted = await settle(home)
      if (!adopted) {
        await initialise(home, fsync)
        await launch(home, fsync, () => answers(home))
      }
      const client = await enter(home, log)
      return { home, adopted, client, postmaster: (await inhabitantsOf(home.cluster)).postmaster }
    })
  }
  const { home, adopted, client, postmaster } = await begin().catch((error: unknown) => {
    throw unusable(data, error)
  })
  if (serve) await claimServer(client).catch((error: unknown) => client.end().then(() => Promise.reject(error)))

  const leave = async (): Promise<void> => {
    const last = await lastToLeave(client).catch(() => true)
    await client.end().catch(() => {})
    if (!last) return
    await shutDown(home.cluster, postmaster)
    if (home.socket !== home.cluster) await rm(home.socket, { recursive: true, force: true })
  }
  let stopped: Promise<void> | undefined
  // Where no lock can be made (the data folder was deleted, the disk is full) nobody can start beside us either.
  const stop = (): Promise<void> =>
    (stopped ??= exclusively(lock, leave).catch((error: unknown) =>
      isSystemError(error) ? leave() : Promise.reject(error),
    ))
  return {
    connection: connectionTo(home),
    where: { data: home.cluster, binaries: home.binaries, moved: home.moved },
    adopted,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && 'syscall' in error

/** What is wrong with the data folder, in words. */
function unusable(data: string, error: unknown): unknown {
  if (!isSystemError(error) || error.path === undefined) return error
  if (error.code === 'ENOSPC')
    return new UnavailableError(`The disk that holds ${data} is full.`, undefined, { cause: error })
  return new ConfigError([
    `Greenroom cannot use its data folder ${data} (${error.message}); GREENROOM_DATA names another.`,
  ])
}

/**
 * Who lives in the folder? A server that answers is adopted (true). What a killed server has left goes away by itself;
 * to start before it has gone would put two servers on one set of files.
 */
async function settle(home: Home): Promise<boolean> {
  for (const began = performance.now(); ; await sleep(25)) {
    const { postmaster, processes } = await inhabitantsOf(home.cluster)
    if (processes.length === 0) return false
    if (postmaster && (await answers(home))) return true
    const seconds = (performance.now() - began) / 1000
    if (!postmaster && seconds > 5) for (const pid of processes) signal(pid, 'SIGQUIT')
    if (seconds > (postmaster ? 120 : 10))
      throw new UnavailableError(
        `A PostgreSQL (${processes.join(', ')}) runs in ${home.cluster} and does not answer; its log is ${home.cluster}/server.log. ` +
          `Stop it with: kill ${postmaster ?? processes.join(' ')}`,
      )
  }
}

const connectionTo = (home: Home, to = database): EmbeddedConnection => ({
  host: home.socket,
  port,
  user,
  database: to,
  ssl: false,
})

async function answers(home: Home): Promise<boolean> {
  const client = new pg.Client({ ...connectionTo(home, 'postgres'), connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** One connection that is kept: it makes our database when it is missing, and holds our locks. */
async function enter(home: Home, log: EmbeddedOptions['log']): Promise<pg.Client> {
  const maintenance = new pg.Client(connectionTo(home, 'postgres'))
  await maintenance.connect()
  const { rowCount } = await maintenance.query('select from pg_database where datname = $1', [database])
  if (rowCount === 0) await maintenance.query(`create database ${database}`)
  await maintenance.end()
  const client = new pg.Client({ ...connectionTo(home), application_name: applicationName })
  client.on('error', (error) =>
    log.warn({ error: error.message }, 'the connection that holds the embedded PostgreSQL was lost'),
  )
  await client.connect()
  await use(client)
  return client
}
