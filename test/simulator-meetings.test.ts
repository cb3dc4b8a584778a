import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulateWithEvents, type Json } from './simulator-client.ts'

const soon = '2030-06-03T09:00:00Z'
const day = 86_400
const idsOf = (meetings: Json[]): number[] => meetings.map(({ id }) => id)

test("a meeting of nothing but defaults is Zoom's", async (t) => {
  const { api } = await simulate(t)
  const { status, headers, body } = await api('POST', '/users/ada@school.example/meetings', {})
  assert.equal(status, 201)
  assert.match(headers.get('location') ?? '', new RegExp(`/v2/meetings/${body.id}$`))
  assert.equal(body.type, 2)
  assert.equal(body.duration, 60)
  assert.equal(body.status, 'waiting')
  assert.equal(body.timezone, 'Europe/Berlin')
  assert.equal(body.creation_source, 'open_api')
  assert.match(String(body.id), /^\d{11}$/)
  assert.equal(Buffer.from(body.uuid, 'base64').byteLength, 16)
  assert.match(body.join_url, new RegExp(`^https://us02web\\.zoom\\.us/j/${body.id}\\?pwd=`))
  assert.equal(body.settings.join_before_host, false)
  assert.equal(body.settings.approval_type, 2)
  assert.match(body.start_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
})

test('a start with Z is UTC, without it is the wall time of the time zone', async (t) => {
  const { schedule } = await simulate(t)
  const utc = await schedule({ start_time: soon, timezone: 'America/New_York' })
  assert.equal(utc.start_time, soon)
  const local = await schedule({ start_time: '2030-06-03T09:00:00', timezone: 'America/New_York' })
  assert.equal(local.start_time, '2030-06-03T13:00:00Z')
  const host = await schedule({ start_time: '2030-06-03T09:00:00' })
  assert.equal(host.start_time, '2030-06-03T07:00:00Z')
})

test('a start that is past becomes now, unless that is switched off', async (t) => {
  const { schedule, control } = await simulate(t)
  const moved = await schedule({ start_time: '2020-01-01T00:00:00Z' })
  assert.ok(Math.abs(Date.parse(moved.start_time) - Date.now()) < 60_000)
  await control('PATCH', '/settings', { move_past_start: false })
  const kept = await schedule({ start_time: new Date(Date.now() - day * 1000).toISOString() })
  assert.ok(Date.parse(kept.start_time) < Date.now() - 3_600_000)
})

test('instant meetings and those without a fixed time have no start', async (t) => {
  const { schedule } = await simulate(t)
  for (const type of [1, 3]) assert.equal((await schedule({ type })).start_time, undefined)
})

const wrong: [field: string, body: object][] = [
  ['topic', { topic: 'x'.repeat(201) }],
  ['type', { type: 5 }],
  ['duration', { duration: 'sixty' }],
  ['start_time', { start_time: 'tomorrow' }],
  ['start_time', { start_time: '2030-06-03T09:00:00+02:00' }],
  ['timezone', { timezone: 'Mars/Olympus' }],
  ['agenda', { agenda: 'x'.repeat(2001) }],
  ['password', { password: 'much too long' }],
  ['settings.jbh_time', { settings: { jbh_time: 7 } }],
  ['settings.auto_recording', { settings: { auto_recording: 'tape' } }],
  ['settings.waiting_room', { settings: { waiting_room: 'yes' } }],
  ['recurrence', { type: 8 }],
  ['recurrence.type', { type: 8, recurrence: { type: 4 } }],
  ['recurrence.repeat_interval', { type: 8, recurrence: { type: 2, repeat_interval: 13 } }],
  ['recurrence.weekly_days', { type: 8, recurrence: { type: 2, weekly_days: '8' } }],
  ['recurrence.end_times', { type: 8, recurrence: { type: 1, end_times: 61 } }],
  ['recurrence.end_times', { type: 8, recurrence: { type: 1, end_times: 2, end_date_time: soon } }],
]

for (const [field, body] of wrong) {
  test(`${JSON.stringify(body).slice(0, 70)} is refused, naming ${field}`, async (t) => {
    const { api } = await simulate(t)
    const answer = await api('POST', '/users/ada@school.example/meetings', body)
    assert.equal(answer.status, 400)
    assert.deepEqual(answer.body, {
      code: 300,
      message: 'Validation Failed.',
      errors: [{ field, message: `Invalid parameter: ${field.split('.').at(-1)}.` }],
    })
  })
}

test('fields that Zoom does not know are ignored', async (t) => {
  const { schedule } = await simulate(t)
  const meeting = await schedule({ colour: 'red', settings: { colour: 'red', mute_upon_entry: true } })
  assert.deepEqual(
    [meeting.colour, meeting.settings.colour, meeting.settings.mute_upon_entry],
    [undefined, undefined, true],
  )
})

test('schedule_for names somebody whose assistant one is, at the start and later', async (t) => {
  const { schedule, api } = await simulate(t)
  const grace = 'grace@school.example'
  const asked = (schedule_for: string) => api('POST', '/users/ada@school.example/meetings', { schedule_for })
  const early = await asked(grace)
  assert.deepEqual([early.status, early.body.code], [400, 3000])
  assert.match(early.body.message, /^You cannot schedule a meeting for grace/)
  await api('POST', `/users/${grace}/assistants`, { assistants: [{ email: 'ada@school.example' }] })
  assert.equal((await asked(grace)).body.host_email, grace)
  const unknown = await asked('nobody@school.example')
  assert.equal(unknown.body.code, 300)
  assert.match(unknown.body.message, /`schedule_for`/)
  const { id } = await schedule()
  assert.equal((await api('PATCH', `/meetings/${id}`, { schedule_for: 'alan@school.example' })).body.code, 3000)
  assert.equal((await api('PATCH', `/meetings/${id}`, { schedule_for: grace })).status, 204)
  assert.equal((await api('GET', `/meetings/${id}`)).body.host_email, grace)
})

test('breakout rooms are kept with who is assigned to them, and read back', async (t) => {
  const { schedule, api } = await simulate(t)
  const rooms = [{ name: 'Room 1', participants: ['max@school.example'] }]
  const { id, settings } = await schedule({ settings: { breakout_room: { enable: true, rooms } } })
  assert.deepEqual(settings.breakout_room, { enable: true, rooms })
  await api('PATCH', `/meetings/${id}`, { topic: 'Algebra II' })
  assert.deepEqual((await api('GET', `/meetings/${id}`)).body.settings.breakout_room, { enable: true, rooms })
  const nameless = { settings: { breakout_room: { enable: true, rooms: [{ participants: [] }] } } }
  const refused = await api('PATCH', `/meetings/${id}`, nameless)
  assert.equal(refused.body.errors[0].field, 'settings.breakout_room.rooms.0.name')
})

test('meeting.created tells the meeting with a numeric id and who made it', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const meeting = await zoom.schedule({ start_time: soon })
  const [event] = await events('meeting.created')
  assert.equal(event.payload.account_id, 'sim-account')
  assert.equal(event.payload.operator, 'ada@school.example')
  assert.equal(event.payload.object.id, meeting.id)
  assert.equal(event.payload.object.uuid, meeting.uuid)
  assert.equal(event.payload.object.start_time, soon)
  assert.equal(event.payload.operation, undefined)
})

test('a change answers 204 and is told with only the changed fields, before and after', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const meeting = await zoom.schedule({ start_time: soon })
  const change = { topic: 'Algebra II', settings: { waiting_room: true } }
  const { status, body } = await zoom.api('PATCH', `/meetings/${meeting.id}`, change)
  assert.deepEqual([status, body], [204, ''])
  assert.equal((await zoom.api('GET', `/meetings/${meeting.id}`)).body.topic, 'Algebra II')
  const [event] = await events('meeting.updated')
  const { id, uuid } = meeting
  assert.deepEqual(event.payload.object, { id, uuid, topic: 'Algebra II', settings: { waiting_room: true } })
  assert.deepEqual(event.payload.old_object, { id, uuid, topic: 'Algebra I', settings: { waiting_room: false } })
  assert.equal(event.payload.scope, 'all')
  assert.equal(typeof event.payload.time_stamp, 'number')
})

test('a change of nothing tells nobody', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const meeting = await zoom.schedule()
  assert.equal((await zoom.api('PATCH', `/meetings/${meeting.id}`, { topic: 'Algebra I' })).status, 204)
  assert.deepEqual(await events('meeting.updated'), [])
})

test('a deleted meeting is not found any more; meeting.deleted follows', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const meeting = await zoom.schedule()
  assert.equal((await zoom.api('DELETE', `/meetings/${meeting.id}`)).status, 204)
  const gone = await zoom.api('GET', `/meetings/${meeting.id}`)
  assert.deepEqual([gone.status, gone.body], [404, { code: 3001, message: `Meeting does not exist: ${meeting.id}.` }])
  const [event] = await events('meeting.deleted')
  assert.equal(event.payload.object.id, meeting.id)
})

test('a running meeting cannot be deleted; ending it by the API makes it possible', async (t) => {
  const { api, schedule, control } = await simulate(t)
  const { id } = await schedule()
  await control('POST', `/meetings/${id}/start`)
  assert.equal((await api('GET', `/meetings/${id}`)).body.status, 'started')
  assert.deepEqual((await api('DELETE', `/meetings/${id}`)).body, {
    code: 3002,
    message: 'Sorry, you cannot delete this meeting since it is in progress.',
  })
  assert.equal((await api('PUT', `/meetings/${id}/status`, { action: 'end' })).status, 204)
  assert.equal((await api('GET', `/meetings/${id}`)).body.status, 'waiting')
  assert.equal((await api('DELETE', `/meetings/${id}`)).status, 204)
})

test('a meeting id that is no number, and one that nobody has', async (t) => {
  const { api } = await simulate(t)
  assert.equal((await api('GET', '/meetings/abc')).body.code, 300)
  assert.equal((await api('GET', '/meetings/99999999999')).body.code, 3001)
  assert.equal((await api('GET', '/meetings/%zz')).body.code, 300)
})

test('a number stops working thirty days after the meeting', async (t) => {
  const { api, schedule, control } = await simulate(t)
  await control('PATCH', '/settings', { token_expires_in: 90 * day })
  const { id } = await schedule()
  await control('POST', '/clock', { advance_s: 29 * day })
  assert.equal((await api('GET', `/meetings/${id}`)).status, 200)
  await control('POST', '/clock', { advance_s: 2 * day })
  assert.equal((await api('GET', `/meetings/${id}`)).status, 404)
})

test('the lists are those of Zoom: scheduled, live, upcoming, previous', async (t) => {
  const { api, schedule, control } = await simulate(t)
  const list = async (type: string) =>
    (await api('GET', `/users/ada@school.example/meetings?type=${type}`)).body.meetings
  const [coming, held, instant, series] = [
    await schedule({ start_time: soon }),
    await schedule({}),
    await schedule({ type: 1 }),
    await schedule({ type: 8, start_time: soon, recurrence: { type: 1, end_times: 3 } }),
  ]
  assert.ok(!idsOf(await list('scheduled')).includes(instant.id))
  assert.deepEqual(idsOf(await list('scheduled')), [coming.id, held.id, series.id])
  assert.deepEqual(idsOf(await list('upcoming')), [coming.id, held.id, series.id, series.id, series.id])
  assert.deepEqual(await list('live'), [])
  await control('POST', `/meetings/${held.id}/start`)
  assert.deepEqual(idsOf(await list('live')), [held.id])
  await control('POST', `/meetings/${held.id}/end`)
  assert.deepEqual(idsOf(await list('previous_meetings')), [held.id])
  const [row] = await list('scheduled')
  assert.deepEqual([row.password, row.settings], [undefined, undefined])
  assert.equal((await api('GET', '/users/ada@school.example/meetings?type=odd')).body.errors[0].field, 'type')
})

test('the upcoming meetings are those of the next 24 hours', async (t) => {
  const { api, schedule } = await simulate(t)
  const near = await schedule({ start_time: new Date(Date.now() + 3_600_000).toISOString() })
  await schedule({ start_time: soon })
  const { body } = await api('GET', '/users/ada@school.example/upcoming_meetings')
  assert.deepEqual(idsOf(body.meetings), [near.id])
  assert.equal(body.meetings[0].passcode, near.password)
})

test('the invitation is a text to send around', async (t) => {
  const { api, schedule } = await simulate(t)
  const meeting = await schedule()
  const { body } = await api('GET', `/meetings/${meeting.id}/invitation`)
  assert.match(body.invitation, /^Ada Lovelace is inviting you/)
  assert.ok(body.invitation.includes(meeting.join_url))
})

test('registration is for Licensed hosts', async (t) => {
  const { schedule } = await simulate(t)
  const settings = { approval_type: 0 }
  assert.match((await schedule({ settings })).registration_url, /^https:/)
  assert.equal((await schedule({ settings }, 'alan@school.example')).registration_url, undefined)
})

test('a meeting with the personal number says which it is', async (t) => {
  const { schedule, api } = await simulate(t)
  const { pmi } = (await api('GET', '/users/ada@school.example')).body
  assert.equal((await schedule({ settings: { use_pmi: true } })).pmi, String(pmi))
})

test('everybody has a personal meeting: it is there unscheduled, never expires, is in no list and cannot be deleted', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { pmi, id: host_id } = (await zoom.api('GET', '/users/grace@school.example')).body
  const { status, body } = await zoom.api('GET', `/meetings/${pmi}`)
  assert.equal(status, 200)
  assert.deepEqual([body.id, body.type, body.pmi, body.host_id], [pmi, 4, String(pmi), host_id])
  assert.equal(body.start_time, undefined)
  assert.match(body.join_url, new RegExp(`/j/${pmi}\\?pwd=`))
  assert.deepEqual(idsOf((await zoom.api('GET', '/users/grace@school.example/meetings')).body.meetings), [])
  assert.equal((await zoom.api('DELETE', `/meetings/${pmi}`)).body.code, 3018)
  await zoom.control('POST', '/clock', { advance_s: 400 * day })
  await zoom.control('POST', `/meetings/${pmi}/start`)
  assert.equal((await events('meeting.started'))[0].payload.object.id, String(pmi))
  assert.deepEqual(await events('meeting.created'), [])
})
