import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { connectWithCode } from '#hub/grants/connect.ts'
import { isDueAgain, tryRefusedApps } from '#hub/grants/renew.ts'
import { cronItems } from '#hub/jobs/tables.ts'
import { forgetToken } from '#hub/tokens.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const { now } = hub.runtime
const { body: userApp } = await w.api<{ id: string }>('POST', '/zoom_apps', {
  kind: 'user_managed',
  name: 'user',
  client_id: 'sim-user-app',
  client_secret: 'sim-user-secret',
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})
afterEach(() => {
  hub.runtime.now = now
})

interface Connection {
  state: string
  failure: { code: string; message: string; at: string } | null
  waiting_jobs: number
  reconnect: { who: string } | null
}

const connection = async (id = w.connection_id): Promise<Connection> =>
  (await w.api<Connection>('GET', `/connections/${id}`)).body
const tokenCalls = async (): Promise<number> =>
  (await w.zoom<{ counts: { oauth: number } }>('GET', '/calls')).counts.oauth
const approve = (approved: boolean, app = 'sim-s2s') => w.zoom('PATCH', `/apps/${app}`, { approved })
const plan = async (topic: string) =>
  w.api('POST', '/meetings', { host: 'ada@school.example', topic, start_time: new Date(now() + 60_000).toISOString() })

/** Some work for the connection, which finds that Zoom refuses. */
async function withdrawn(): Promise<void> {
  await approve(false)
  await hub.db.updateTable('connection').set({ access_token: null }).where('id', '=', w.connection_id).execute()
  assert.ok((await plan('Refused')).status >= 400)
  assert.equal((await connection()).failure?.code, 'invalid_grant')
}

test('an app that was disabled at Zoom works again by itself once it is enabled there, and so does the work that waited', async () => {
  await withdrawn()
  const { failure } = await connection()
  await w.api('POST', '/zoom_users/simAdaAAAAAAAAAAAAAAAA/meeting_options/refresh')
  await until(async () => (await connection()).waiting_jobs > 0, 'a job to wait')
  const before = await tokenCalls()
  const hourly = cronItems.find(({ name }) => name === 'refused_apps')
  assert.ok(hourly)
  await hourly.run(hub)
  assert.equal((await tokenCalls()) - before, 1, 'one call asks')
  assert.deepEqual((await connection()).failure, failure, 'it is the same trouble since the same time')
  await approve(true)
  await hourly.run(hub)
  assert.deepEqual([(await connection()).state, (await connection()).failure], ['connected', null])
  await until(async () => (await connection()).waiting_jobs === 0, 'the work to go on')
  assert.equal((await plan('Again')).status, 201)
  const then = await tokenCalls()
  await hourly.run(hub)
  assert.equal(await tokenCalls(), then, 'what works is not asked about')
})

test('it is tried each hour of the first day, and once a day from then on', async () => {
  const since = new Date(0)
  const hours = [0, 1, 23, 24, 25, 47, 48, 72]
  const due = hours.filter((hour) => isDueAgain(since, hour * 3_600_000 + 60_000))
  assert.deepEqual(due, [0, 1, 23, 24, 48, 72])
  await withdrawn()
  hub.runtime.now = () => now() + 30 * 3_600_000
  const before = await tokenCalls()
  await tryRefusedApps(hub)
  assert.equal(await tokenCalls(), before)
  hub.runtime.now = now
  await approve(true)
  await tryRefusedApps(hub)
  assert.equal((await connection()).state, 'connected')
})

/** The connection of somebody who has consented. */
async function consented(user: string): Promise<string> {
  const redirect_uri = 'http://127.0.0.1/cb'
  const asked = { client_id: 'sim-user-app', redirect_uri, user }
  const { location } = await w.zoom<{ location: string }>('POST', '/consent', asked)
  const authorization_code = new URL(location).searchParams.get('code') ?? ''
  const actor = { workspace_id: w.workspace_id, name: 'cli' }
  return (await connectWithCode(hub, actor, { zoom_app_id: userApp.id, authorization_code, redirect_uri })).connection
    .id
}

/** A call on the connection that needs a new token. */
async function called(id: string): Promise<boolean> {
  await forgetToken(hub, id)
  return (await zoomClient(hub, id)).accessToken().then(
    () => true,
    () => false,
  )
}

test('consents to an app whose secret Zoom does not take are tried by one call for all, and work again by themselves', async () => {
  const ids = await Promise.all(['alan@school.example', 'ada@school.example'].map(consented))
  await w.zoom('PATCH', '/apps/sim-user-app', { client_secret: 'another' })
  assert.deepEqual(await Promise.all(ids.map(called)), [false, false])
  const codes = async () => (await Promise.all(ids.map((id) => connection(id)))).map(({ failure }) => failure?.code)
  assert.deepEqual(await codes(), ['invalid_client', 'invalid_client'])
  const before = await tokenCalls()
  await tryRefusedApps(hub)
  assert.equal((await tokenCalls()) - before, 1, 'one call for all')
  hub.runtime.now = () => now() + 30 * 3_600_000
  await tryRefusedApps(hub)
  assert.equal((await tokenCalls()) - before, 1, 'and none in most hours of the second day')
  hub.runtime.now = now
  await w.zoom('PATCH', '/apps/sim-user-app', { client_secret: 'sim-user-secret' })
  await tryRefusedApps(hub)
  assert.deepEqual(await codes(), [undefined, undefined])
  assert.equal((await tokenCalls()) - before, 3)
})

test('consents that were refused for the app’s secret work again as soon as the right one is entered, days later, too', async () => {
  const id = await consented('ada@school.example')
  await w.zoom('PATCH', '/apps/sim-user-app', { client_secret: 'another' })
  assert.equal(await called(id), false)
  const { failure, reconnect } = await connection(id)
  assert.equal(failure?.code, 'invalid_client')
  assert.equal(reconnect?.who, 'app_keeper', 'whoever consented can do nothing about it')
  hub.runtime.now = () => now() + 30 * 3_600_000
  assert.equal((await w.api('PATCH', `/zoom_apps/${userApp.id}`, { client_secret: 'another' })).status, 200)
  await until(async () => (await connection(id)).state === 'connected', 'the connection to be mended')
  hub.runtime.now = now
  await w.zoom('PATCH', '/apps/sim-user-app', { client_secret: 'sim-user-secret' })
  await w.api('PATCH', `/zoom_apps/${userApp.id}`, { client_secret: 'sim-user-secret' })
})

test('a consent to an app that is switched off at Zoom stays, and works once the app is switched on there', async () => {
  const id = await consented('alan@school.example')
  await w.zoom('PATCH', '/apps/sim-user-app', { activated: false })
  assert.equal(await called(id), false)
  assert.equal((await connection(id)).state, 'connected')
  await w.zoom('PATCH', '/apps/sim-user-app', { activated: true })
  assert.equal(await called(id), true)
})

test('a consent that Zoom has refused is not tried again: its refresh token is good no more', async () => {
  const id = await consented('grace@school.example')
  await approve(false, 'sim-user-app')
  await hub.db.updateTable('connection').set({ access_token: null }).where('id', '=', id).execute()
  await w.api('POST', '/meetings', {
    host: 'grace@school.example',
    connection_id: id,
    topic: 'Refused',
    start_time: new Date(now() + 60_000).toISOString(),
  })
  assert.equal((await connection(id)).failure?.code, 'invalid_grant')
  await approve(true, 'sim-user-app')
  const before = await tokenCalls()
  await tryRefusedApps(hub)
  assert.equal(await tokenCalls(), before)
  assert.equal((await connection(id)).state, 'disconnected')
})
