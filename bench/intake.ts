import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { openHub } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { connections, rateOf, send } from './load.ts'
import type { Finding } from './run.ts'
import { ownDatabase, type DatabaseEnv } from './servers/database.ts'
import { freePort, runProgram, type Running } from './servers/process.ts'
import { connectSimulatorApp, secret_token } from './servers/simulator-app.ts'
import { signedEvents, type SignedEvent } from './signed-events.ts'

const goal = 0.4
const rounds = 5

/**
 * Signed events that the hub acknowledges per second, fsync on, as a share of what a handler acknowledges that only checks
 * the signature; in the end the hub is killed under load, and what it has acknowledged must be there, once.
 */
export async function intake(): Promise<Finding> {
  await using opened = new AsyncDisposableStack()
  const env = await ownDatabase(opened)
  const db = opened.adopt(new pg.Pool({ connectionString: env.DATABASE_URL, max: 2 }), (pool) => pool.end())
  const zoom_app_id = await connect(opened, env)

  const bare = await startBare(opened, {})
  const oneByOne = await startBare(opened, { DATABASE_URL: env.DATABASE_URL })
  const port = String(await freePort())
  const hubUrl = `http://127.0.0.1:${port}/zoom/webhooks/${zoom_app_id}`
  const startHub = (): Promise<Running> =>
    runProgram(new URL('servers/hub.ts', import.meta.url), [], { ...env, PORT: port }, /^ready/)
  let hub = await startHub()
  opened.defer(() => hub.stop())

  const sent: SignedEvent[] = []
  const round = async (url: string, count: number): Promise<number> => {
    const events = signedEvents(count, secret_token)
    if (url === hubUrl) sent.push(...events)
    return rateOf(url, events)
  }
  for (const url of [bare, hubUrl, oneByOne]) await round(url, connections * 16)
  const rates: Record<string, number[]> = { bare: [], hub: [], one_by_one: [] }
  for (let i = 0; i < rounds; i++) {
    rates['bare']?.push(await round(bare, connections * 60))
    rates['hub']?.push(await round(hubUrl, connections * 60))
    rates['one_by_one']?.push(await round(oneByOne, connections * 16))
    print(
      `round ${i + 1} of ${rounds}: ${Object.entries(rates)
        .map(([name, all]) => `${name} ${Math.round(all.at(-1) ?? 0)}/s`)
        .join(', ')}`,
    )
  }

  const drained = await drain(env, db)
  print(`a worker alone then handles ${Math.round(drained)} of them a second`)

  const last = signedEvents(connections * 80, secret_token)
  const acknowledged = new Set(sent)
  const before = acknowledged.size
  const sending = send(hubUrl, last, (event) => acknowledged.add(event))
  while (acknowledged.size < before + last.length / 4) await sleep(1)
  await hub.stop('SIGKILL')
  await sending
  const killed_after = acknowledged.size - before
  const missing = countOf(await timesStored(db), acknowledged, (times) => times === 0)
  // Zoom sends again what was not answered, and now and then what was.
  hub = await startHub()
  for (const event of last) acknowledged.add(event)
  let again = 0
  await send(hubUrl, last, () => again++)
  const times = await timesStored(db)
  const twice = countOf(times, acknowledged, (count) => count > 1)
  const missing_after_retry = countOf(times, acknowledged, (count) => count === 0)
  print(
    `killed after ${killed_after} acknowledged events under load: ${missing} missing; all ${again} sent again: ${missing_after_retry} missing, ${twice} twice`,
  )

  const [bare_rate, hub_rate, one_by_one_rate] = [
    median(rates['bare']),
    median(rates['hub']),
    median(rates['one_by_one']),
  ]
  return {
    bench: 'intake',
    value: Number((hub_rate / bare_rate).toFixed(3)),
    goal,
    better: 'higher',
    hub_per_s: Math.round(hub_rate),
    bare_per_s: Math.round(bare_rate),
    one_by_one_per_s: Math.round(one_by_one_rate),
    drained_per_s: Math.round(drained),
    acknowledged: before + killed_after,
    killed_after,
    missing: missing + missing_after_retry,
    twice,
  }
}

/** A workspace with an app whose secret token signs the events. Zoom is asked for the first token, so there is one for a moment. */
async function connect(opened: AsyncDisposableStack, env: DatabaseEnv): Promise<string> {
  const simulator = opened.use(await startSimulator({ port: 0 }))
  await using open = await openHub(readConfig(env), createLog({ level: 'error' }), { serve: false })
  return (await connectSimulatorApp(open.hub, simulator.url)).zoom_app_id
}

async function startBare(opened: AsyncDisposableStack, env: Record<string, string>): Promise<string> {
  const port = String(await freePort())
  opened.use(await runProgram(new URL('servers/bare.ts', import.meta.url), [port, secret_token], env, /^ready/))
  return `http://127.0.0.1:${port}/zoom/webhooks/zoa_bare`
}

/** Events per second that one worker settles, after its first second. */
async function drain(env: Record<string, string>, db: pg.Pool): Promise<number> {
  const greenroom = new URL('../src/cli/greenroom.ts', import.meta.url)
  await using _worker = await runProgram(greenroom, ['worker'], env, /ready/)
  await sleep(1000)
  const [before, began] = [await settled(db), performance.now()]
  await sleep(6000)
  return ((await settled(db)) - before) / ((performance.now() - began) / 1000)
}

async function settled(db: pg.Pool): Promise<number> {
  const { rows } = await db.query<{ count: string }>(`select count(*) from event where state <> 'waiting'`)
  return Number(rows[0]?.count)
}

/** How often each event is in the table, by its `participant_uuid`. */
async function timesStored(db: pg.Pool): Promise<Map<string, number>> {
  const { rows } = await db.query<{ participant_uuid: string; times: number }>(
    `select substring(body from '"participant_uuid":"([^"]*)"') as participant_uuid, count(*)::int as times from event group by 1`,
  )
  return new Map(rows.map(({ participant_uuid, times }) => [participant_uuid, times]))
}

const countOf = (times: Map<string, number>, events: Set<SignedEvent>, wrong: (times: number) => boolean): number =>
  [...events].filter(({ participant_uuid }) => wrong(times.get(participant_uuid) ?? 0)).length

const median = (values: readonly number[] = []): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

const print = (line: string): void => console.log(line)
