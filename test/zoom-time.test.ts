import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withZoomTimes, zoomTime } from '#hub/meetings/zoom-time.ts'

const cases: [string, string][] = [
  ['2026-03-31T12:02:00Z', '2026-03-31T12:02:00Z'],
  ['2026-03-31T12:02:00.123Z', '2026-03-31T12:02:00Z'],
  ['2026-03-31T12:02:00+02:00', '2026-03-31T10:02:00Z'],
  ['2026-01-01T00:30:00+01:00', '2025-12-31T23:30:00Z'],
  ['2026-03-31T12:02Z', '2026-03-31T12:02:00Z'],
  ['2026-03-31T12:02', '2026-03-31T12:02:00'],
  ['2026-03-31T12:02:05', '2026-03-31T12:02:05'],
  ['2026-03-31T12:02:05.5', '2026-03-31T12:02:05'],
]
for (const [asked, sent] of cases) {
  test(`${asked} goes to Zoom as ${sent}`, () => assert.equal(zoomTime(asked), sent))
}

test('the end of a series is told to Zoom in the same way, and what was not said stays unsaid', () => {
  const recurrence = { type: 1 as const, end_date_time: '2026-04-01T00:00:00+02:00' }
  assert.deepEqual(withZoomTimes({ recurrence }), { recurrence: { type: 1, end_date_time: '2026-03-31T22:00:00Z' } })
  assert.deepEqual(withZoomTimes({ topic: 'T' }), { topic: 'T' })
})
