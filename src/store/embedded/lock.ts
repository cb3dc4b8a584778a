import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { pid } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './inhabitants.ts'

/** A holder shows that it lives by touching its file this often, in milliseconds. */
const touchedEvery = 500

/**
 * Does the work while holding a lock file, one process at a time. A lock whose holder has died is taken over at once;
 * one whose number belongs to another program by now when nobody has touched it for `abandonedAfter` milliseconds.
 */
export async function exclusively<T>(file: string, work: () => Promise<T>, abandonedAfter = 10_000): Promise<T> {
  const mine = `${pid} ${randomBytes(8).toString('hex')}\n`
  await acquire(file, mine, abandonedAfter)
  const touching = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), touchedEvery)
  try {
    return await work()
  } finally {
    clearInterval(touching)
    if ((await contents(file)) === mine) await rm(file, { force: true })
  }
}

async function acquire(file: string, mine: string, abandonedAfter: number): Promise<void> {
  let seen = ''
  let untouchedSince = performance.now()
  while (!(await create(file, mine))) {
    const [holder, touched] = await Promise.all([contents(file), stat(file).catch(() => undefined)])
    const now = `${holder}${touched?.mtimeMs}`
    if (now !== seen) [seen, untouchedSince] = [now, performance.now()]
    const abandoned = performance.now() - untouchedSince > abandonedAfter
    if (touched && (abandoned || (/^\d+ /.test(holder) && !isAlive(Number.parseInt(holder, 10))))) {
      if (await takeOver(file, mine)) return
    }
    await sleep(30)
  }
}

async function create(file: string, mine: string): Promise<boolean> {
  try {
    await writeFile(file, mine, { flag: 'wx' })
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') return false
    // On a full disk an empty file is made and cannot be filled.
    if (code === 'ENOSPC') await rm(file, { force: true })
    throw error
  }
}

/** Of several that take over the same lock the last one has it; the pause lets each of them see who that was. */
async function takeOver(file: string, mine: string): Promise<boolean> {
  const ready = `${file}.${mine.trim().replace(' ', '.')}`
  await writeFile(ready, mine)
  await rename(ready, file)
  await sleep(100)
  return (await contents(file)) === mine
}

const contents = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')
