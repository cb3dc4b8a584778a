import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createZoomApp } from '#hub/apps.ts'
import { refreshTokenOf, unseal } from '#hub/encryption.ts'
import { connectWithCode } from '#hub/grants/connect.ts'
import { accessToken } from '#hub/tokens.ts'
import { connectionById } from '#store/connections.ts'
import { zoomAppById, type ZoomAppRow } from '#store/zoom-apps.ts'
import { until } from '../world.ts'
import { cluster, type Cluster } from './cluster.ts'

const lost = 'refresh_outcome_unknown'

/** Where the renewing process is killed, what Zoom does with the request meanwhile, and what must come of the connection. */
const kills = [
  { point: 'before sending', fault: undefined, user: 'ada', failure: null },
  { point: 'after sending', fault: { delay_ms: 500, drop: 'before' }, user: 'grace', failure: null },
  { point: 'after sending', fault: { delay_ms: 500 }, user: 'alan', failure: lost },
  { point: 'after the answer', fault: undefined, user: 'mary', failure: lost },
  { point: 'after the commit', fault: undefined, user: 'joan', failure: null },
] as const

test('a process that is killed anywhere in a renewal leaves a connection that works or says why not, as Zoom’s list of live tokens has it', async (t) => {
  const many = await cluster(t)
  const app = await userApp(many)
  const killed = []
  for (const kill of kills) {
    const id = await expiredConnection(many, app, `${kill.user}@kill.example`)
    await killAt(many, app, id, kill)
    killed.push({ ...kill, id })
  }

  // A job waits until the lease of the dead one is over; somebody who sits before it is told so after six seconds.
  const asJob = { ...many.hub, errand: { integration: 'hub', waiting: 'job' as const } }
  const renewals = await Promise.allSettled(killed.map(({ id }) => accessToken(asJob, app, id, undefined)))

  const live = await liveTokens(many)
  for (const [index, { id, point, failure }] of killed.entries()) {
    const row = await connectionById(many.hub.db, id)
    assert.ok(row?.refresh_token)
    const refresh_token = unseal(many.hub.keys, refreshTokenOf(id), row.refresh_token).reveal()
    assert.equal(row.failure_code, failure, point)
    assert.equal(row.state === 'connected', live.has(refresh_token), point)
    const renewal = renewals[index]
    assert.equal(renewal?.status === 'fulfilled' && live.has(renewal.value.access_token.reveal()), !failure, point)
    if (renewal?.status === 'rejected') assert.match(String(renewal.reason), /connects to Zoom again/)
  }
})

async function userApp({ hub, workspace_id, simulatorUrl }: Cluster): Promise<ZoomAppRow> {
  const { id } = await createZoomApp(
    hub,
    { workspace_id, name: 'cli' },
    {
      kind: 'user_managed',
      name: 'user',
      client_id: 'sim-user-app',
      client_secret: 'sim-user-secret',
      oauth_base: simulatorUrl,
      api_base: simulatorUrl,
    },
  )
  const app = await zoomAppById(hub.db, id)
  assert.ok(app)
  return app
}

async function expiredConnection(many: Cluster, app: ZoomAppRow, email: string): Promise<string> {
  const redirect_uri = 'http://127.0.0.1/cb'
  await control(many, 'POST', '/people', { email })
  const { location } = await control<{ location: string }>(many, 'POST', '/consent', {
    client_id: app.client_id,
    redirect_uri,
    user: email,
  })
  const code = new URL(location).searchParams.get('code') ?? ''
  const { connection } = await connectWithCode(
    many.hub,
    { workspace_id: many.workspace_id, name: 'cli' },
    { zoom_app_id: app.id, authorization_code: code, redirect_uri },
  )
  await many.db.query(`update connection set access_token_expires_at = now() where id = $1`, [connection.id])
  return connection.id
}

const program = fileURLToPath(new URL('refresher.ts', import.meta.url))

/** Starts a process that renews, and kills it at the point; resolves when it is dead and Zoom has done what it does. */
async function killAt(
  many: Cluster,
  app: ZoomAppRow,
  id: string,
  { point, fault }: (typeof kills)[number],
): Promise<void> {
  if (fault) await control(many, 'POST', '/faults', { match: { path: '/oauth/token' }, action: fault })
  const before = await liveTokens(many)
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...many.env, CONNECTION_ID: id, ZOOM_APP_ID: app.id, POINT: point },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const reached = await createInterface(child.stdout)[Symbol.asyncIterator]().next()
  assert.equal(reached.value, `reached ${point}`)
  if (fault) await until(() => lastFaultUsed(many), 'the request to be at Zoom')
  child.kill('SIGKILL')
  assert.deepEqual(await ended, [null, 'SIGKILL'])
  if (fault && !('drop' in fault))
    await until(async () => !sameTokens(before, await liveTokens(many)), 'Zoom to give the pair that nobody waits for')
}

async function lastFaultUsed(many: Cluster): Promise<boolean> {
  const { faults } = await control<{ faults: { used: number }[] }>(many, 'GET', '/faults')
  return faults.at(-1)?.used === 1
}

/** Every access and refresh token that Zoom still takes. */
async function liveTokens(many: Cluster): Promise<Set<string>> {
  const { refresh_tokens, access_tokens } = await control<{
    refresh_tokens: { refresh_token: string }[]
    access_tokens: { access_token: string }[]
  }>(many, 'GET', '/tokens')
  return new Set([
    ...refresh_tokens.map(({ refresh_token }) => refresh_token),
    ...access_tokens.map(({ access_token }) => access_token),
  ])
}

const sameTokens = (one: Set<string>, other: Set<string>): boolean => one.symmetricDifference(other).size === 0

async function control<T>({ simulatorUrl }: Cluster, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${simulatorUrl}/_${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await answer.text()
  assert.ok(answer.ok, text)
  return JSON.parse(text) as T
}
