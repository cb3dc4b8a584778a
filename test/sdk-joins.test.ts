import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { refusalOfApp } from '#hub/door/join-report.ts'
import { pageToken } from '#hub/door/page-token.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import type { Setup } from '#hub/resources.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
await w.zoom('PATCH', '/apps/sim-s2s', { meeting_sdk: true })
await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { purposes: ['web_site'], meeting_sdk: true })
await until(
  async () => (await w.api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length > 0,
  'the hosts to be known',
)

const step = async () =>
  (await w.api<Setup>('GET', `/zoom_apps/${w.zoom_app_id}/setup`)).body.steps.find(
    ({ step: it }) => it === 'meeting_sdk',
  )

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
const tryIt = () => w.api<{ url: string; detail: string }>('POST', `/zoom_apps/${w.zoom_app_id}/sdk_trial`)

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
  await w.zoom('PATCH', '/apps/sim-s2s', { meeting_sdk: false })
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
  await w.zoom('PATCH', '/apps/sim-s2s', { meeting_sdk: true })
  await send(room, 'outcome', { report_token, outcome: { joined: true } })
  assert.equal((await step())?.state, 'ok')
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
    await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, change)
    assert.equal((await tryIt()).status, 409)
    await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, back)
  }
  assert.equal(await w.calls(), before)
})
