import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulateWithEvents, type Json } from './simulator-client.ts'

const starts = (meeting: Json): string[] => meeting.occurrences.map(({ start_time }: Json) => start_time)

const series: [what: string, start_time: string, recurrence: object, expected: string[]][] = [
  [
    'every week at nine in Berlin is an hour earlier in UTC after the clocks have gone forward',
    '2030-03-24T09:00:00',
    { type: 2, end_times: 3 },
    ['2030-03-24T08:00:00Z', '2030-03-31T07:00:00Z', '2030-04-07T07:00:00Z'],
  ],
  [
    'every second day until a date',
    '2030-01-01T10:00:00',
    { type: 1, repeat_interval: 2, end_date_time: '2030-01-06T23:00:00Z' },
    ['2030-01-01T09:00:00Z', '2030-01-03T09:00:00Z', '2030-01-05T09:00:00Z'],
  ],
  [
    'Mondays and Wednesdays of every second week, from a Tuesday on',
    '2030-01-01T10:00:00',
    { type: 2, repeat_interval: 2, weekly_days: '2,4', end_times: 3 },
    ['2030-01-02T09:00:00Z', '2030-01-14T09:00:00Z', '2030-01-16T09:00:00Z'],
  ],
  [
    'the 31st of every month skips the months that have none',
    '2030-01-31T10:00:00',
    { type: 3, monthly_day: 31, end_times: 3 },
    ['2030-01-31T09:00:00Z', '2030-03-31T08:00:00Z', '2030-05-31T08:00:00Z'],
  ],
  [
    'the second Tuesday of every month',
    '2030-01-01T10:00:00',
    { type: 3, monthly_week: 2, monthly_week_day: 3, end_times: 2 },
    ['2030-01-08T09:00:00Z', '2030-02-12T09:00:00Z'],
  ],
  [
    'the last Friday of every third month',
    '2030-01-01T10:00:00',
    { type: 3, repeat_interval: 3, monthly_week: -1, monthly_week_day: 6, end_times: 2 },
    ['2030-01-25T09:00:00Z', '2030-04-26T08:00:00Z'],
  ],
  ['without an end it happens once', '2030-01-01T10:00:00', { type: 1 }, ['2030-01-01T09:00:00Z']],
]

for (const [what, start_time, recurrence, expected] of series) {
  test(what, async (t) => {
    const { schedule } = await simulate(t)
    const meeting = await schedule({ type: 8, start_time, timezone: 'Europe/Berlin', recurrence })
    assert.deepEqual(starts(meeting), expected)
  })
}

test('an occurrence is named by its start in milliseconds', async (t) => {
  const { schedule } = await simulate(t)
  const meeting = await schedule({ type: 8, start_time: '2030-01-01T10:00:00Z', recurrence: { type: 1, end_times: 2 } })
  assert.deepEqual(meeting.occurrences[0], {
    occurrence_id: String(Date.parse('2030-01-01T10:00:00Z')),
    start_time: '2030-01-01T10:00:00Z',
    duration: 60,
    status: 'available',
  })
})

test('a series until a far date ends after sixty occurrences, or as many as the setting says', async (t) => {
  const { schedule, control } = await simulate(t)
  const body = {
    type: 8,
    start_time: '2030-01-01T10:00:00Z',
    recurrence: { type: 1, end_date_time: '2031-01-01T00:00:00Z' },
  }
  assert.equal((await schedule(body)).occurrences.length, 60)
  await control('PATCH', '/settings', { max_occurrences: 50 })
  assert.equal((await schedule(body)).occurrences.length, 50)
})

async function threeDays(t: Parameters<typeof simulateWithEvents>[0]) {
  const world = await simulateWithEvents(t)
  const recurrence = { type: 1, end_times: 3 }
  const meeting = await world.zoom.schedule({ type: 8, start_time: '2030-01-01T10:00:00Z', recurrence })
  const [first, second] = meeting.occurrences.map(({ occurrence_id }: Json) => occurrence_id)
  return { ...world, meeting, first, second, path: `/meetings/${meeting.id}` }
}

test('one occurrence can be moved alone; it keeps its id', async (t) => {
  const { zoom, events, path, second } = await threeDays(t)
  const change = { start_time: '2030-01-02T15:00:00Z', duration: 30 }
  assert.equal((await zoom.api('PATCH', `${path}?occurrence_id=${second}`, change)).status, 204)
  const whole = await zoom.api('GET', path)
  assert.deepEqual(starts(whole.body), ['2030-01-01T10:00:00Z', '2030-01-02T15:00:00Z', '2030-01-03T10:00:00Z'])
  const one = await zoom.api('GET', `${path}?occurrence_id=${second}`)
  assert.deepEqual([one.body.start_time, one.body.duration], ['2030-01-02T15:00:00Z', 30])
  const [event] = await events('meeting.updated')
  assert.equal(event.payload.scope, 'single')
})

test('the topic of one occurrence alone cannot be changed', async (t) => {
  const { zoom, path, second } = await threeDays(t)
  const { body } = await zoom.api('PATCH', `${path}?occurrence_id=${second}`, { topic: 'Geometry' })
  assert.equal(body.errors[0].field, 'topic')
})

test('one occurrence can be deleted alone; it stays visible as deleted', async (t) => {
  const { zoom, events, path, first } = await threeDays(t)
  assert.equal((await zoom.api('DELETE', `${path}?occurrence_id=${first}`)).status, 204)
  const { body } = await zoom.api('GET', path)
  assert.deepEqual(
    body.occurrences.map(({ status }: Json) => status),
    ['deleted', 'available', 'available'],
  )
  const [event] = await events('meeting.deleted')
  assert.equal(event.payload.operation, 'single')
  assert.deepEqual(event.payload.object.occurrences, [{ occurrence_id: first, start_time: '2030-01-01T10:00:00Z' }])
  assert.equal((await zoom.api('DELETE', `${path}?occurrence_id=${first}`)).status, 404)
})

test('deleting the whole series tells all its occurrences', async (t) => {
  const { zoom, events, path } = await threeDays(t)
  await zoom.api('DELETE', path)
  const [event] = await events('meeting.deleted')
  assert.deepEqual([event.payload.operation, event.payload.object.occurrences.length], ['all', 3])
})

test('a new recurrence makes the occurrences anew, with new ids', async (t) => {
  const { zoom, path } = await threeDays(t)
  const change = { start_time: '2030-02-01T10:00:00Z', recurrence: { type: 2, end_times: 2 } }
  await zoom.api('PATCH', path, change)
  const { body } = await zoom.api('GET', path)
  assert.deepEqual(starts(body), ['2030-02-01T10:00:00Z', '2030-02-08T10:00:00Z'])
})

test('past occurrences are shown only when asked for', async (t) => {
  const { schedule, control, api } = await simulate(t)
  await control('PATCH', '/settings', { token_expires_in: 10 * 86_400 })
  const meeting = await schedule({ type: 8, recurrence: { type: 1, end_times: 3 } })
  await control('POST', '/clock', { advance_s: 86_400 + 7200 })
  const path = `/meetings/${meeting.id}`
  assert.equal((await api('GET', path)).body.occurrences.length, 1)
  assert.equal((await api('GET', `${path}?show_previous_occurrences=true`)).body.occurrences.length, 3)
})
