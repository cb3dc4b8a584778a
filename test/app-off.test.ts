import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { pageToken } from '#hub/door/page-token.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import { renewIdleGrants } from '#hub/grants/renew.ts'
import { findGaps } from '#hub/repair/find.ts'
import type { Finding } from '#hub/integration.ts'
import type { Connection, Deletion, Event, Gap, JobsNow, Meeting, Page, ZoomApp } from '#hub/resources.ts'
import { consented as consent } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const app = `/zoom_apps/${w.zoom_app_id}`
const turn = async (state: 'on' | 'off') => {
  const { status, body, text } = await w.api<ZoomApp>('PATCH', app, { state })
  assert.deepEqual([status, body.state], [200, state], text)
}
const plan = (topic: string) =>
  w.api<Meeting & { detail: string }>('POST', '/meetings', { host: 'ada@school.example', topic })
const waiting = async () => (await w.api<Page<Event>>('GET', '/events?state=waiting&limit=200')).body.items
const connection = `/connections/${w.connection_id}`

const made = (await plan('Algebra')).body
await w.settled()
await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/start`)
await w.settled()

// The watch begins.
await findGaps(w.server.hub)

test('an app is on until it is switched off', async () => {
  assert.equal((await w.api<ZoomApp>('GET', app)).body.state, 'on')
  await turn('off')
  await turn('off')
})

test('while it is off Zoom is asked nothing, and the refusal says who switches it on', async () => {
  const before = await w.calls()
  const refused = await plan('Geometry')
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /is switched off\. An administrator of the workspace switches it on/)
  assert.equal((await w.api('PATCH', `/meetings/${made.id}`, { topic: 'Geometry' })).status, 409)
  assert.equal((await w.api('DELETE', `/meetings/${made.id}`)).status, 409)
  assert.equal((await w.api('POST', `${app}/setup/check`)).status, 409)
  assert.equal((await w.api('POST', `${app}/trials`)).status, 409)
  const found = (await w.api<{ findings: Finding[] }>('POST', `${app}/check`)).body.findings
  assert.deepEqual(
    found.map(({ state, message }) => [state, message]),
    [['warning', 'It is switched off']],
  )
  await renewIdleGrants(w.server.hub)
  assert.equal(await w.calls(), before)
})

test('while it is off its events are kept and wait', async () => {
  await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/join`, {
    name: 'Grace Hopper',
    email: 'grace@school.example',
  })
  await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/end`)
  await w.zoom('POST', '/meetings', { host: 'ada@school.example', topic: 'Made at Zoom' })
  await w.zoom('POST', '/settle')
  await until(async () => (await waiting()).length >= 3, 'the events to be there')
  assert.equal((await w.api<Meeting>('GET', `/meetings/${made.id}`)).body.state, 'started')
  assert.equal((await fetch(`${w.hubUrl}/zoom/webhooks/${w.zoom_app_id}`, { method: 'POST', body: '{}' })).status, 401)
})

test('a job that needs Zoom waits, and is not tried in vain', async () => {
  const { items } = (await w.api<Page<{ id: string }>>('GET', '/zoom_users')).body
  await w.api('POST', `/zoom_users/${items[0]?.id}/meeting_options/refresh`)
  await until(async () => (await w.api<JobsNow>('GET', '/jobs')).body.parked === 1, 'the job to be put aside')
  const gaps = async () => (await w.api<Page<Gap>>('GET', '/gaps')).body.items.length
  await findGaps({ ...w.server.hub, runtime: { ...w.server.hub.runtime, now: () => Date.now() + 3_600_000 } })
  assert.equal(await gaps(), 0)
})

test('switched on again, what waited is worked through in order, and Zoom is asked again', async () => {
  // The watch has not looked since: that is a time of which events may be missing.
  await w.server.hub.db
    .updateTable('watch')
    .set({ alive_at: new Date(Date.now() - 3_600_000) })
    .execute()
  await turn('on')
  await w.settled()
  assert.equal((await w.api<Meeting>('GET', `/meetings/${made.id}`)).body.state, 'ended')
  const { items } = (await w.api<Page<Meeting>>('GET', '/meetings?q=Made')).body
  assert.deepEqual(
    items.map(({ topic }) => topic),
    ['Made at Zoom'],
  )
  await until(async () => (await w.api<JobsNow>('GET', '/jobs')).body.parked === 0, 'the job to go on')
  await until(
    async () => (await w.api<Page<Gap>>('GET', '/gaps')).body.items.some(({ cause }) => cause === 'away'),
    'what was missed to be looked for',
  )
  assert.equal((await plan('Geometry')).status, 201)
  assert.equal((await w.api<{ state: string }>('GET', connection)).body.state, 'connected')
})

const refused = /is switched off\. An administrator of the workspace switches it on under “Settings”, “Zoom apps”/
/** Calls of the second app: the first one looks for what it missed, in its own time. */
const asked = async (): Promise<number> => {
  const { calls } = await w.zoom<{ calls: { app: string }[] }>('GET', '/calls')
  return calls.filter(({ app: client_id }) => client_id === 'sim-admin-app').length
}

/** A second app, to which people consent and by which browsers join; each test switches it off and on. */
const consented = (
  await w.api<ZoomApp>('POST', '/zoom_apps', {
    kind: 'admin_managed',
    name: 'For all',
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    meeting_sdk: true,
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
).body
const turnSecond = async (state: 'on' | 'off') =>
  assert.equal((await w.api('PATCH', `/zoom_apps/${consented.id}`, { state })).status, 200)

test('while an app is off nobody consents to it, and a consent that is under way goes on once it is on', async () => {
  const path = `/zoom_apps/${consented.id}/consent`
  const begun = await w.api<{ location: string }>('POST', path)
  const cookie = begun.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  const { searchParams } = new URL(begun.body.location)
  const back = `${searchParams.get('redirect_uri')}?code=of_that_consent&state=${searchParams.get('state')}`
  const comeBack = async () => (await fetch(back, { headers: { cookie } })).text()
  await turnSecond('off')
  const before = await asked()
  const again = await w.api<{ detail: string }>('POST', path)
  assert.equal(again.status, 409)
  assert.match(again.body.detail, refused)
  assert.match(await comeBack(), refused)
  assert.equal(await asked(), before, 'calls to Zoom')
  await turnSecond('on')
  assert.match(await comeBack(), /Zoom did not take the code/, 'Zoom is asked now: the link was not used up')
})

test('while an app is off its new credentials are refused, unless it is switched on with them', async () => {
  const { path, client_secret } = { path: `/zoom_apps/${consented.id}`, client_secret: 'sim-admin-secret' }
  await turnSecond('off')
  const before = await asked()
  const { status, body } = await w.api<{ detail: string }>('PATCH', path, { client_secret })
  assert.equal(status, 409)
  assert.match(body.detail, refused)
  assert.equal(await asked(), before, 'calls to Zoom')
  assert.equal((await w.api<ZoomApp>('PATCH', path, { client_secret, state: 'on' })).body.state, 'on')
})

test('while the app that carries the Meeting SDK is off the Door says so, and signs no join in the browser', async () => {
  const { hub } = w.server
  const { body } = await plan('In the browser')
  const { url, pass_id } = await issueTicket(hub, {
    workspace_id: w.workspace_id,
    meeting_id: body.id,
    role: 'host',
    name: 'Ada',
  })
  const room = await fetch(`${url}/room`, { redirect: 'manual' })
  const cookie = room.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  const join = () =>
    fetch(`${w.hubUrl}/in/${pass_id}/signature`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, origin: w.hubUrl, 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ page_token: pageToken(hub, pass_id) }),
    })
  await turnSecond('off')
  const before = await asked()
  const door = await (await fetch(url)).text()
  assert.match(door, refused)
  assert.match(door, /Open in the Zoom app/)
  assert.doesNotMatch(door, /Join in the browser/)
  assert.equal((await fetch(`${url}/room`, { redirect: 'manual' })).headers.get('location'), new URL(url).pathname)
  const answer = await join()
  assert.equal(answer.status, 409)
  assert.match(((await answer.json()) as { detail: string }).detail, refused)
  assert.equal(await asked(), before, 'calls to Zoom')
  await turnSecond('on')
  assert.equal((await join()).status, 200)
})

/** An app to which people consent for themselves. */
const own = (
  await w.api<ZoomApp>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'Each for themselves',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    secret_token: 'sim-user-app-webhook',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
).body
const turnOwn = async (state: 'on' | 'off') =>
  assert.equal((await w.api('PATCH', `/zoom_apps/${own.id}`, { state })).status, 200)

test('a consent is taken back at Zoom though its app is off', async () => {
  const { id } = await consent<{ id: string }>(w, own.id, 'grace@school.example')
  await turnOwn('off')
  assert.equal((await w.api('POST', `/connections/${id}/disconnect`)).status, 200)
  const { calls } = await w.zoom<{ calls: { path: string; status: number }[] }>('GET', '/calls?last=1')
  assert.deepEqual(
    calls.map(({ path, status }) => [path, status]),
    [['/oauth/revoke', 200]],
  )
  await turnOwn('on')
})

test('consents to an app that is off are renewed all the same, and one that ends at Zoom ends here at once', async () => {
  const { db } = w.server.hub
  await w.zoom('POST', '/apps/sim-user-app/subscriptions', {
    url: `${w.hubUrl}/zoom/webhooks/${own.id}`,
    events: ['*'],
  })
  const { id } = await consent<{ id: string }>(w, own.id, 'grace@school.example')
  await turnOwn('off')
  await db
    .updateTable('connection')
    .set({ refresh_token_at: new Date(Date.now() - 8 * 86_400_000) })
    .where('id', '=', id)
    .execute()
  await renewIdleGrants(w.server.hub)
  const { refresh_token_at } = await db
    .selectFrom('connection')
    .select('refresh_token_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.ok((refresh_token_at?.getTime() ?? 0) > Date.now() - 60_000)

  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: 'grace@school.example' })
  await w.zoom('POST', '/settle')
  const failure = async () => (await w.api<Connection>('GET', `/connections/${id}`)).body.failure?.code
  await until(async () => (await failure()) === 'app_deauthorized', 'the connection to be ended')
  const due = (await w.api<Page<Deletion>>('GET', '/deletions')).body.items
  assert.deepEqual(
    due.map(({ connection_id, state }) => [connection_id, state]),
    [[id, 'due']],
  )
})
