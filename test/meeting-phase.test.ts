import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meetingPhase, type PhaseFacts } from '#hub/meeting-state.ts'

const at = (clock: string, day = '2026-03-02'): number => Date.parse(`${day}T${clock}Z`)
const single: PhaseFacts = { state: 'scheduled', type: 2, start_time: '2026-03-02T10:00:00Z', duration: 60 }
const series: PhaseFacts = { ...single, type: 8 }
const occurrence = (occurrence_id: string, start_time: string, status = 'available') => ({
  occurrence_id,
  start_time,
  duration: 60,
  status,
})
// Mondays and Wednesdays at ten; the second Monday is called off.
const weekly = [
  occurrence('1', '2026-03-02T10:00:00Z'),
  occurrence('2', '2026-03-04T10:00:00Z'),
  occurrence('3', '2026-03-09T10:00:00Z', 'deleted'),
  occurrence('4', '2026-03-11T10:00:00Z'),
]

const cases: [string, Partial<PhaseFacts>, string, number, Partial<ReturnType<typeof meetingPhase>>][] = [
  [
    'a second before the doors open',
    {},
    'single',
    at('09:44:59'),
    { phase: 'planned', opens_at: '2026-03-02T09:45:00.000Z' },
  ],
  ['when the doors open', {}, 'single', at('09:45:00'), { phase: 'open' }],
  ['at the last second', {}, 'single', at('11:00:00'), { phase: 'open' }],
  ['a second later', {}, 'single', at('11:00:01'), { phase: 'ended' }],
  [
    'long after its time while Zoom says that it runs',
    { state: 'started' },
    'single',
    at('15:00:00'),
    { phase: 'live' },
  ],
  ['before its time when Zoom says that it runs', { state: 'started' }, 'single', at('08:00:00'), { phase: 'live' }],
  [
    'within its time when Zoom says that it has ended',
    { state: 'ended', last_ended_at: '2026-03-02T10:30:00Z' },
    'single',
    at('10:30:00'),
    { phase: 'ended' },
  ],
  [
    'that was tried out before',
    { state: 'ended', last_ended_at: '2026-03-01T10:40:00Z' },
    'single',
    at('10:01:00'),
    { phase: 'open' },
  ],
  [
    'that was tried out before, ahead of its time',
    { state: 'ended', last_ended_at: '2026-03-01T10:40:00Z' },
    'single',
    at('08:00:00'),
    { phase: 'planned' },
  ],
  [
    'whose session broke off early',
    { state: 'ended', last_ended_at: '2026-03-02T10:10:00Z' },
    'single',
    at('10:12:00'),
    { phase: 'open' },
  ],
  ['after it was called off', { state: 'cancelled' }, 'single', at('10:30:00'), { phase: 'cancelled' }],
  ['after it was deleted at Zoom', { state: 'gone' }, 'single', at('10:30:00'), { phase: 'cancelled' }],
  ['without a fixed time', { type: 3, start_time: null }, 'single', at('03:00:00'), { phase: 'open' }],
  ['that began at once, before it is heard of', { type: 1 }, 'single', at('03:00:00'), { phase: 'open' }],
  ['that began at once and is over', { type: 1, state: 'ended' }, 'single', at('23:00:00'), { phase: 'ended' }],
  [
    'between two runs',
    {},
    'series',
    at('11:30:00'),
    { phase: 'planned', occurrence_id: '2', start: '2026-03-04T10:00:00.000Z' },
  ],
  [
    'past a run that is called off',
    {},
    'series',
    at('12:00:00', '2026-03-04'),
    { phase: 'planned', occurrence_id: '4' },
  ],
  [
    'whose run ended early',
    { last_ended_at: '2026-03-02T10:40:00Z' },
    'series',
    at('10:41:00'),
    { phase: 'planned', occurrence_id: '2' },
  ],
  [
    'that runs again after it ended early',
    { last_ended_at: '2026-03-02T10:40:00Z', state: 'started' },
    'series',
    at('10:45:00'),
    { phase: 'live', occurrence_id: '1' },
  ],
  [
    'whose last run ended early',
    { last_ended_at: '2026-03-11T10:30:00Z' },
    'series',
    at('10:31:00', '2026-03-11'),
    { phase: 'ended', occurrence_id: '4' },
  ],
  ['after the last run', {}, 'series', at('12:00:00', '2026-03-11'), { phase: 'ended', occurrence_id: '4' }],
]

for (const [when, facts, kind, now, expected] of cases) {
  test(`a ${kind} meeting ${when} is ${expected.phase}`, () => {
    const phase = meetingPhase(
      kind === 'series' ? { ...series, ...facts } : { ...single, ...facts },
      kind === 'series' ? weekly : [],
      now,
    )
    for (const [key, value] of Object.entries(expected)) assert.equal(phase[key as keyof typeof phase], value)
  })
}

test('a series of which every run was called off is over', () => {
  const off = weekly.map((each) => ({ ...each, status: 'deleted' }))
  assert.equal(meetingPhase(series, off, at('08:00:00')).phase, 'ended')
})

test('the doors open as early as they are told to', () => {
  assert.equal(meetingPhase(single, [], at('09:55:00'), { opens_before_min: 0 }).phase, 'planned')
  assert.equal(meetingPhase(single, [], at('09:01:00'), { opens_before_min: 60 }).phase, 'open')
})

test('a series of which Zoom has not told the occurrences yet goes by its start', () => {
  assert.equal(meetingPhase(series, [], at('08:00:00')).phase, 'planned')
})
