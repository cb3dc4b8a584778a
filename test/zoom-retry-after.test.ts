import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { retryAfter } from '#zoom/retry-after.ts'

const now = Date.UTC(2026, 4, 30, 12)
const instant = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => new Date(Math.trunc(date.getTime() / 1000) * 1000))

test('Retry-After in seconds counts from now', () => {
  fc.assert(fc.property(fc.nat(1e9), (seconds) => retryAfter(String(seconds), now) === now + seconds * 1000))
})

test('Retry-After as a date is that date, in the form of ISO and in the form of HTTP', () => {
  fc.assert(
    fc.property(instant, (date) => {
      assert.equal(retryAfter(date.toISOString(), now), date.getTime())
      assert.equal(retryAfter(date.toISOString().replace('.000Z', 'Z'), now), date.getTime())
      assert.equal(retryAfter(date.toUTCString(), now), date.getTime())
    }),
  )
})

test('the two older forms of HTTP dates are understood', () => {
  const moment = Date.UTC(1994, 10, 6, 8, 49, 37)
  assert.equal(retryAfter('Sunday, 06-Nov-94 08:49:37 GMT', now), moment)
  assert.equal(retryAfter('Sun Nov  6 08:49:37 1994', now), moment)
})

test('an ISO date without a zone is UTC', () => {
  assert.equal(retryAfter('2026-05-31T00:00:00', now), Date.UTC(2026, 4, 31))
})

test('anything else is no time', () => {
  for (const value of [
    null,
    '',
    ' ',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    '5 apples',
    'May',
    '2026-13-45T00:00:00Z',
    '9'.repeat(30),
  ]) {
    assert.equal(retryAfter(value, now), undefined, String(value))
  }
  fc.assert(
    fc.property(fc.string(), (value) => {
      const found = retryAfter(value, now)
      assert.ok(found === undefined || Number.isFinite(new Date(found).getTime()))
    }),
  )
})
