import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { seconds, signSdk, simulate, type Json, type Zoom } from './simulator-client.ts'

const userApp = ['sim-user-app', 'sim-user-secret'] as const
/** A simulator, and the end of the runner's reports. */
async function runner(t: TestContext) {
  const zoom = await simulate(t)
  const received: { authorization: string | undefined; body: Json }[] = []
  const state = { answer: 204 }
  const server = createServer(async (request, response) => {
    received.push({ authorization: request.headers.authorization, body: await json(request) })
    response.writeHead(state.answer).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const report_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/reports`
  const send = async (meeting: Json, more: object = {}) => {
    const answer = await zoom.send('POST', '/runner/join', {
      bot_id: 'bot_1',
      meeting_number: String(meeting.id),
      passcode: meeting.password,
      display_name: 'Notes',
      signature: signSdk(),
      report_url,
      report_token: 'secret',
      ...more,
    })
    assert.equal(answer.status, 202, JSON.stringify(answer.body))
  }
  /** What was reported so far, each as its event and its sub type. */
  const reports = async () => {
    await zoom.control('POST', '/settle')
    return received.map(({ body }) => [body.event, body.sub_type].filter(Boolean).join(': '))
  }
  return { zoom, send, reports, received, state }
}

/** A meeting of Grace's that has begun, with her in it. */
async function running(zoom: Zoom, settings: object = {}): Promise<Json> {
  const meeting = await zoom.schedule({ settings }, 'grace@school.example')
  await zoom.control('POST', `/meetings/${meeting.id}/join`, { name: 'Grace Hopper', email: 'grace@school.example' })
  return meeting
}

/** Asks as a user who has allowed the user-managed app. */
async function askAs(zoom: Zoom, user: string, path: string) {
  const { access_token } = await zoom.authorize(user)
  return zoom.send('GET', `/v2${path}`, undefined, { authorization: `Bearer ${access_token}` })
}

const tokenOf = async (zoom: Zoom, user: string, path: string): Promise<string> =>
  (await askAs(zoom, user, path)).body.token

test('a bot joins, asks the host to record, and is in the report; it goes when the meeting ends', async (t) => {
  const { zoom, send, reports, received } = await runner(t)
  const meeting = await running(zoom)
  await send(meeting)
  assert.deepEqual(await reports(), ['joined'])
  assert.equal(received[0]?.authorization, 'Bearer secret')
  assert.equal(received[0]?.body.bot_id, 'bot_1')
  const [grace] = (received[0] as Json).body.participants
  assert.deepEqual([grace.name, grace.is_host], ['Grace Hopper', true])
  await zoom.control('POST', `/meetings/${meeting.id}/join`, { name: 'Max' })
  await zoom.control('POST', `/meetings/${meeting.id}/recording_permission`, { bot: 'Notes', grant: true })
  await zoom.control('POST', `/meetings/${meeting.id}/end`)
  assert.deepEqual(await reports(), ['joined', 'recording_permission_granted', 'meeting_ended'])
  const met: Json[] = received.at(-1)?.body.participants
  assert.deepEqual(
    met.map(({ name, is_host }) => [name, is_host]),
    [
      ['Grace Hopper', true],
      ['Max', false],
    ],
  )
  assert.equal(met[0].uuid, grace.uuid)
  const { body } = await zoom.api('GET', `/report/meetings/${meeting.id}/participants`)
  assert.deepEqual(
    body.participants.map(({ name }: Json) => name),
    ['Grace Hopper', 'Notes', 'Max'],
  )
})

test('a bot with a token for local recording asks nobody, and walks past the waiting room if the token says so', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom, { waiting_room: true })
  const path = `/meetings/${meeting.id}/jointoken/local_recording?bypass_waiting_room=true`
  const { body } = await askAs(zoom, 'grace@school.example', path)
  assert.equal(body.expire_in, 120)
  await send(meeting, { recording_token: body.token })
  assert.deepEqual(await reports(), ['joined', 'recording_permission_granted'])
})

test('a waiting room holds a bot until the host lets it in', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom, { waiting_room: true })
  await send(meeting)
  assert.deepEqual(await reports(), ['waiting_room'])
  await zoom.control('POST', `/meetings/${meeting.id}/admit`, { name: 'Notes' })
  assert.deepEqual(await reports(), ['waiting_room', 'joined'])
})

test('a host may turn a bot away, or forget it', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom, { waiting_room: true })
  await send(meeting, { bot_id: 'bot_1', display_name: 'One' })
  await send(meeting, { bot_id: 'bot_2', display_name: 'Two' })
  await zoom.control('POST', `/meetings/${meeting.id}/admit`, { name: 'One', admit: false })
  await zoom.control('POST', '/clock', { advance_s: 901 })
  assert.deepEqual((await reports()).slice(2), [
    'could_not_join: request_to_join_denied',
    'could_not_join: waiting_room_timeout_exceeded',
  ])
})

test('a host may refuse that a bot records, and one who does not answer refuses, too', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom)
  await send(meeting)
  await zoom.control('POST', `/meetings/${meeting.id}/recording_permission`, { bot: 'Notes', grant: false })
  await reports()
  await send(meeting, { bot_id: 'bot_2' })
  await zoom.control('POST', '/clock', { advance_s: 61 })
  const denied = 'recording_permission_denied'
  assert.deepEqual(await reports(), [
    'joined',
    `${denied}: host_denied_permission`,
    'joined',
    `${denied}: request_timed_out`,
  ])
})

test('a bot that comes too early comes in when the meeting starts, and gives up after ten minutes', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await zoom.schedule()
  await send(meeting)
  assert.deepEqual(await reports(), [])
  await zoom.control('POST', `/meetings/${meeting.id}/start`)
  assert.deepEqual(await reports(), ['joined'])
  await send(await zoom.schedule(), { bot_id: 'bot_2' })
  await zoom.control('POST', '/clock', { advance_s: 601 })
  assert.equal((await reports()).at(-1), 'could_not_join: meeting_not_started_waiting_for_host')
})

test('a bot goes when it is called back, and when the host removes it', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom)
  await send(meeting)
  assert.equal((await zoom.send('POST', '/runner/leave', { bot_id: 'bot_1' })).status, 202)
  await send(meeting)
  await zoom.control('POST', `/meetings/${meeting.id}/leave`, { name: 'Notes' })
  assert.deepEqual(await reports(), ['joined', 'left', 'joined', 'left: removed_from_meeting'])
})

test('on behalf of a user a bot waits for that user, and goes with that user', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom)
  const obf_token = await tokenOf(zoom, 'ada@school.example', `/users/me/token?type=onbehalf&meeting_id=${meeting.id}`)
  await send(meeting, { obf_token })
  assert.deepEqual(await reports(), [])
  await zoom.control('POST', `/meetings/${meeting.id}/join`, { name: 'Ada', email: 'ada@school.example' })
  assert.deepEqual(await reports(), ['joined'])
  await zoom.control('POST', `/meetings/${meeting.id}/leave`, { name: 'Ada' })
  assert.deepEqual(await reports(), ['joined', 'left: authorized_user_left'])
  const { meetings } = await zoom.control('GET', '/meetings')
  const left = meetings[0].session.participants.filter(({ leave_time }: Json) => leave_time !== null)
  assert.deepEqual(
    left.map(({ name }: Json) => name),
    ['Ada', 'Notes'],
  )
  await send(meeting, { bot_id: 'bot_2', obf_token })
  assert.equal((await reports()).at(-1), 'could_not_join: zoom_authorization_failed', 'the token has been used')
})

test('two bots with one onbehalf token wait for its user: one comes in', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom)
  const obf_token = await tokenOf(zoom, 'ada@school.example', `/users/me/token?type=onbehalf&meeting_id=${meeting.id}`)
  await send(meeting, { obf_token })
  await send(meeting, { obf_token, bot_id: 'bot_2' })
  await zoom.control('POST', `/meetings/${meeting.id}/join`, { name: 'Ada', email: 'ada@school.example' })
  assert.deepEqual((await reports()).toSorted(), ['could_not_join: zoom_authorization_failed', 'joined'])
})

test('on behalf of a user who does not come a bot gives up after ten minutes', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await running(zoom)
  const obf_token = await tokenOf(zoom, 'ada@school.example', `/users/me/token?type=onbehalf&meeting_id=${meeting.id}`)
  await send(meeting, { obf_token })
  await zoom.control('POST', '/clock', { advance_s: 601 })
  assert.deepEqual(await reports(), ['could_not_join: authorized_user_not_in_meeting_timeout_exceeded'])
})

test('a zak signs the bot in as its user; the host’s own starts the meeting', async (t) => {
  const { zoom, send, reports } = await runner(t)
  const meeting = await zoom.schedule({}, 'grace@school.example')
  const zak = await tokenOf(zoom, 'grace@school.example', '/users/me/zak')
  await send(meeting, { zak, passcode: undefined, signature: signSdk({ role: 1 }) })
  assert.deepEqual(await reports(), ['joined'])
  const [{ session }] = (await zoom.control('GET', '/meetings')).meetings
  assert.equal(session.participants[0].email, 'grace@school.example')
})

const foreign = ['foreign', 'foreign-secret'] as const
const foreignApp = (more: object = {}) => ({
  client_id: foreign[0],
  client_secret: foreign[1],
  type: 'user_managed',
  meeting_sdk: true,
  account_id: 'another',
  ...more,
})

type Refusal = [what: string, expected: string, papers: (zoom: Zoom, meeting: Json) => Promise<object> | object]

const refusals: Refusal[] = [
  [
    'a signature by another secret',
    'zoom_authorization_failed',
    () => ({ signature: signSdk({}, ['sim-user-app', 'x']) }),
  ],
  ['an unsigned signature', 'zoom_authorization_failed', () => ({ signature: signSdk({}, userApp, 'none') })],
  ['no signature', 'zoom_authorization_failed', () => ({ signature: '' })],
  [
    'an expired signature',
    'zoom_authorization_failed',
    () => ({ signature: signSdk({ iat: seconds() - 7200, exp: seconds() - 1, tokenExp: seconds() - 1 }) }),
  ],
  ['a signature of the future', 'zoom_authorization_failed', () => ({ signature: signSdk({ iat: seconds() + 60 }) })],
  [
    'a signature that lives less than half an hour',
    'zoom_authorization_failed',
    () => ({ signature: signSdk({ iat: seconds(), exp: seconds() + 1799 }) }),
  ],
  [
    'a signature that lives longer than 48 hours',
    'zoom_authorization_failed',
    () => ({ signature: signSdk({ iat: seconds() - 30, exp: seconds() + 172_800 }) }),
  ],
  [
    'an app without the Meeting SDK',
    'zoom_authorization_failed',
    () => ({ signature: signSdk({}, ['sim-s2s', 'sim-s2s-secret']) }),
  ],
  ['an unknown app', 'zoom_authorization_failed', () => ({ signature: signSdk({}, ['nobody', 'x']) })],
  [
    'a signature for another meeting',
    'zoom_authorization_failed',
    () => ({ signature: signSdk({ mn: '81234567890' }) }),
  ],
  ['role 1 without the host’s zak', 'zoom_meeting_status_failed', () => ({ signature: signSdk({ role: 1 }) })],
  ['a wrong passcode', 'unable_to_connect_to_meeting', () => ({ passcode: 'wrong' })],
  ['no passcode', 'unable_to_connect_to_meeting', () => ({ passcode: undefined })],
  ['an unknown meeting', 'meeting_not_found', () => ({ meeting_number: '81234567890' })],
  ['a recording token that nobody gave', 'zoom_authorization_failed', () => ({ recording_token: 'x' })],
  [
    'a recording token after its two minutes',
    'zoom_authorization_failed',
    async (zoom, { id }) => {
      const recording_token = await tokenOf(zoom, 'grace@school.example', `/meetings/${id}/jointoken/local_recording`)
      await zoom.control('POST', '/clock', { advance_s: 121 })
      return { recording_token }
    },
  ],
  [
    'a recording token of another meeting',
    'zoom_authorization_failed',
    async (zoom) => {
      const { id } = await zoom.schedule({}, 'grace@school.example')
      const path = `/meetings/${id}/jointoken/local_recording`
      return { recording_token: await tokenOf(zoom, 'grace@school.example', path) }
    },
  ],
  [
    'an onbehalf token and a zak together',
    'zoom_authorization_failed',
    async (zoom, { id }) => ({
      obf_token: await tokenOf(zoom, 'grace@school.example', `/users/me/token?type=onbehalf&meeting_id=${id}`),
      zak: await tokenOf(zoom, 'grace@school.example', '/users/me/zak'),
    }),
  ],
  [
    'an onbehalf token of an app that the user has removed',
    'zoom_authorization_failed',
    async (zoom, { id }) => {
      const path = `/users/me/token?type=onbehalf&meeting_id=${id}`
      const obf_token = await tokenOf(zoom, 'grace@school.example', path)
      await zoom.control('POST', '/apps/sim-user-app/deauthorize', { user: 'grace@school.example' })
      return { obf_token }
    },
  ],
  [
    'an unpublished app of another account',
    'unpublished_zoom_app',
    async (zoom) => {
      await zoom.control('POST', '/apps', foreignApp({ published: false }))
      return { signature: signSdk({}, foreign) }
    },
  ],
  [
    'an app of another account without a token of a user',
    'zoom_app_cannot_join_anonymously',
    async (zoom) => {
      await zoom.control('POST', '/apps', foreignApp())
      return { signature: signSdk({}, foreign) }
    },
  ],
]

for (const [what, expected, papers] of refusals) {
  test(`the runner is refused with ${what}`, async (t) => {
    const { zoom, send, reports } = await runner(t)
    const meeting = await running(zoom)
    await send(meeting, await papers(zoom, meeting))
    assert.deepEqual(await reports(), [`could_not_join: ${expected}`])
  })
}

test('the runner is refused where one must sign in or register', async (t) => {
  const { zoom, send, reports } = await runner(t)
  await send(await running(zoom, { meeting_authentication: true }))
  await send(await running(zoom, { approval_type: 0 }), { bot_id: 'bot_2' })
  const expected = ['login_required', 'zoom_meeting_status_failed']
  assert.deepEqual(
    await reports(),
    expected.map((sub_type) => `could_not_join: ${sub_type}`),
  )
})

test('an app of another account joins on behalf of a user who is in', async (t) => {
  const { zoom, send, reports } = await runner(t)
  await zoom.control('POST', '/apps', foreignApp())
  const meeting = await running(zoom)
  const { access_token } = await zoom.authorize('grace@school.example', [...foreign])
  const path = `/v2/users/me/token?type=onbehalf&meeting_id=${meeting.id}`
  const { body } = await zoom.send('GET', path, undefined, { authorization: `Bearer ${access_token}` })
  await send(meeting, { signature: signSdk({}, foreign), obf_token: body.token })
  assert.deepEqual(await reports(), ['joined'])
})

test('a report that the hub could not take is sent again', async (t) => {
  const { zoom, send, reports, received, state } = await runner(t)
  state.answer = 503
  await send(await running(zoom))
  while (received.length === 0) await new Promise(setImmediate)
  state.answer = 204
  assert.deepEqual(await reports(), ['joined', 'joined'])
})

test('the runner takes no bot that it cannot report on, and no bot twice', async (t) => {
  const { zoom, send } = await runner(t)
  const meeting = await running(zoom)
  await send(meeting)
  const again = { bot_id: 'bot_1', meeting_number: String(meeting.id), display_name: 'x', signature: 'x' }
  assert.equal((await zoom.send('POST', '/runner/join', again)).status, 422)
  const whole = { ...again, report_url: 'http://127.0.0.1:1/', report_token: 'x' }
  assert.equal((await zoom.send('POST', '/runner/join', whole)).status, 409)
  assert.equal((await zoom.send('POST', '/runner/leave', { bot_id: 'bot_9' })).status, 404)
})
