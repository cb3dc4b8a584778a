import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueTicket } from '#hub/door/ticket.ts'
import { createPlace } from '#hub/places.ts'
import { placeMeeting, removePlacement } from '#hub/placements.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const actor = { workspace_id: w.workspace_id, name: 'test' }

/** The simulator's app with the Meeting SDK, as the operator of both knows it. */
const sdkApp = await w.api<{ id: string }>('POST', '/zoom_apps', {
  kind: 'admin_managed',
  name: 'SDK',
  client_id: 'sim-admin-app',
  client_secret: 'sim-admin-secret',
  meeting_sdk: true,
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})
assert.equal(sdkApp.status, 201, sdkApp.text)

const { id: meeting_id } = (
  await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
    start_time: new Date(Date.now() + 5 * 60_000).toISOString(),
    duration: 45,
  })
).body

const ticket = (more: object = {}): Promise<{ ticket: string; pass_id: string }> =>
  issueTicket(hub, { workspace_id: w.workspace_id, meeting_id, role: 'guest', ...more })
const at = (path: string): Promise<Response> => fetch(`${w.hubUrl}/j/${path}`, { redirect: 'manual' })

test('of a link that many hold everybody gets a ticket of their own', async () => {
  const shared = await ticket({ shared: true })
  const rooms = await Promise.all([at(`${shared.ticket}/room`), at(`${shared.ticket}/room`)])
  const addresses = rooms.map((room) => room.headers.get('location') ?? '')
  assert.equal(new Set(addresses).size, 2)
  for (const [index, address] of addresses.entries()) {
    assert.doesNotMatch(address, new RegExp(shared.ticket), 'the room’s address holds no ticket')
    const cookie = (rooms[index]?.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
    assert.equal((await fetch(new URL(address, w.hubUrl), { headers: { cookie } })).status, 200)
    assert.equal((await fetch(new URL(address, w.hubUrl))).status, 404, 'and lets nobody else in')
  }
})

test('a place that is switched off, or shows the meeting no more, lets nobody in by its tickets', async () => {
  const place = await createPlace(hub, actor, { integration: 'site', name: 'Old site' })
  const placed = await placeMeeting(hub, actor, { place_id: place.id, meeting_id, ref: 'a', title: 'Algebra' })
  const held = await ticket({ placement_id: placed.id })
  assert.equal((await at(held.ticket)).status, 200)
  await w.api('PATCH', `/places/${place.id}`, { state: 'off' })
  assert.match(await (await at(held.ticket)).text(), /switched Old site off/)
  assert.notEqual((await at(`${held.ticket}/room`)).status, 200)
  await w.api('PATCH', `/places/${place.id}`, { state: 'on' })
  await removePlacement(hub, placed.id)
  assert.match(await (await at(held.ticket)).text(), /does not show this meeting any more/)
})

test('an unknown, an ended and a revoked ticket look alike', async () => {
  const ended = await ticket({ expires_at: new Date(Date.now() - 1000) })
  const revoked = await ticket()
  await hub.db.updateTable('pass').set({ revoked_at: new Date() }).where('id', '=', revoked.pass_id).execute()
  const pages = await Promise.all([ended.ticket, revoked.ticket, 'made-up'].map((each) => at(each)))
  assert.deepEqual(
    pages.map(({ status }) => status),
    [404, 404, 404],
  )
})

test('a name that is asked for counts for guests alone', async () => {
  const open = async (role: string, name: string): Promise<string | null> => {
    const { ticket: held } = await ticket({ role, name: 'Grace' })
    const answer = await fetch(`${w.hubUrl}/j/${held}/app`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ name }),
    })
    return new URL(answer.headers.get('location') ?? '').searchParams.get('uname')
  }
  assert.equal(await open('participant', 'Ada the Teacher'), 'Grace')
  assert.equal(await open('guest', 'Max'), 'Max')
  assert.equal(await open('guest', 'M\0ax'), 'Max')
})

test('the host comes in before the time, and after it', async () => {
  const { body } = await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Long ago',
    start_time: new Date(Date.now() + 3 * 86_400_000).toISOString(),
    duration: 45,
  })
  const enter = async (role: string): Promise<string | null> => {
    const held = await ticket({ role, meeting_id: body.id })
    const answer = await fetch(`${w.hubUrl}/j/${held.ticket}/app`, { method: 'POST', redirect: 'manual' })
    return answer.headers.get('location')
  }
  assert.match((await enter('host')) ?? '', /zoom\.us\/j\//)
  assert.doesNotMatch((await enter('participant')) ?? '', /zoom\.us/)
  await hub.db
    .updateTable('meeting')
    .set({ start_time: new Date(Date.now() - 86_400_000) })
    .where('id', '=', body.id)
    .execute()
  assert.match((await enter('host')) ?? '', /zoom\.us\/j\//)
})

test('what a workspace entered as its Zoom is asked, but does not run on our pages', async () => {
  await hub.db
    .updateTable('zoom_app')
    .set({ oauth_base: 'http://127.0.0.1:9' })
    .where('workspace_id', '=', w.workspace_id)
    .execute()
  const { ticket: held } = await ticket()
  const door = await (await at(held)).text()
  assert.match(door, /Joining in the browser is not set up here/)
  assert.notEqual((await at(`${held}/room`)).status, 200)
})

test('odd addresses are answered as what they are', async () => {
  for (const [path, status] of [
    ['/room/constructor', 404],
    ['/room/__proto__', 404],
    ['/j/%ff', 400],
    ['/api/v1/places/%ff', 400],
    ['/zoom/oauth/callback?state=a&state=b', 400],
    [`/api/v1/places/${'x'.repeat(600)}`, 414],
  ] as const) {
    const answer = await fetch(`${w.hubUrl}${path}`)
    assert.equal(answer.status, status, path)
    assert.doesNotMatch(await answer.text(), /FST_ERR|at .*\.ts:/)
  }
})
