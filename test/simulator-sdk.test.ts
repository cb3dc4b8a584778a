import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { signSdk, simulate, simulateWithEvents, type Json, type Zoom } from './simulator-client.ts'

const zakOf = async (zoom: Zoom, user: string): Promise<string> =>
  (await zoom.api('GET', `/users/${user}/token?type=zak`)).body.token

const join = (zoom: Zoom, meeting: Json, more: object = {}) =>
  zoom.send('POST', '/sdk/join', {
    signature: signSdk({ mn: String(meeting.id) }),
    meetingNumber: String(meeting.id),
    userName: 'Max',
    passWord: meeting.password,
    ...more,
  })

async function running(t: TestContext, settings: object = {}) {
  const { zoom, events } = await simulateWithEvents(t)
  const meeting = await zoom.schedule({ settings })
  await zoom.control('POST', `/meetings/${meeting.id}/start`)
  return { zoom, events, meeting }
}

test('who joins by the SDK is in the meeting with the key that was given, and goes by the page’s Leave', async (t) => {
  const { zoom, events, meeting } = await running(t)
  const { status, body } = await join(zoom, meeting, { customerKey: 'pas_1' })
  assert.deepEqual([status, body.state, body.topic], [200, 'in_meeting', 'Algebra I'])
  const [joined] = await events('meeting.participant_joined')
  assert.equal(joined.payload.object.participant.customer_key, 'pas_1')
  assert.equal((await zoom.send('POST', `/sdk/stays/${body.stay}/leave`)).body.state, 'over')
  assert.equal((await events('meeting.participant_left')).length, 1)
  await zoom.send('POST', `/sdk/stays/${body.stay}/leave`)
  assert.equal((await events('meeting.participant_left')).length, 1, 'nobody leaves twice')
})

test('the e-mail that a page tells signs nobody in; a zak does', async (t) => {
  const { zoom, events, meeting } = await running(t)
  await join(zoom, meeting, { userEmail: 'ada@school.example' })
  await join(zoom, meeting, { userName: 'Grace', zak: await zakOf(zoom, 'grace@school.example') })
  const told = (await events('meeting.participant_joined')).map(({ payload }) => payload.object.participant.email)
  assert.deepEqual(told, ['', 'grace@school.example'])
})

test('role 1 with the host’s zak starts the meeting', async (t) => {
  const zoom = await simulate(t)
  const meeting = await zoom.schedule()
  const signature = signSdk({ mn: String(meeting.id), role: 1 })
  const { body } = await join(zoom, meeting, { signature, passWord: '', zak: await zakOf(zoom, 'ada@school.example') })
  assert.equal(body.state, 'in_meeting')
})

test('a page in the waiting room sees when it is let in, and when the host ends the meeting', async (t) => {
  const { zoom, meeting } = await running(t, { waiting_room: true })
  const { body } = await join(zoom, meeting)
  assert.equal(body.state, 'waiting_room')
  const state = async () => (await zoom.send('GET', `/sdk/stays/${body.stay}`)).body.state
  await zoom.control('POST', `/meetings/${meeting.id}/admit`, { name: 'Max' })
  assert.equal(await state(), 'in_meeting')
  await zoom.control('POST', `/meetings/${meeting.id}/end`)
  assert.equal(await state(), 'over')
})

test('the waiting room is told by events', async (t) => {
  const { zoom, events, meeting } = await running(t, { waiting_room: true })
  const { body } = await join(zoom, meeting, { customerKey: 'pas_1' })
  const [waiting] = await events('meeting.participant_joined_waiting_room')
  assert.equal(waiting.payload.object.participant.user_name, 'Max')
  assert.equal(waiting.payload.object.participant.customer_key, 'pas_1')
  await zoom.send('POST', `/sdk/stays/${body.stay}/leave`)
  assert.equal((await events('meeting.participant_left_waiting_room')).length, 1)
  assert.deepEqual(await events('meeting.participant_joined'), [])
})

const other = ['sim-user-app', 'wrong'] as const

const refusals: [what: string, code: number, change: (meeting: Json) => object][] = [
  ['a signature by another secret', 3712, ({ id }) => ({ signature: signSdk({ mn: String(id) }, other) })],
  ['a signature that names no meeting', 3712, () => ({ signature: signSdk() })],
  ['a signature for another meeting', 3712, () => ({ signature: signSdk({ mn: '81234567890' }) })],
  [
    'a meeting that there is not',
    3001,
    () => ({ signature: signSdk({ mn: '81234567890' }), meetingNumber: '81234567890' }),
  ],
  ['role 1 without a zak', 3003, ({ id }) => ({ signature: signSdk({ mn: String(id), role: 1 }) })],
  ['a wrong passcode', 3004, () => ({ passWord: 'wrong' })],
  ['a zak that nobody gave', 3265, () => ({ zak: 'x' })],
  ['a customerKey of 37 characters', 1, () => ({ customerKey: 'x'.repeat(37) })],
  ['no name', 1, () => ({ userName: ' ' })],
]

for (const [what, errorCode, change] of refusals) {
  test(`the SDK refuses ${what} with ${errorCode}`, async (t) => {
    const { zoom, meeting } = await running(t)
    const { status, body } = await join(zoom, meeting, change(meeting))
    assert.deepEqual([status, body.errorCode], [400, errorCode])
  })
}

const settings: [what: string, code: number, settings: object][] = [
  ['one must sign in', 3100, { meeting_authentication: true }],
  ['one must register', 3099, { approval_type: 0 }],
]

for (const [what, errorCode, given] of settings) {
  test(`the SDK refuses with ${errorCode} where ${what}`, async (t) => {
    const { zoom, meeting } = await running(t, given)
    assert.equal((await join(zoom, meeting)).body.errorCode, errorCode)
  })
}

test('before the host comes the meeting has not started, unless it lets people in early', async (t) => {
  const zoom = await simulate(t)
  assert.equal((await join(zoom, await zoom.schedule())).body.errorCode, 3008)
  const early = await zoom.schedule({ settings: { join_before_host: true } })
  assert.equal((await join(zoom, early)).body.state, 'in_meeting')
})

test('pages of any origin may load the script and join by it', async (t) => {
  const { url } = await simulate(t)
  const script = await fetch(`${url}/sdk/zoom-meeting.js`)
  assert.match(script.headers.get('content-type') ?? '', /javascript/)
  assert.equal(script.headers.get('cross-origin-resource-policy'), 'cross-origin')
  const preflight = await fetch(`${url}/sdk/join`, { method: 'OPTIONS' })
  assert.equal(preflight.status, 204)
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type')
})
