import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPlan } from '#integrations/lti/schedule-form.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

const typed = (more: Record<string, string | string[]> = {}): URLSearchParams => {
  const form = new URLSearchParams()
  const fields = { title: 'Algebra I', start: '2026-03-02T10:00', timezone: 'Europe/Berlin', duration: '45', ...more }
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each)
  return form
}

const planned = (more?: Record<string, string | string[]>) => {
  const read = readPlan(typed(more), now)
  assert.ok('plan' in read, JSON.stringify(read))
  return read.plan
}

const wrong = (more: Record<string, string | string[]>): string[] => {
  const read = readPlan(typed(more), now)
  return 'problems' in read ? read.problems.map(({ field }) => field) : []
}

test('a single meeting has the local time and the zone that were chosen', () => {
  assert.deepEqual(planned(), {
    meeting: { topic: 'Algebra I', start_time: '2026-03-02T10:00:00', duration: 45, timezone: 'Europe/Berlin' },
    points: null,
    policy: 'best',
  })
})

test('every week on chosen days, a number of times', () => {
  assert.deepEqual(planned({ weekly: 'on', days: ['4', '2'], interval: '2', times: '8' }).meeting.recurrence, {
    type: 2,
    repeat_interval: 2,
    weekly_days: '2,4',
    end_times: 8,
  })
})

test('without a day it is the day of the first meeting: 2 March 2026 is a Monday', () => {
  assert.equal(planned({ weekly: 'on' }).meeting.recurrence?.weekly_days, '2')
  assert.equal(planned({ weekly: 'on', start: '2026-03-08T10:00' }).meeting.recurrence?.weekly_days, '1', 'Sunday')
})

test('the last day ends at midnight where the meeting is, in summer time as well', () => {
  assert.equal(
    planned({ weekly: 'on', ends: 'until', until: '2026-03-20' }).meeting.recurrence?.end_date_time,
    '2026-03-20T22:59:59Z',
  )
  assert.equal(
    planned({ weekly: 'on', ends: 'until', until: '2026-04-20' }).meeting.recurrence?.end_date_time,
    '2026-04-20T21:59:59Z',
  )
})

test('a day or a time that does not exist is asked for again', () => {
  for (const start of ['2027-02-29T10:00', '2027-13-01T10:00', '2027-01-01T25:00', '2027-01-01T10:00Z', '2027-01-01'])
    assert.deepEqual([...new Set(wrong({ start }))], ['start'], start)
})

test('attendance is graded when that was ticked', () => {
  assert.deepEqual([planned({ graded: 'on', points: '60' }).points, planned({ points: '60' }).points], [60, null])
  assert.equal(planned({ graded: 'on', points: '60', policy: 'mean' }).policy, 'mean')
})

const refused: [string, Record<string, string | string[]>, string[]][] = [
  ['an empty title', { title: '  ' }, ['title']],
  ['a title that is too long', { title: 'x'.repeat(201) }, ['title']],
  ['no time', { start: '' }, ['start']],
  ['a time in the past', { start: '2026-03-01T12:59' }, ['start']],
  ['a zone that does not exist', { timezone: 'Europe/Nowhere' }, ['timezone']],
  ['no duration', { duration: '0' }, ['duration']],
  ['more than a day', { duration: '1441' }, ['duration']],
  ['half a minute', { duration: '1.5' }, ['duration']],
  ['a day that does not exist', { weekly: 'on', days: ['8'] }, ['days']],
  ['a series that ends before it begins', { weekly: 'on', ends: 'until', until: '2026-03-01' }, ['until']],
  ['a series that ends never', { weekly: 'on', ends: 'until', until: '' }, ['until']],
  ['too many meetings', { weekly: 'on', times: '51' }, ['times']],
  ['too seldom', { weekly: 'on', interval: '13' }, ['interval']],
  ['a grade of nothing', { graded: 'on', points: '0' }, ['points']],
  ['several at once', { title: '', duration: 'long' }, ['title', 'duration']],
]

for (const [what, fields, expected] of refused)
  test(`refused, and said beside the field: ${what}`, () => assert.deepEqual(wrong(fields), expected))
