import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { createZoomApp } from '#hub/apps.ts'
import { connectWithCode } from '#hub/grants/connect.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { openHub, type OpenHub } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { openEmbeddedPostgres } from '#store/embedded/postgres.ts'
import type { Finding } from './run.ts'
import { runProgram, type Running } from './servers/process.ts'

const log = createLog({ level: 'error' })
const processes = 4
const callers = 1000

/** Many callers in several processes, one expired token, a Zoom that takes each refresh token once: how often is it asked? */
export async function refresh(): Promise<Finding> {
  await using opened = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'greenroom-bench-'))
  opened.defer(() => rm(data, { recursive: true, force: true }))
  const postgres = opened.use(await openEmbeddedPostgres({ data, log }))
  const DATABASE_URL = `postgresql://greenroom@localhost/greenroom?host=${encodeURIComponent(postgres.connection.host)}`
  const env = { DATABASE_URL, GREENROOM_DATA: data, HOST: '127.0.0.1' }
  const zoom = opened.use(await startSimulator({ port: 0 })).url
  const open = opened.use(await openHub(readConfig(env), log, { serve: false }))
  const ours = await round(open, zoom, env)
  const naive = await round(open, zoom, { ...env, NAIVE: '1' })
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

async function round(open: OpenHub, zoom: string, env: Record<string, string>) {
  await using started = new AsyncDisposableStack()
  const ids = await expired(open, zoom)
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

/** A user's consent whose access token has run out. */
async function expired({ hub }: OpenHub, zoom: string): Promise<{ CONNECTION_ID: string; ZOOM_APP_ID: string }> {
  const { id: workspace_id } = await ensureWorkspace(hub, 'Bench')
  const actor = { workspace_id, name: 'cli' }
  const [client_id, redirect_uri] = ['sim-user-app', 'http://127.0.0.1/cb']
  const app = await hub.db.selectFrom('zoom_app').select('id').executeTakeFirst()
  const { id: ZOOM_APP_ID } =
    app ??
    (await createZoomApp(hub, actor, {
      kind: 'user_managed',
      name: 'user',
      client_id,
      client_secret: 'sim-user-secret',
      oauth_base: zoom,
      api_base: zoom,
    }))
  const answer = await fetch(`${zoom}/_/consent`, {
    method: 'POST',
    body: JSON.stringify({ client_id, redirect_uri, user: 'ada@school.example' }),
  })
  const { location } = (await answer.json()) as { location: string }
  const authorization_code = new URL(location).searchParams.get('code') ?? ''
  const grant = await connectWithCode(hub, actor, { zoom_app_id: ZOOM_APP_ID, authorization_code, redirect_uri })
  const CONNECTION_ID = grant.connection.id
  await hub.db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .execute()
  return { CONNECTION_ID, ZOOM_APP_ID }
}

async function tokenCalls(zoom: string): Promise<number> {
  const answer = await fetch(`${zoom}/_/calls`)
  return ((await answer.json()) as { counts: { oauth: number } }).counts.oauth
}
