import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { openHub, type OpenHub } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { Finding } from './run.ts'
import { expiredConsent, play, userApp } from './servers/consents.ts'
import { ownDatabase } from './servers/database.ts'
import { runProgram, type Running } from './servers/process.ts'

const processes = 4
const callers = 1000

/** Many callers in several processes, one expired token, a Zoom that ends the consent of who uses a refresh token twice: how often is it asked? */
export async function refresh(): Promise<Finding> {
  await using opened = new AsyncDisposableStack()
  const env = await ownDatabase(opened)
  const zoom = opened.use(await startSimulator({ port: 0 })).url
  await play(zoom, 'PATCH', '/settings', { revoke_on_reuse: true })
  const open = opened.use(await openHub(readConfig(env), createLog({ level: 'error' }), { serve: false }))
  const app = await userApp(open, zoom)
  const ours = await round(open, zoom, app, env)
  const naive = await round(open, zoom, app, { ...env, NAIVE: '1' })
  return {
    bench: 'refresh',
    value: ours.refreshes,
    goal: 1,
    better: 'lower',
    callers,
    processes,
    failures: ours.failures,
    naive_refreshes: naive.refreshes,
    naive_failures: naive.failures,
  }
}

async function round(
  open: OpenHub,
  zoom: string,
  app: { id: string; workspace_id: string },
  env: Record<string, string>,
) {
  await using started = new AsyncDisposableStack()
  const CONNECTION_ID = await expiredConsent(open, zoom, app, 'ada@school.example')
  const ids = { CONNECTION_ID, ZOOM_APP_ID: app.id }
  const all: Running[] = []
  for (let i = 0; i < processes; i++)
    all.push(
      started.use(await runProgram(program, [], { ...env, ...ids, CALLERS: String(callers / processes) }, /^ready/)),
    )
  const before = await tokenCalls(zoom)
  for (const { child } of all) child.stdin?.write('go\n')
  await Promise.all(all.map(({ ended }) => ended))
  const failed = all.map(({ printed }) => Number(/^done (\d+)$/.exec(printed.at(-1) ?? '')?.[1] ?? NaN))
  return { refreshes: (await tokenCalls(zoom)) - before, failures: failed.reduce((sum, each) => sum + each, 0) }
}

const program = new URL('servers/refresher.ts', import.meta.url)

async function tokenCalls(zoom: string): Promise<number> {
  return (await play<{ counts: { oauth: number } }>(zoom, 'GET', '/calls')).counts.oauth
}
