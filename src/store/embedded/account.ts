import { execFile, type SpawnOptions } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { UnavailableError } from '#core/errors.ts'

const run = promisify(execFile)

/** The user that PostgreSQL runs as; undefined is the user that we run as ourselves. */
export type Account = { uid: number; gid: number } | undefined

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it himself; root hands it to the owner of the cluster that is
 * there, else to the first of these users that the machine has, else to one that is made for it.
 * @throws UnavailableError when the machine has no such user and none can be made.
 */
export async function accountFor(uid: number, cluster: string): Promise<Account> {
  if (uid !== 0) return undefined
  const owner = await stat(cluster).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return (await userNamed('greenroom')) ?? (await userNamed('postgres')) ?? (await newUser('greenroom'))
}

/** May this account enter the folder? Asked of the system, because only the system knows about ACLs and mounts. */
export const mayEnter = (account: Account, folder: string): Promise<boolean> =>
  succeeds('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], account)

/** Does this program run for the account? */
export const mayRun = (account: Account, program: string): Promise<boolean> => succeeds(program, ['--version'], account)

/** Options for a child that runs as the account and sees nothing of our environment. */
export const as = (account: Account): SpawnOptions => ({ ...account, cwd: '/', env: { LC_ALL: 'C', PATH: systemPath } })

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const succeeds = (program: string, args: string[], account: Account): Promise<boolean> =>
  run(program, args, as(account)).then(
    () => true,
    () => false,
  )

async function userNamed(name: string): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name], as(undefined))))
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) }
  } catch {
    return undefined
  }
}

async function newUser(name: string): Promise<Account> {
  const shape = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/bin/false']
  const failed = await run('useradd', [...shape, name], as(undefined)).catch((error: unknown) => error)
  const account = await userNamed(name)
  if (account) return account
  throw new UnavailableError(
    `PostgreSQL does not run as root, and the user "${name}" could not be made for it with useradd. ` +
      'Make that user, start Greenroom as an ordinary user, or set DATABASE_URL.',
    undefined,
    { cause: failed },
  )
}
