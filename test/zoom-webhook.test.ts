import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Secret } from '#core/secret.ts'
import { readWebhookEvent, urlValidationAnswer, verifyWebhook } from '#zoom/webhook.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const secret = new Secret('sim-secret-0001')
const timestamp = '1767225600'
const at = 1_767_225_600_000
const body =
  '{"event":"meeting.started","event_ts":1767225600000,"payload":{"account_id":"acc0","object":{"id":"81234567890"}}}'
const signature = 'v0=2c846a486a5f52e3e449b37c3c92935565b285cbf08518372ba1ff5cec5d5125'

const verify = (
  changes: {
    raw?: Uint8Array
    timestamp?: string | undefined
    signature?: string | undefined
    secrets?: Secret[]
    now?: number
  } = {},
) => {
  const given = { raw: bytes(body), timestamp, signature, secrets: [secret], now: at, ...changes }
  verifyWebhook(given.raw, { timestamp: given.timestamp, signature: given.signature }, given.secrets, given.now)
}
const refused = (reason: string, changes: Parameters<typeof verify>[0]) =>
  assert.throws(() => verify(changes), { name: 'WebhookVerificationError', reason })

test("a body that Zoom signed passes, with the app's secret token or the one before", () => {
  verify()
  verify({ secrets: [new Secret('the next one'), secret] })
  verify({ secrets: [secret, new Secret('the one before')] })
})

test('the check of an address is answered as Zoom wants', () => {
  assert.deepEqual(urlValidationAnswer('qgg8vlvZRS6UYooatFL8Aw', secret), {
    plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
    encryptedToken: '9ecdb00c21ca05a7cbc26fb607a049f376849927764d4cb9b96d416d29f8afd7',
  })
})

test('a request without its headers is unsigned', () => {
  refused('unsigned', { signature: undefined })
  refused('unsigned', { timestamp: undefined })
  refused('unsigned', { signature: '' })
})

test('a signature of another secret, another form or another length is bad', () => {
  refused('bad_signature', { secrets: [new Secret('another')] })
  refused('bad_signature', { secrets: [] })
  refused('bad_signature', { signature: signature.slice(3) })
  refused('bad_signature', { signature: signature.toUpperCase() })
  refused('bad_signature', { signature: `${signature}0` })
  refused('bad_signature', { signature: 'v0=' })
  refused('bad_signature', { signature: 'é'.repeat(signature.length) })
})

test('nobody can sign with an empty secret', () => {
  const forged = `v0=${createHmac('sha256', '').update(`v0:${timestamp}:${body}`).digest('hex')}`
  refused('bad_signature', { signature: forged, secrets: [new Secret('')] })
})

test('five minutes of difference are allowed to either side, and not a millisecond more', () => {
  verify({ now: at + 300_000 })
  verify({ now: at - 300_000 })
  refused('too_old', { now: at + 300_001 })
  refused('too_new', { now: at - 300_001 })
})

test('a timestamp is digits and nothing else, even if it is signed', () => {
  for (const odd of [' 1767225600', '1767225600.0', '1.7672256e9', '0x69', '+1767225600', 'NaN', '١٧٦٧']) {
    const signed = `v0=${createHmac('sha256', secret.reveal()).update(`v0:${odd}:${body}`).digest('hex')}`
    refused('bad_signature', { timestamp: odd, signature: signed })
  }
})

test('the age of a request speaks only when its signature is good', () => {
  refused('bad_signature', { now: at + 3_600_000, secrets: [new Secret('another')] })
})

test('any change of any byte of the body fails', () => {
  const raw = bytes(body)
  fc.assert(
    fc.property(fc.nat(raw.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
      const changed = Uint8Array.from(raw)
      changed[place] = (changed[place] ?? 0) ^ flip
      refused('bad_signature', { raw: changed })
    }),
  )
})

test('a body is signed as it was sent: bytes that JSON does not keep, and bytes that are no text, verify', () => {
  for (const raw of [bytes('{ "a":"\\/caf\\u00e9" , "n":1.0 }'), Uint8Array.of(0xff, 0xfe, 0x00), new Uint8Array()]) {
    const signed = `v0=${createHmac('sha256', secret.reveal()).update(`v0:${timestamp}:`).update(raw).digest('hex')}`
    verify({ raw, signature: signed })
  }
})

test('an event is read with its ids exact and its body untouched', () => {
  const text =
    '{ "event":"meeting.ended","event_ts":1767225600000, "payload":{"object":{"id":9223372036854775807,"topic":"caf\\u00e9 \\/ 1.0"}}}'
  const event = readWebhookEvent(bytes(text))
  assert.equal(event.body, text)
  assert.deepEqual(event.payload, { object: { id: '9223372036854775807', topic: 'café / 1.0' } })
})

test('an event of a kind that nobody knows is read', () => {
  assert.deepEqual(readWebhookEvent(bytes('{"event":"phone.callee_ringing","event_ts":1}')), {
    event: 'phone.callee_ringing',
    event_ts: 1,
    payload: {},
    body: '{"event":"phone.callee_ringing","event_ts":1}',
  })
})

test('what is not an event says why', () => {
  for (const [text, why] of [
    ['', /not valid JSON/],
    ['event=meeting.started', /not valid JSON/],
    ['\ufeff{"event":"a"}', /not valid JSON/],
    ['[]', /JSON object/],
    ['null', /JSON object/],
    ['"meeting.started"', /JSON object/],
    ['{}', /`event`/],
    ['{"event":""}', /`event`/],
    ['{"event":7}', /`event`/],
    ['{"event":"a\\u0000b"}', /`event`/],
    ['{"event":"a","payload":[]}', /`payload`/],
    ['{"event":"a","payload":"x"}', /`payload`/],
    [`{"event":"a","payload":${'['.repeat(200)}${']'.repeat(200)}}`, /deeper/],
  ] as const) {
    assert.throws(() => readWebhookEvent(bytes(text)), { name: 'JsonError', message: why }, text.slice(0, 40))
  }
  assert.throws(() => readWebhookEvent(Uint8Array.of(0x22, 0xff, 0x22)), { name: 'JsonError', message: /UTF-8/ })
})

test('a key __proto__ is a key, and of a key that stands twice the last counts', () => {
  const { event, payload } = readWebhookEvent(
    bytes('{"event":"a","event":"b","payload":{"__proto__":{"polluted":true}}}'),
  )
  assert.equal(event, 'b')
  assert.ok(Object.hasOwn(payload, '__proto__'))
  assert.equal(payload['polluted'], undefined)
})

test('the time of an event is its number, else a date in its payload, else 0', () => {
  const timeOf = (rest: string) => readWebhookEvent(bytes(`{"event":"app_deauthorized",${rest}}`)).event_ts
  assert.equal(timeOf('"event_ts":1767225600123'), 1_767_225_600_123)
  assert.equal(timeOf('"event_ts":"1767225600123"'), 1_767_225_600_123)
  assert.equal(
    timeOf('"payload":{"event_ts":"2026-01-05 13:52:28","deauthorization_time":"2020-01-01T00:00:00Z"}'),
    Date.UTC(2026, 0, 5, 13, 52, 28),
  )
  assert.equal(
    timeOf('"payload":{"deauthorization_time":"2026-01-05T13:52:28.632Z"}'),
    Date.UTC(2026, 0, 5, 13, 52, 28, 632),
  )
  assert.equal(timeOf('"payload":{"event_ts":"yesterday"}'), 0)
  assert.equal(timeOf('"event_ts":-5'), 0)
  assert.equal(timeOf('"event_ts":1e300'), 0)
  assert.equal(timeOf('"event_ts":99999999999999999999'), 0)
  assert.equal(timeOf('"event_ts":1.5'), 1)
})

test('no bytes whatever make reading an event fail without a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (raw) => {
      try {
        readWebhookEvent(raw)
      } catch (error) {
        assert.equal((error as Error).name, 'JsonError')
      }
    }),
  )
})
