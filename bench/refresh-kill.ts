import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { refreshTokenOf, unseal } from '#hub/encryption.ts'
import { finishRenewals } from '#hub/grants/renew.ts'
import { openHub, type OpenHub } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { connectionById, grantsWithOpenRenewal } from '#store/connections.ts'
import type { Finding } from './run.ts'
import { expiredConsent, play, userApp } from './servers/consents.ts'
import { ownDatabase } from './servers/database.ts'
import { runProgram } from './servers/process.ts'

const log = createLog({ level: 'silent' })
const kills = 200
const lanes = 4

/**
 * `kill -9` of a process at a random moment of a renewal, 200 times; then what its successors make of it is held against the tokens that
 * Zoom still takes. Wrong is a connection that is shown as over while its token is good, and one that is shown as working while it is dead.
 */
export async function refreshKill(): Promise<Finding> {
  await using opened = new AsyncDisposableStack()
  const env = await ownDatabase(opened)
  const zoom = opened.use(await startSimulator({ port: 0 })).url
  const open = opened.use(await openHub(readConfig(env), log, { serve: false }))
  const app = await userApp(open, zoom)
  const undisturbed_ms = (await renew(env, app.id, await consent(open, zoom, app, 'first'), undefined)) ?? 0

  const killed: string[] = []
  let finished = 0
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let kill = lane; kill < kills; kill += lanes) {
        const id = await consent(open, zoom, app, String(kill))
        const delay_ms = Math.floor(Math.random() * undisturbed_ms)
        // Zoom's own time, so that there is one in which the request is there and the answer is not.
        await play(zoom, 'POST', '/faults', { match: { path: '/oauth/token' }, action: { delay_ms } })
        const ended = await renew(env, app.id, id, Math.random() * (undisturbed_ms + 2 * delay_ms))
        if (ended !== undefined) finished++
        killed.push(id)
      }
    }),
  )
  while (await isAnyHeld(open)) await sleep(200)
  for (let round = 0; round < 5 && (await grantsWithOpenRenewal(open.hub.db)).length > 0; round++)
    await finishRenewals({ ...open.hub, errand: { integration: 'hub', waiting: 'job' } })

  const judged = await judge(open, zoom, killed)
  return {
    bench: 'refresh-kill',
    value: judged.wrongly_disconnected + judged.wrongly_connected,
    goal: 0,
    better: 'lower',
    kills,
    killed_after_the_end: finished,
    ...judged,
  }
}

const program = new URL('servers/refresher.ts', import.meta.url)

/** Has a process renew, and kills it after so many ms; answers how long it took when it was faster, in ms. */
async function renew(
  env: Record<string, string>,
  ZOOM_APP_ID: string,
  CONNECTION_ID: string,
  kill_ms: number | undefined,
): Promise<number | undefined> {
  const running = await runProgram(program, [], { ...env, ZOOM_APP_ID, CONNECTION_ID, CALLERS: '1' }, /^ready/)
  const from = performance.now()
  running.child.stdin?.write('go\n')
  const end = running.ended.then(() => performance.now() - from)
  if (kill_ms === undefined) return end
  await sleep(kill_ms)
  const isDone = running.printed.length > 1
  await running.stop('SIGKILL')
  return isDone ? end : undefined
}

async function consent(open: OpenHub, zoom: string, app: App, name: string): Promise<string> {
  const email = `${name}@kill.example`
  await play(zoom, 'POST', '/people', { email })
  return expiredConsent(open, zoom, app, email)
}

type App = Awaited<ReturnType<typeof userApp>>

/** Whether a killed process still holds the lease of its renewal. */
async function isAnyHeld({ hub }: OpenHub): Promise<boolean> {
  const held = await hub.db
    .selectFrom('connection')
    .select('id')
    .where(sql<boolean>`refresh_lease_until > clock_timestamp()`)
    .executeTakeFirst()
  return held !== undefined
}

async function judge({ hub }: OpenHub, zoom: string, ids: readonly string[]) {
  const { refresh_tokens } = await play<{ refresh_tokens: { refresh_token: string }[] }>(zoom, 'GET', '/tokens')
  const live = new Set(refresh_tokens.map(({ refresh_token }) => refresh_token))
  const judged = { connected: 0, disconnected: 0, wrongly_disconnected: 0, wrongly_connected: 0 }
  for (const id of ids) {
    const row = await connectionById(hub.db, id)
    const isGood = row?.refresh_token && live.has(unseal(hub.keys, refreshTokenOf(id), row.refresh_token).reveal())
    const state = row?.state ?? 'disconnected'
    judged[state]++
    if (state === 'disconnected' && isGood) judged.wrongly_disconnected++
    if (state === 'connected' && !isGood) judged.wrongly_connected++
  }
  return judged
}
