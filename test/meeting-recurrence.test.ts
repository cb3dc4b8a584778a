import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { occurrencesOfPlan, previewOf } from '#hub/meetings/recurrence.ts'
import type { NewMeeting } from '#hub/resources.ts'
import { expand } from '#simulator/recurrence.ts'

type Recurrence = NonNullable<NewMeeting['recurrence']>

const preview = (recurrence: Recurrence, start_time = '2027-03-15T09:00:00', timezone = 'Europe/Berlin') =>
  previewOf({ start_time, timezone, recurrence, zones: ['America/New_York'] }).items

test('a weekly meeting keeps its time of day when the clocks change, and both zones tell when theirs did', () => {
  // New York goes forward on 14 March 2027, Berlin on 28 March, so New York moves first and Berlin a fortnight later.
  assert.deepEqual(
    preview({ type: 2, weekly_days: '2', end_times: 4 }, '2027-03-08T15:00:00').map(({ start_time, local }) => [
      start_time,
      ...local.map(({ start, clocks_changed }) => start.slice(0, 22) + (clocks_changed ? ' changed' : '')),
    ]),
    [
      ['2027-03-08T14:00:00.000Z', '2027-03-08T15:00:00+01', '2027-03-08T09:00:00-05'],
      ['2027-03-15T14:00:00.000Z', '2027-03-15T15:00:00+01', '2027-03-15T10:00:00-04 changed'],
      ['2027-03-22T14:00:00.000Z', '2027-03-22T15:00:00+01', '2027-03-22T10:00:00-04'],
      ['2027-03-29T13:00:00.000Z', '2027-03-29T15:00:00+02 changed', '2027-03-29T09:00:00-04'],
    ],
  )
})

const days = (recurrence: Recurrence, start?: string, zone?: string): string[] =>
  preview(recurrence, start, zone).map(({ local }) => local[0]?.start.slice(0, 16) ?? '')

const series: [what: string, recurrence: Recurrence, start: string, expected: string[]][] = [
  [
    'every second day',
    { type: 1, repeat_interval: 2, end_times: 3 },
    '2027-01-30T08:00:00',
    ['2027-01-30T08:00', '2027-02-01T08:00', '2027-02-03T08:00'],
  ],
  [
    'until a date',
    { type: 1, end_date_time: '2027-01-31T23:59:59Z' },
    '2027-01-30T08:00:00',
    ['2027-01-30T08:00', '2027-01-31T08:00'],
  ],
  [
    'two days of every other week, the first week cut',
    { type: 2, repeat_interval: 2, weekly_days: '2,5', end_times: 3 },
    '2027-01-06T08:00:00',
    ['2027-01-07T08:00', '2027-01-18T08:00', '2027-01-21T08:00'],
  ],
  [
    'the 31st, where a month has one',
    { type: 3, monthly_day: 31, end_times: 3 },
    '2027-01-01T08:00:00',
    ['2027-01-31T08:00', '2027-03-31T08:00', '2027-05-31T08:00'],
  ],
  [
    'the last Friday',
    { type: 3, monthly_week: -1, monthly_week_day: 6, end_times: 2 },
    '2027-01-01T08:00:00',
    ['2027-01-29T08:00', '2027-02-26T08:00'],
  ],
  [
    'the second Tuesday, from after it on',
    { type: 3, monthly_week: 2, monthly_week_day: 3, end_times: 2 },
    '2027-01-20T08:00:00',
    ['2027-02-09T08:00', '2027-03-09T08:00'],
  ],
  ['without an end: once', { type: 2 }, '2027-01-06T08:00:00', ['2027-01-06T08:00']],
  [
    'at an hour that the clocks leave out',
    { type: 1, end_times: 3 },
    '2027-03-27T02:30:00',
    ['2027-03-27T02:30', '2027-03-28T03:30', '2027-03-29T02:30'],
  ],
]
for (const [what, recurrence, start, expected] of series)
  test(`a series: ${what}`, () => assert.deepEqual(days(recurrence, start), expected))

test('a zone that does not exist is refused by name', () => {
  assert.throws(() => preview({ type: 1 }, undefined, 'Europe/Atlantis'), /Europe\/Atlantis is no time zone/)
})

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca', 'UTC']
const weekdays = fc.subarray(['1', '2', '3', '4', '5', '6', '7'], { minLength: 1 })
const end = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map((end_times) => ({ end_times })),
  fc.integer({ min: 0, max: 400 }).map((ahead) => ({ ahead })),
)
const rule = fc.oneof(
  fc.record({ type: fc.constant(1 as const), repeat_interval: fc.integer({ min: 1, max: 90 }) }),
  fc.record({
    type: fc.constant(2 as const),
    repeat_interval: fc.integer({ min: 1, max: 12 }),
    weekly_days: weekdays.map((each) => each.join(',')),
  }),
  fc.record({
    type: fc.constant(3 as const),
    repeat_interval: fc.integer({ min: 1, max: 3 }),
    monthly_day: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    type: fc.constant(3 as const),
    repeat_interval: fc.integer({ min: 1, max: 3 }),
    monthly_week: fc.constantFrom(-1 as const, 1 as const, 2 as const, 3 as const, 4 as const),
    monthly_week_day: fc.integer({ min: 1, max: 7 }),
  }),
)
const plan = fc
  .record({
    rule,
    end,
    zone: fc.constantFrom(...zones),
    day: fc.integer({ min: 0, max: 3000 }),
    minute: fc.integer({ min: 0, max: 1439 }),
  })
  .map(({ rule, end, zone, day, minute }) => {
    const start = Temporal.PlainDateTime.from('2026-01-01T00:00:00')
      .add({ days: day, minutes: minute })
      .toZonedDateTime(zone)
    const until =
      'ahead' in end
        ? { end_date_time: start.add({ days: end.ahead }).toInstant().toString({ smallestUnit: 'second' }) }
        : end
    const recurrence: Recurrence = { ...rule, ...until }
    return { start, recurrence, zone }
  })

test('every series keeps its time of day in its zone, goes forward, and ends where it was told', () => {
  fc.assert(
    fc.property(plan, ({ start, recurrence, zone }) => {
      const found = occurrencesOfPlan(start, recurrence)
      assert.ok(found.length <= (recurrence.end_times ?? 60))
      found.forEach((at, index) => {
        const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
        // Where the clocks leave the time out, it is what follows from the day.
        const meant = there.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: start.toPlainTime() })
        assert.equal(meant.epochMilliseconds, at)
        assert.ok(index === 0 ? at >= start.epochMilliseconds : at > (found[index - 1] ?? 0))
        if (recurrence.end_date_time) assert.ok(at <= Date.parse(recurrence.end_date_time))
      })
    }),
    { numRuns: 300 },
  )
})

test('every series is counted as Zoom’s stand-in counts it', () => {
  fc.assert(
    fc.property(plan, ({ start, recurrence, zone }) => {
      const zoom = expand({ repeat_interval: 1, ...recurrence } as never, start.epochMilliseconds, zone, 60)
      assert.deepEqual(occurrencesOfPlan(start, recurrence), zoom)
    }),
    { numRuns: 300 },
  )
})
