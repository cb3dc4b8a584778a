import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulateWithEvents, type Json, type Zoom } from './simulator-client.ts'

const join = (zoom: Zoom, id: number, who: object): Promise<Json> => zoom.control('POST', `/meetings/${id}/join`, who)

/** Grace for ten minutes, then Max for ten, then both for ten; Grace has come twice. */
async function held(zoom: Zoom) {
  const meeting = await zoom.schedule()
  const { id } = meeting
  const session = await zoom.control('POST', `/meetings/${id}/start`)
  const grace = await join(zoom, id, { name: 'Grace Hopper', email: 'grace@school.example' })
  await zoom.control('POST', '/clock', { advance_s: 600 })
  await zoom.control('POST', `/meetings/${id}/leave`, { user_id: grace.user_id })
  const max = await join(zoom, id, {
    name: 'Max',
    email: 'max@home.example',
    registrant_id: 'reg1',
    customer_key: 'pas_1',
  })
  await zoom.control('POST', '/clock', { advance_s: 600 })
  const again = await join(zoom, id, { name: "Grace's phone", email: 'grace@school.example' })
  await zoom.control('POST', '/clock', { advance_s: 600 })
  await zoom.control('POST', `/meetings/${id}/end`)
  return { meeting, uuid: session.uuid, grace, max, again }
}

test('a run of the meeting has the UUID that the meeting had; afterwards there is a new one', async (t) => {
  const zoom = await simulate(t)
  const { meeting, uuid } = await held(zoom)
  assert.equal(uuid, meeting.uuid)
  assert.notEqual((await zoom.api('GET', `/meetings/${meeting.id}`)).body.uuid, uuid)
})

test('started, ended and participants are told with the id as text, in the order of what happened', async (t) => {
  const { zoom, endpoint, events } = await simulateWithEvents(t)
  const { meeting, uuid, grace } = await held(zoom)
  const [started] = await events('meeting.started')
  assert.deepEqual(endpoint.names(), [
    'meeting.created',
    'meeting.started',
    'meeting.participant_joined',
    'meeting.participant_left',
    'meeting.participant_joined',
    'meeting.participant_joined',
    'meeting.participant_left',
    'meeting.participant_left',
    'meeting.ended',
  ])
  assert.equal(started.payload.object.id, String(meeting.id))
  assert.equal(started.payload.object.uuid, uuid)
  assert.equal(started.payload.object.end_time, undefined)
  const [ended] = await events('meeting.ended')
  const lasted = Date.parse(ended.payload.object.end_time) - Date.parse(ended.payload.object.start_time)
  // Both are cut to the second, and the real milliseconds between them may cross one.
  assert.ok(lasted === 30 * 60_000 || lasted === 30 * 60_000 + 1000, String(lasted))
  assert.ok(ended.event_ts - started.event_ts >= 30 * 60_000)
  const [joined] = await events('meeting.participant_joined')
  const participant = joined.payload.object.participant
  assert.equal(participant.user_id, grace.user_id)
  assert.equal(participant.id, grace.id)
  assert.equal(participant.email, 'grace@school.example')
})

test('who leaves by hand and whom the end finds inside are told apart by the reason', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  await held(zoom)
  const reasons = (await events('meeting.participant_left')).map(
    ({ payload }) => payload.object.participant.leave_reason,
  )
  assert.deepEqual(reasons, [
    'Grace Hopper left the meeting.<br>Reason: left the meeting.',
    'Max left the meeting.<br>Reason: Host ended the meeting.',
    "Grace's phone left the meeting.<br>Reason: Host ended the meeting.",
  ])
})

test("a guest has no id, and an e-mail only when registered; a user's id comes with the e-mail", async (t) => {
  const zoom = await simulate(t)
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  const seen = async (who: object) => {
    const { id: user, email } = await join(zoom, id, { name: 'Somebody', ...who })
    return [user, email]
  }
  assert.deepEqual(await seen({ email: 'max@home.example' }), ['', ''])
  assert.deepEqual(await seen({ email: 'max@home.example', registrant_id: 'reg1' }), ['', 'max@home.example'])
  assert.equal((await seen({ email: 'grace@school.example' }))[1], 'grace@school.example')
  await zoom.control('PATCH', '/settings', { guest_emails: true })
  assert.deepEqual(await seen({ email: 'max@home.example' }), ['', 'max@home.example'])
})

test('the report has one row for each stay, with user, key and, when asked for, registrant', async (t) => {
  const zoom = await simulate(t)
  const { meeting, grace, max } = await held(zoom)
  const { body } = await zoom.api('GET', `/report/meetings/${meeting.id}/participants?include_fields=registrant_id`)
  assert.equal(body.total_records, 3)
  const [first, second, third] = body.participants
  assert.deepEqual([first.user_id, first.id, first.duration], [grace.user_id, grace.id, 600])
  assert.deepEqual(
    [second.user_id, second.id, second.customer_key, second.registrant_id, second.duration],
    [max.user_id, '', 'pas_1', 'reg1', 1200],
  )
  assert.deepEqual([third.name, third.user_email, third.duration], ["Grace's phone", 'grace@school.example', 600])
  const plain = await zoom.api('GET', `/report/meetings/${meeting.id}/participants`)
  assert.ok(plain.body.participants.every((row: object) => !('registrant_id' in row)))
})

test('a report of one person has no rows', async (t) => {
  const zoom = await simulate(t)
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  await join(zoom, id, { name: 'Grace Hopper', email: 'grace@school.example' })
  await join(zoom, id, { name: 'Grace, again', email: 'grace@school.example' })
  await zoom.control('POST', `/meetings/${id}/end`)
  assert.deepEqual((await zoom.api('GET', `/report/meetings/${id}/participants`)).body.participants, [])
  assert.deepEqual((await zoom.api('GET', `/past_meetings/${id}/participants`)).body.participants, [])
})

test('reports know a meeting only after their delay', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { report_delay_s: 900 })
  const { meeting } = await held(zoom)
  const path = `/report/meetings/${meeting.id}/participants`
  const early = await zoom.api('GET', path)
  assert.deepEqual([early.status, early.body.code], [404, 3001])
  await zoom.control('POST', '/clock', { advance_s: 900 })
  assert.equal((await zoom.api('GET', path)).status, 200)
})

test('without a paid plan there are no reports', async (t) => {
  const zoom = await simulate(t)
  const { meeting } = await held(zoom)
  await zoom.control('PATCH', '/settings', { plan: 'free' })
  assert.equal((await zoom.api('GET', `/report/meetings/${meeting.id}/participants`)).body.code, 200)
  assert.equal((await zoom.api('GET', `/past_meetings/${meeting.id}/participants`)).body.code, 200)
})

test('a past meeting is told by its number (the latest run) and by the UUID of any run', async (t) => {
  const zoom = await simulate(t)
  const { meeting, uuid } = await held(zoom)
  await zoom.control('POST', `/meetings/${meeting.id}/start`)
  await zoom.control('POST', `/meetings/${meeting.id}/end`)
  const instances = (await zoom.api('GET', `/past_meetings/${meeting.id}/instances`)).body.meetings
  assert.equal(instances.length, 2)
  const latest = await zoom.api('GET', `/past_meetings/${meeting.id}`)
  assert.equal(latest.body.uuid, instances[1].uuid)
  const first = await zoom.api('GET', `/past_meetings/${encodeURIComponent(encodeURIComponent(uuid))}`)
  assert.equal(first.body.uuid, uuid)
  assert.equal(first.body.participants_count, 3)
  // Begun minutes count as whole ones, and the machine's own seconds run on while the test plays.
  assert.ok([30, 31].includes(first.body.duration), `${first.body.duration} minutes`)
  assert.ok([40, 41, 42].includes(first.body.total_minutes), `${first.body.total_minutes} minutes of all`)
})

test('a meeting that has not ended is no past meeting', async (t) => {
  const zoom = await simulate(t)
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  assert.deepEqual((await zoom.api('GET', `/past_meetings/${id}`)).body.code, 3001)
})

test('a UUID with slashes in front or in pairs must be encoded twice', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { awkward_uuids: true })
  const { uuid } = await held(zoom)
  assert.match(uuid, /^\/\//)
  const once = encodeURIComponent(uuid)
  const status = async (path: string) => (await zoom.api('GET', path)).status
  assert.equal(await status(`/past_meetings/${once}`), 404)
  assert.equal(await status(`/past_meetings/${uuid}`), 404)
  assert.equal(await status(`/past_meetings/${encodeURIComponent(once)}`), 200)
  assert.equal(await status(`/report/meetings/${encodeURIComponent(once)}/participants`), 200)
})

test('what is older than a year is refused with code 12702', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { token_expires_in: 400 * 86_400 })
  const { uuid } = await held(zoom)
  await zoom.control('POST', '/clock', { advance_s: 366 * 86_400 })
  const { body } = await zoom.api('GET', `/past_meetings/${encodeURIComponent(encodeURIComponent(uuid))}`)
  assert.equal(body.code, 12702)
})

test('nobody joins before the host, unless the meeting allows it; then the first one starts it', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const closed = await zoom.schedule()
  const refused = await zoom.send('POST', `/_/meetings/${closed.id}/join`, { name: 'Max' })
  assert.equal(refused.status, 409)
  await join(zoom, closed.id, { name: 'Ada', email: 'ada@school.example' })
  const open = await zoom.schedule({ settings: { join_before_host: true } })
  await join(zoom, open.id, { name: 'Max' })
  assert.equal((await events('meeting.started')).length, 2)
})

test('a meeting of three with a Basic host ends forty minutes after its start', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { id } = await zoom.schedule({}, 'alan@school.example')
  await zoom.control('POST', `/meetings/${id}/start`)
  for (const name of ['One', 'Two', 'Three']) await join(zoom, id, { name })
  await zoom.control('POST', '/clock', { advance_s: 39 * 60 })
  assert.deepEqual(await events('meeting.ended'), [])
  await zoom.control('POST', '/clock', { advance_s: 3600 })
  const [{ payload }] = (await events('meeting.ended')) as [Json]
  const { start_time, end_time } = payload.object
  assert.equal(Date.parse(end_time) - Date.parse(start_time), 40 * 60_000)
})
