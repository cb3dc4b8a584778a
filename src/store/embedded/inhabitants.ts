import { readdir, readFile, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { join } from 'node:path'
import { kill } from 'node:process'

/** The PostgreSQL processes that live in a data folder. A postmaster that is not named may still have left backends. */
export interface Inhabitants {
  postmaster: number | undefined
  processes: number[]
}

/**
 * postmaster.pid alone lies: after kill -9 the file stays, its number may belong to somebody else by now, and where
 * process 1 reaps nobody the dead postmaster still has one. But every PostgreSQL process has the data folder as its
 * working directory, and a dead one has none; so Linux is asked for that. Elsewhere the file must do.
 */
export async function inhabitantsOf(cluster: string): Promise<Inhabitants> {
  const named = Number.parseInt(await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => ''), 10)
  const processes = platform() === 'linux' ? await workingIn(cluster) : [named].filter((pid) => pid > 0 && isAlive(pid))
  return { postmaster: processes.includes(named) ? named : undefined, processes }
}

async function workingIn(cluster: string): Promise<number[]> {
  const folder = await stat(cluster).catch(() => undefined)
  if (!folder) return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const inside = await Promise.all(
    pids.map(async (pid) => {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
      if (name.trim() !== 'postgres') return false
      const cwd = await stat(`/proc/${pid}/cwd`).catch(() => undefined)
      return cwd?.ino === folder.ino && cwd.dev === folder.dev
    }),
  )
  return pids.filter((_pid, index) => inside[index]).map(Number)
}

/** Is there a process with this number? Somebody else's counts, a zombie does, too. */
export function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Sends a signal; a process that has gone in the meantime is no error. */
export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
