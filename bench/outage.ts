import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import type { Hub } from '#hub/hub.ts'
import { findGaps } from '#hub/repair/find.ts'
import { startServer } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { Finding } from './run.ts'
import { freePort } from './servers/process.ts'
import { connectSimulatorApp } from './servers/simulator-app.ts'

const goal = 2
const [hosts, hours, perHour, deafFrom] = [30, 12, 25, 9]
const hour_ms = 3_600_000

/**
 * Calls to Zoom for each run that was held while no event arrived: the last 3 of 12 hours in which 30 hosts hold 300 meetings, one in
 * five recorded and some never planned. Counted from the end of the outage until nothing is missing, tokens apart.
 */
export async function outage(): Promise<Finding> {
  await using opened = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'greenroom-bench-'))
  opened.defer(() => rm(data, { recursive: true, force: true }))
  const simulator = await startSimulator({ port: 0 })
  opened.defer(() => simulator.close())
  const port = String(await freePort())
  const env = { GREENROOM_DATA: data, HOST: '127.0.0.1', PORT: port, SIMULATOR_URL: simulator.url, SIMULATOR_PORT: '1' }
  const { hub } = opened.use(await startServer(readConfig(env), createLog({ level: 'error' })))
  const zoom = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${simulator.url}/_${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const calls = async () => (await zoom<{ counts: { v2: number } }>('GET', '/calls')).counts.v2

  await zoom('POST', '/clock', { advance_s: -hours * 3600 })
  await connect(hub, simulator.url, zoom)
  const people = Array.from({ length: hosts }, (_, i) => ({ email: `host${i}@school.example`, type: 2 }))
  await zoom('POST', '/people', { people })
  const start = Date.now() - hours * hour_ms
  const planned = await Promise.all(
    Array.from({ length: hours * perHour }, async (_, i) =>
      isUnplanned(i) ? undefined : await plan(zoom, i, new Date(start + Math.floor(i / perHour) * hour_ms)),
    ),
  )
  for (let hour = 0; hour < hours; hour++) {
    if (hour === deafFrom) {
      await settled(hub, zoom, deafFrom * perHour)
      await zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
    }
    await holdHour(zoom, planned, hour)
  }
  await zoom('POST', '/settle')
  await zoom('DELETE', '/faults')
  await hub.db
    .updateTable('watch')
    .set({ alive_at: new Date(start + deafFrom * hour_ms) })
    .execute()

  const missed = (hours - deafFrom) * perHour
  const truth = { sessions: hours * perHour, presences: hours * perHour * 2, recorded: recordedIn(0, hours) }
  const [before, callsBefore, began] = [await stored(hub), await calls(), Date.now()]
  await findGaps(hub)
  await settled(hub, zoom, truth.sessions)
  await until(async () => (await stored(hub)).recorded === truth.recorded, 'the recordings')
  const [after, used, seconds] = [await stored(hub), (await calls()) - callsBefore, (Date.now() - began) / 1000]
  console.log(`${'in the day'.padEnd(12)}${'held'.padStart(8)}${'before'.padStart(8)}${'repaired'.padStart(10)}`)
  for (const key of ['sessions', 'presences', 'recorded'] as const)
    console.log(
      `${key.padEnd(12)}${String(truth[key]).padStart(8)}${String(before[key]).padStart(8)}${String(after[key]).padStart(10)}`,
    )
  for (const key of ['sessions', 'presences', 'recorded'] as const)
    if (after[key] !== truth[key]) throw new Error(`${after[key]} ${key} after the repair, ${truth[key]} were held`)
  const { calls: asked } = await zoom<{ calls: { operation?: string; status: number }[] }>('GET', '/calls')
  const labels = Map.groupBy(asked.slice(-used), ({ operation = 'token', status }) => `${operation} ${status}`)
  for (const [label, all] of labels) console.log(`${String(all.length).padStart(8)}  ${label}`)
  const value = Math.round((used / missed) * 100) / 100
  return { bench: 'outage', value, goal, better: 'lower', calls: used, missed, hosts, seconds }
}

type Zoom = <T>(method: string, path: string, body?: unknown) => Promise<T>

const isUnplanned = (i: number): boolean => i >= deafFrom * perHour && i % 15 === 0

/** Not in the last hour, whose files are still being made when the outage ends. */
const isRecorded = (i: number): boolean => i % 5 === 0 && Math.floor(i / perHour) < hours - 1

const recordedIn = (from: number, to: number): number =>
  Array.from({ length: (to - from) * perHour }, (_, i) => from * perHour + i).filter(isRecorded).length

async function connect(hub: Hub, simulatorUrl: string, zoom: Zoom): Promise<void> {
  const { zoom_app_id } = await connectSimulatorApp(hub, simulatorUrl)
  await findGaps(hub)
  await zoom('POST', '/apps/sim-s2s/subscriptions', {
    url: `${hub.publicUrl}/zoom/webhooks/${zoom_app_id}`,
    events: ['*'],
  })
}

const plan = async (zoom: Zoom, i: number, at: Date): Promise<string> => {
  const { id } = await zoom<{ id: number }>('POST', '/meetings', {
    host: `host${i % hosts}@school.example`,
    topic: `Class ${i}`,
    start_time: `${at.toISOString().slice(0, 19)}Z`,
    duration: 40,
  })
  return String(id)
}

async function holdHour(zoom: Zoom, planned: readonly (string | undefined)[], hour: number): Promise<void> {
  const runs = Array.from({ length: perHour }, (_, k) => hour * perHour + k)
  const ids = await Promise.all(runs.map(async (i) => planned[i] ?? plan(zoom, i, new Date())))
  await Promise.all(
    runs.map(async (i, k) => {
      const path = `/meetings/${ids[k]}`
      await zoom('POST', `${path}/start`, {})
      await zoom('POST', `${path}/join`, { name: `Teacher ${i % hosts}` })
      await zoom('POST', `${path}/join`, { name: `Pupil ${i}` })
      if (isRecorded(i)) await zoom('POST', `${path}/recording`, { action: 'start' })
    }),
  )
  await zoom('POST', '/clock', { advance_s: 2400 })
  await Promise.all(ids.map((id) => zoom('POST', `/meetings/${id}/end`, {})))
  await zoom('POST', '/clock', { advance_s: 1200 })
}

/** So many runs are over and have their report. */
async function settled(hub: Hub, zoom: Zoom, sessions: number): Promise<void> {
  await zoom('POST', '/settle')
  const { db } = hub
  await until(async () => {
    const { done } = await db
      .selectFrom('session')
      .select(({ fn }) => fn.countAll<string>().as('done'))
      .where('report_state', '=', 'done')
      .executeTakeFirstOrThrow()
    return Number(done) === sessions
  }, `${sessions} reports`)
}

async function stored({ db }: Hub): Promise<{ sessions: number; presences: number; recorded: number }> {
  const count = async (table: 'session' | 'attendance'): Promise<number> =>
    (await db.selectFrom(table).select('uuid').execute()).length
  const recorded = await db.selectFrom('recording').select('uuid').distinct().execute()
  return { sessions: await count('session'), presences: await count('attendance'), recorded: recorded.length }
}

async function until(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + 180_000; Date.now() < end; await sleep(200)) if (await isSo()) return
  throw new Error(`waited three minutes for ${what}`)
}
