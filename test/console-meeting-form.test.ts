import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import type { HostOptions, Meeting } from '#hub/resources.ts'
import { recurrenceOf, repeatsOf, type Repeats } from '../web/console/forms/meeting/body.ts'
import { changeOf, whenOf } from '../web/console/forms/meeting/changes.ts'
import { localOf, utcOf } from '../web/console/forms/meeting/zone-time.ts'

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
)
/** Whole minutes of the years that people plan in. */
const minute = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })

test('an instant is shown as the clocks of the zone show it', () => {
  fc.assert(
    fc.property(minute, zone, (at, timezone) => {
      const there = Temporal.Instant.fromEpochMilliseconds(at * 60_000).toZonedDateTimeISO(timezone)
      assert.equal(
        localOf(new Date(at * 60_000).toISOString(), timezone),
        there.toPlainDateTime().toString().slice(0, 16),
      )
    }),
  )
})

test('a time of day is the instant that the clocks of the zone mean by it', () => {
  fc.assert(
    fc.property(minute, zone, (at, timezone) => {
      const local = new Date(at * 60_000).toISOString().slice(0, 16)
      const meant = Temporal.PlainDateTime.from(local).toZonedDateTime(timezone)
      // Where the clocks leave a time out or have it twice, either side of it will do.
      const sides = (['earlier', 'later'] as const).map(
        (disambiguation) =>
          Temporal.PlainDateTime.from(local).toZonedDateTime(timezone, { disambiguation }).epochMilliseconds,
      )
      assert.ok(
        [meant.epochMilliseconds, ...sides].includes(Date.parse(utcOf(local, timezone))),
        `${local} ${timezone}`,
      )
    }),
    { numRuns: 500 },
  )
})

test('a zone that Zoom alone knows does not keep anybody from editing', () => {
  const at = '2031-05-05T08:00:00Z'
  assert.equal(utcOf(localOf(at, 'Zoom/Own_Zone'), 'Zoom/Own_Zone'), at)
})

const weekly = (more: Partial<Repeats>): Repeats => ({
  every: 'week',
  interval: 1,
  weekdays: ['2'],
  monthly: { by: 'day', day: 1 },
  ends: { by: 'times', times: 3 },
  timezone: 'America/New_York',
  ...more,
})

test('the last day of a series counts until its midnight in the meeting’s own zone', () => {
  const rule = recurrenceOf(weekly({ ends: { by: 'date', until: '2031-03-31' } }))
  assert.deepEqual(rule, { type: 2, repeat_interval: 1, weekly_days: '2', end_date_time: '2031-04-01T03:59:59Z' })
})

const rules: [what: string, rule: Record<string, unknown>][] = [
  ['daily', { type: 1, repeat_interval: 2, end_times: 5 }],
  ['weekly, on two days', { type: 2, repeat_interval: 1, weekly_days: '2,4', end_times: 3 }],
  ['monthly, on a day', { type: 3, repeat_interval: 3, monthly_day: 31, end_times: 4 }],
  ['monthly, on the last Friday', { type: 3, repeat_interval: 1, monthly_week: -1, monthly_week_day: 6, end_times: 4 }],
  ['until a day', { type: 2, repeat_interval: 1, weekly_days: '2', end_date_time: '2031-04-01T03:59:59Z' }],
]
for (const [what, rule] of rules)
  test(`a series is what it was when its form is opened and left alone: ${what}`, () =>
    assert.deepEqual(recurrenceOf(repeatsOf(rule, 'America/New_York')), rule))

const meeting = {
  topic: 'Algebra',
  agenda: '',
  start_time: '2031-05-05T08:00:00.000Z',
  duration: 60,
  timezone: 'Europe/Berlin',
  recurrence: null,
  password: 'secret',
  tracking_fields: [],
  settings: { waiting_room: true, alternative_hosts: 'grace@school.example' },
} as unknown as Meeting
const item = (id: string, type: string) =>
  ({ id, type, choices: [], kinds: ['meeting'] }) as unknown as HostOptions['items'][number]
const items = [
  item('settings.waiting_room', 'flag'),
  item('settings.alternative_hosts', 'people'),
  item('password', 'passcode'),
]

test('a form that is opened and left alone changes nothing, nor does what is typed back', () => {
  assert.deepEqual(changeOf(meeting, whenOf(meeting), {}, items), {})
  const typed = {
    topic: 'Algebra',
    'settings.waiting_room': true,
    'settings.alternative_hosts': ['grace@school.example'],
  }
  assert.deepEqual(changeOf(meeting, whenOf(meeting), typed, items), {})
})

test('only what differs is sent, and times as instants', () => {
  const when = { ...whenOf(meeting), start: '2031-05-05T11:00' }
  const chosen = { 'settings.waiting_room': false, 'settings.alternative_hosts': [] }
  assert.deepEqual(changeOf(meeting, when, chosen, items), {
    start_time: '2031-05-05T09:00:00Z',
    settings: { waiting_room: false, alternative_hosts: '' },
  })
})
