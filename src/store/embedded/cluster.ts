import { spawn } from 'node:child_process'
import { access, chown, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnavailableError } from '#core/errors.ts'
import { as } from './account.ts'
import type { Home } from './home.ts'
import { inhabitantsOf, isAlive, signal } from './inhabitants.ts'

/** The port is part of the socket's name only; nothing listens on the network. */
export const port = 5432
export const user = 'greenroom'

/** For one hub on one machine: some 20 MB of memory in six processes; the buffers take more only as they fill. */
const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '128MB',
  io_method: 'sync',
  min_wal_size: '16MB',
  max_wal_size: '1GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A statement that fails is told to whoever sent it.
  log_min_messages: 'log',
  log_checkpoints: 'off',
} satisfies Record<string, string>

/**
 * Makes the database files, unless they are there. They are made beside their place and renamed, so that a start that is
 * killed leaves nothing half made.
 */
export async function initialise({ cluster, binaries, account }: Home, fsync: boolean): Promise<void> {
  const made: string[] = await readdir(cluster).catch(() => [])
  if (made.includes('PG_VERSION')) return
  if (made.length > 0)
    throw new UnavailableError(
      `${cluster} should hold the database, but holds something else: ${made.slice(0, 3).join(', ')}`,
    )
  await removeHalfMade(cluster)
  const half = await mkdtemp(`${cluster}.init-`)
  if (account) await chown(half, account.uid, account.gid)
  const shape = [
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const size = ['--wal-segsize=4', ...(fsync ? [] : ['--no-sync'])]
  const args = ['-D', half, '-U', user, ...shape, ...size, '--no-instructions']
  const output = await outputIfFailed(join(binaries, 'bin/initdb'), args, { ...as(account), stdio: 'pipe' })
  if (output !== undefined) {
    await rm(half, { recursive: true, force: true })
    throw failure(`PostgreSQL could not make its database in ${cluster}`, output)
  }
  await rename(half, cluster)
}

const removeHalfMade = async (cluster: string): Promise<void> => {
  const beside = dirname(cluster)
  for (const name of await readdir(beside).catch(() => []))
    if (name.startsWith(`${basename(cluster)}.init-`))
      await rm(join(beside, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
}

/**
 * Starts the postmaster as a process of its own: Ctrl-C in our terminal does not reach it while we drain, and it does not
 * write into the pipe of a parent that is dead. Returns when `answers` does.
 */
export async function launch(home: Home, fsync: boolean, answers: () => Promise<boolean>): Promise<void> {
  const { cluster, binaries, account, socket } = home
  for (const left of ['postmaster.pid', '.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
    for (const folder of new Set([cluster, socket])) await rm(join(folder, left), { force: true })
  const log = await open(join(cluster, 'server.log'), 'a')
  try {
    if (account) await log.chown(account.uid, account.gid)
    const written = (await log.stat()).size
    const all = { ...settings, unix_socket_directories: socket, fsync: fsync ? 'on' : 'off' }
    const args = ['-D', cluster, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
    const child = spawn(join(binaries, 'bin/postgres'), args, {
      ...as(account),
      cwd: cluster,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    child.unref()
    let over: string | undefined
    child.on('error', (error) => (over = error.message))
    child.on('exit', (code, by) => (over = `it ended with ${code ?? by}`))
    while (!(await answers())) {
      if (over)
        throw failure(
          `PostgreSQL could not start in ${cluster} (${over})`,
          await readFrom(join(cluster, 'server.log'), written),
        )
      await sleep(15)
    }
  } finally {
    await log.close()
  }
}

/**
 * Asks the server to disconnect everybody and stop, and waits until the last of its processes has gone. `known` is the
 * postmaster of a moment ago; it counts when the data folder was deleted and cannot be asked any more.
 */
export async function shutDown(cluster: string, known: number | undefined): Promise<void> {
  const folder = await access(cluster).then(
    () => true,
    () => false,
  )
  const living = async (): Promise<number[]> =>
    folder ? (await inhabitantsOf(cluster)).processes : [known ?? 0].filter((pid) => pid > 0 && isAlive(pid))
  const postmaster = folder ? (await inhabitantsOf(cluster)).postmaster : known
  if (postmaster) signal(postmaster, 'SIGINT')
  for (const began = performance.now(); ; await sleep(15)) {
    const left = await living()
    if (left.length === 0) return
    const seconds = (performance.now() - began) / 1000
    if (seconds > 60) throw new UnavailableError(`PostgreSQL in ${cluster} does not stop: ${left.join(', ')}`)
    if (seconds > 30) for (const pid of left) signal(pid, 'SIGQUIT')
  }
}

const outputIfFailed = (program: string, args: string[], options: ReturnType<typeof as>): Promise<string | undefined> =>
  new Promise((resolve) => {
    const child = spawn(program, args, options)
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code === 0 ? undefined : output))
  })

async function readFrom(file: string, position: number): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8192), { position })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

const failure = (what: string, output: string): UnavailableError => {
  if (output.includes('No space left on device')) return new UnavailableError(`${what}: the disk is full.`)
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return new UnavailableError(
    `${what}. Its last words:\n${lines
      .slice(-8)
      .map((line) => `  ${line}`)
      .join('\n')}`,
  )
}
