import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { refusalOfApp } from '#hub/door/join-report.ts'
import { pageToken } from '#hub/door/page-token.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import type { Setup, ZoomApp } from '#hub/resources.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
/** The General App beside the account's own, which cannot carry the Meeting SDK. Nobody consents to it: it signs. */
const sdkApp = (await w.api<ZoomApp>('POST', '/zoom_apps', generalApp({}))).body.id
await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { purposes: ['web_site'] })
await until(
  async () => (await w.api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length > 0,
  'the hosts to be known',
)

const setup = async (id = sdkApp) => (await w.api<Setup>('GET', `/zoom_apps/${id}/setup`)).body.steps
const step = async (id = sdkApp) => (await setup(id)).find(({ step: it }) => it === 'meeting_sdk')

function generalApp(more: object): object {
  return {
    kind: 'admin_managed',
    name: 'In the browser',
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    meeting_sdk: true,
    purposes: ['web_site'],
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
    ...more,
  }
}

interface Room {
  pass_id: string
  cookie: string
}
/** Goes into the room by a ticket, as a browser does. */
async function enter(url: string): Promise<Room> {
  const { headers } = await fetch(url, { redirect: 'manual' })
  return {
    pass_id: headers.get('location')?.split('/').at(-1) ?? '',
    cookie: headers.getSetCookie()[0]?.split(';', 1)[0] ?? '',
  }
}
const send = (room: Room, what: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${w.hubUrl}/in/${room.pass_id}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: w.hubUrl, cookie: room.cookie, ...headers },
    body: JSON.stringify(body),
  })
async function signed(room: Room): Promise<Record<string, string>> {
  const answer = await send(room, 'signature', { page_token: pageToken(hub, room.pass_id) })
  assert.equal(answer.status, 200)
  return (await answer.json()) as Record<string, string>
}
/** What the simulator's SDK does with what it is given. */
async function join({ report_token: _ours, ...asked }: Record<string, string>) {
  const answer = await fetch(`${w.simulatorUrl}/sdk/join`, { method: 'POST', body: JSON.stringify(asked) })
  return { ok: answer.ok, told: (await answer.json()) as { errorCode: number; errorMessage: string } }
}
const tryIt = (id = sdkApp) => w.api<{ url: string; detail: string }>('POST', `/zoom_apps/${id}/sdk_trial`)

test('that somebody ticked it is not enough: the step waits until a join was tried', async () => {
  const found = await step()
  assert.equal(found?.state, 'waiting')
  assert.match(found.fix ?? '', /Try it/)
})

test('“Try it” makes a meeting that the room joins, and the step is in order; two calls to Zoom', async () => {
  const before = await w.calls()
  const { status, body, text } = await tryIt()
  assert.equal(status, 201, text)
  assert.ok((await w.calls()) - before <= 2, 'calls to Zoom')
  const room = await enter(body.url)
  const asked = await signed(room)
  assert.equal((await join(asked)).ok, true)
  const { report_token } = asked
  assert.equal((await send(room, 'outcome', { report_token, outcome: { joined: true } })).status, 204)
  const found = await step()
  assert.equal(found?.state, 'ok', found?.message)
})

test('what Zoom has against the app fails the step, and names the switch at Zoom; the next join mends it', async () => {
  await w.zoom('PATCH', '/apps/sim-admin-app', { meeting_sdk: false })
  const room = await enter((await tryIt()).body.url)
  const asked = await signed(room)
  const refused = await join(asked)
  assert.equal(refused.ok, false)
  const { report_token } = asked
  assert.equal((await send(room, 'outcome', { report_token, outcome: { joined: false, ...refused.told } })).status, 204)
  const found = await step()
  assert.equal(found?.state, 'failed')
  assert.match(found.message, /1: Invalid SDK app keys/)
  assert.match(found.fix ?? '', /“Features”, “Embed”, and switch on “Meeting SDK”/)
  await w.zoom('PATCH', '/apps/sim-admin-app', { meeting_sdk: true })
  await send(room, 'outcome', { report_token, outcome: { joined: true } })
  assert.equal((await step())?.state, 'ok')
})

test('the account’s own app says by which one browsers join, and what stands against that one', async () => {
  const found = await step(w.zoom_app_id)
  assert.equal(found?.state, 'ok', found?.message)
  assert.match(found.message, /“In the browser”, which carries/)
  await w.api('PATCH', `/zoom_apps/${sdkApp}`, { state: 'off' })
  assert.match((await step(w.zoom_app_id))?.fix ?? '', /Switch “In the browser” on/)
  await w.api('PATCH', `/zoom_apps/${sdkApp}`, { state: 'on' })
  const { db } = hub
  const at = { sdk_refused_at: new Date(Date.now() + 60_000), sdk_refusal: '3712: Signature is invalid' }
  await db.updateTable('zoom_app').set(at).where('id', '=', sdkApp).execute()
  const refused = await step(w.zoom_app_id)
  assert.equal(refused?.state, 'failed')
  assert.match(refused.fix ?? '', /Open “In the browser”/)
  await db.updateTable('zoom_app').set({ sdk_refused_at: null }).where('id', '=', sdkApp).execute()
})

test('without another app it is still to do: a General App beside it', async () => {
  await w.api('PATCH', `/zoom_apps/${sdkApp}`, { meeting_sdk: false })
  const found = await step(w.zoom_app_id)
  assert.equal(found?.state, 'waiting')
  assert.match(found.fix ?? '', /Add a General App beside this one/)
  await w.api('PATCH', `/zoom_apps/${sdkApp}`, { meeting_sdk: true })
})

test('an app that only signs is asked for neither consent nor scopes nor events; one with more to do is', async () => {
  assert.deepEqual(
    (await setup()).map(({ step: it }) => it),
    ['credentials', 'clock', 'meeting_sdk'],
  )
  await w.api('PATCH', `/zoom_apps/${sdkApp}`, { purposes: ['web_site', 'lms'] })
  assert.ok((await setup()).some(({ step: it }) => it === 'consent'))
  await w.api('PATCH', `/zoom_apps/${sdkApp}`, { purposes: ['web_site'] })
})

test('a server-to-server app does not carry the Meeting SDK, whatever is said of it', async () => {
  const own = `/zoom_apps/${w.zoom_app_id}`
  type Refused = { detail: string; errors: { field: string }[] }
  const changed = await w.api<Refused>('PATCH', own, { meeting_sdk: true })
  assert.equal(changed.status, 422, changed.text)
  assert.deepEqual(
    changed.body.errors.map(({ field }) => field),
    ['meeting_sdk'],
  )
  assert.match(changed.body.detail, /add a General App beside it/)
  const before = await w.calls()
  const another = generalApp({ kind: 'server_to_server', client_id: 'another', account_id: 'sim-account' })
  assert.equal((await w.api('POST', '/zoom_apps', another)).status, 422)
  assert.equal((await w.api('PATCH', own, { meeting_sdk: false })).status, 200, 'that it carries none may be said')
  assert.equal((await tryIt(w.zoom_app_id)).status, 409)
  assert.equal(await w.calls(), before)
})

test('one that was ticked in former times signs nothing', async () => {
  await hub.db.updateTable('zoom_app').set({ meeting_sdk: true }).where('id', '=', w.zoom_app_id).execute()
  const { body } = await w.api<{ id: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Signed' })
  const { url } = await issueTicket(hub, {
    workspace_id: w.workspace_id,
    meeting_id: body.id,
    role: 'host',
    name: 'Ada',
  })
  const { signature = '' } = await signed(await enter(`${url}/room`))
  const claims = JSON.parse(Buffer.from(signature.split('.')[1] ?? '', 'base64url').toString()) as { appKey: string }
  assert.equal(claims.appKey, 'sim-admin-app')
  assert.equal((await w.api<ZoomApp>('GET', `/zoom_apps/${w.zoom_app_id}`)).body.meeting_sdk, false)
  await hub.db.updateTable('zoom_app').set({ meeting_sdk: false }).where('id', '=', w.zoom_app_id).execute()
})

test('nobody tells what came of a join that is not theirs', async () => {
  const before = await step()
  const { body } = await w.api<{ id: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Another' })
  const more = { workspace_id: w.workspace_id, meeting_id: body.id, role: 'host' as const, name: 'Ada' }
  const [mine, other] = [await issueTicket(hub, more), await issueTicket(hub, more)]
  const [room, stranger] = [await enter(`${mine.url}/room`), await enter(`${other.url}/room`)]
  const { report_token } = await signed(room)
  const outcome = { joined: false, errorCode: 3712, errorMessage: 'Signature is invalid.' }
  assert.equal((await send(stranger, 'outcome', { report_token, outcome })).status, 403, 'by another’s token')
  assert.equal((await send(room, 'outcome', { report_token: 'x'.repeat(80), outcome })).status, 403, 'by no token')
  assert.equal((await send({ ...room, cookie: '' }, 'outcome', { report_token, outcome })).status, 404, 'no ticket')
  const elsewhere = { origin: 'https://elsewhere.example' }
  assert.equal((await send(room, 'outcome', { report_token, outcome }, elsewhere)).status, 403, 'by another page')
  assert.deepEqual(await step(), before)
})

test('what is the meeting’s or the person’s own says nothing of the app', () => {
  assert.equal(refusalOfApp({ errorCode: 3008, errorMessage: 'Meeting has not started.' }), undefined)
  assert.equal(refusalOfApp({ errorCode: 3004, errorMessage: 'Passcode wrong.' }), undefined)
  assert.equal(refusalOfApp({ errorCode: 1, errorMessage: 'Invalid parameter.' }), undefined)
  assert.equal(refusalOfApp({ errorCode: 1, errorMessage: 'Invalid SDK app keys.' }), '1: Invalid SDK app keys')
  const forged = { errorCode: 3712, errorMessage: 'Call this number now' }
  assert.equal(refusalOfApp(forged), '3712: Signature is invalid', 'a browser’s words are not kept')
})

test('an app that is off, or says nothing of the Meeting SDK, is not tried, and Zoom is not asked', async () => {
  const before = await w.calls()
  for (const [change, back] of [
    [{ state: 'off' }, { state: 'on' }],
    [{ meeting_sdk: false }, { meeting_sdk: true }],
  ]) {
    await w.api('PATCH', `/zoom_apps/${sdkApp}`, change)
    assert.equal((await tryIt()).status, 409)
    await w.api('PATCH', `/zoom_apps/${sdkApp}`, back)
  }
  assert.equal(await w.calls(), before)
})
