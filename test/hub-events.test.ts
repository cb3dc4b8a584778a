import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { readdir, readFile } from 'node:fs/promises'
import { until, world } from './world.ts'

interface EventItem {
  id: string
  event: string
  state: string
  reason: string | null
  subject: string
}

const secret = 'sim-s2s-webhook'
const w = await world({ after })

/** Posts a body to the hub as Zoom would, signed now unless told otherwise. */
const post = (
  body: string | Buffer,
  options: { secret?: string; at?: number; app?: string; headers?: Record<string, string> } = {},
) => {
  const timestamp = String(Math.floor((options.at ?? Date.now()) / 1000))
  const signature = `v0=${createHmac('sha256', options.secret ?? secret)
    .update(`v0:${timestamp}:`)
    .update(body)
    .digest('hex')}`
  return fetch(`${w.hubUrl}/zoom/webhooks/${options.app ?? w.zoom_app_id}`, {
    method: 'POST',
    headers: options.headers ?? {
      'content-type': 'application/json; charset=utf-8',
      'x-zm-request-timestamp': timestamp,
      'x-zm-signature': signature,
    },
    body: new Uint8Array(Buffer.from(body)),
  })
}

const started = (id: string, event_ts: number): string =>
  `{"event":"meeting.started","event_ts":${event_ts},"payload":{"account_id":"sim-account","object":{"id":"${id}","uuid":"u${id}==","host_id":"h","topic":"T","type":2,"start_time":"2026-01-05T09:00:00Z","timezone":"UTC","duration":30}}}`

const log = async (query = ''): Promise<EventItem[]> =>
  (await w.api<{ items: EventItem[] }>('GET', `/events?limit=200${query}`)).body.items

test('every published sample of an event is handled, or ignored with a reason', async () => {
  const folder = new URL('./vectors/zoom/webhooks/', import.meta.url)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  assert.ok(names.length > 100, `${names.length} samples`)
  const accepted = new Map<string, string>()
  for (const name of names) {
    const body = await readFile(new URL(name, folder))
    const answer = await post(body)
    assert.equal(answer.status, 200, `${name}: ${await answer.text()}`)
    accepted.set(name, body.toString())
  }
  await w.settled()
  const events = [...(await log()), ...(await log('&state=dead'))]
  assert.deepEqual(
    events.filter((event) => event.state === 'dead').map((event) => `${event.event}: ${event.reason}`),
    [],
  )
  assert.equal(
    new Set(events.map((event) => event.event)).size,
    names.length - 1,
    'one event a sample, but for url_validation',
  )
  for (const event of events) if (event.state === 'ignored') assert.ok(event.reason, `${event.event} says why`)
})

test('the address check of Zoom is answered with the token, encrypted, and not stored', async () => {
  const body = JSON.stringify({
    event: 'endpoint.url_validation',
    event_ts: Date.now(),
    payload: { plainToken: 'plain' },
  })
  const answer = await post(body)
  assert.deepEqual(await answer.json(), {
    plainToken: 'plain',
    encryptedToken: createHmac('sha256', secret).update('plain').digest('hex'),
  })
  assert.equal((await log('&event=endpoint.url_validation')).length, 0)
})

const refused: [string, () => Promise<Response>, number][] = [
  [
    'without a signature',
    () => post(started('1', Date.now()), { headers: { 'content-type': 'application/json' } }),
    401,
  ],
  ['signed with another secret', () => post(started('1', Date.now()), { secret: 'guess' }), 401],
  ['six minutes old', () => post(started('1', Date.now()), { at: Date.now() - 360_000 }), 401],
  ['from six minutes in the future', () => post(started('1', Date.now()), { at: Date.now() + 360_000 }), 401],
  ['larger than a mebibyte', () => post(`{"event":"x","pad":"${'x'.repeat(1_100_000)}"}`), 413],
  ['that is no JSON', () => post('event=meeting.started'), 400],
  ['that is no object', () => post('["meeting.started"]'), 400],
  ['without a name', () => post('{"payload":{}}'), 400],
  [
    'nested a thousand levels deep',
    () => post(`{"event":"x","payload":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}}`),
    400,
  ],
  ['for an app that is not here', () => post(started('1', Date.now()), { app: 'zoa_00000000000000000000000000' }), 404],
]
for (const [what, send, status] of refused) {
  test(`a request ${what} is refused and nothing is stored`, async () => {
    const before = (await log()).length
    const answer = await send()
    assert.equal(answer.status, status)
    assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/)
    const problem = (await answer.json()) as { status: number; detail: string }
    assert.equal(problem.status, status)
    assert.ok(problem.detail.length > 10, problem.detail)
    assert.equal((await log()).length, before)
  })
}

test('an event that nobody knows is kept and ignored', async () => {
  await post(`{"event":"teapot.boiled","event_ts":${Date.now()},"payload":{"account_id":"a"}}`)
  await w.settled()
  const [event] = await log('&event=teapot.boiled')
  assert.equal(event?.state, 'ignored')
  assert.match(event?.reason ?? '', /no use for teapot.boiled/)
})

test('an event that is delivered twice is there once, even with another download token', async () => {
  const body = (token: string): string =>
    `{"event":"recording.completed","event_ts":1767609000123,"download_token":"${token}","payload":{"account_id":"a","object":{"id":4711,"uuid":"twice==","host_id":"h","topic":"T","type":8,"start_time":"2026-01-05T09:00:02Z","recording_files":[]}}}`
  assert.equal((await post(body('one'))).status, 200)
  assert.equal((await post(body('one'))).status, 200)
  assert.equal((await post(body('two'))).status, 200)
  await w.settled()
  assert.equal((await log('&event=recording.completed&q=twice')).length, 1)
})

const odd: [string, string][] = [
  [
    'with escapes, floats and spaces',
    `{ "event" : "odd.one", "event_ts":${Date.now()}, "payload": {"account_id":"a","url":"https:\\/\\/x","name":"Ren\\u00e9","n":1.0,"e":1e2} }`,
  ],
  [
    'with a key that stands twice',
    `{"event":"odd.two","event":"odd.two","event_ts":${Date.now()},"payload":{"account_id":"a"}}`,
  ],
  [
    'with __proto__ in it',
    `{"event":"odd.three","event_ts":${Date.now()},"__proto__":{"polluted":true},"payload":{"account_id":"a","__proto__":{"polluted":true}}}`,
  ],
]
for (const [what, body] of odd) {
  test(`a signed body ${what} is kept to the byte`, async () => {
    assert.equal((await post(body)).status, 200)
    await w.settled()
    const name = /odd\.\w+/.exec(body)?.[0] ?? ''
    const [event] = await log(`&event=${name}`)
    assert.equal(event?.state, 'ignored')
    const { rows } = await w.server.hub.db.executeQuery<{ body: string }>(
      w.server.hub.db
        .selectFrom('event')
        .select('body')
        .where('id', '=', event?.id ?? '')
        .compile(),
    )
    assert.equal(rows[0]?.body, body)
    assert.equal(({} as { polluted?: boolean }).polluted, undefined)
  })
}

test('a 64-bit meeting id keeps its last digit', async () => {
  const id = '9007199254740993'
  const body = started(id, Date.now()).replace(`"id":"${id}"`, `"id":${id}`)
  assert.equal((await post(body)).status, 200)
  await w.settled()
  const { body: page } = await w.api<{ items: { zoom_meeting_id: string }[] }>('GET', `/meetings?q=${id}`)
  assert.deepEqual(
    page.items.map((meeting) => meeting.zoom_meeting_id),
    [id],
  )
})

test('account ids that are no account ids are stored all the same, and take nothing along that came with them', async () => {
  const odd = (account_id: string): string =>
    `{"event":"odd.account","event_ts":${Date.now()},"payload":{"account_id":"${account_id}"}}`
  const bodies = [odd('a'.repeat(5000)), odd('nul\\u0000nul'), odd('with \\u001e and , in it'), odd('plain')]
  const answers = await Promise.all(bodies.map((body) => post(body)))
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  )
  await w.settled()
  assert.equal((await log('&event=odd.account')).length, 4)
})

test('an event can be replayed', async () => {
  const [event] = await log('&event=teapot.boiled')
  const answer = await w.api<EventItem>('POST', `/events/${event?.id}/replay`)
  assert.equal(answer.status, 202)
  await until(
    async () => (await w.api<EventItem>('GET', `/events/${event?.id}`)).body.state === 'ignored',
    'the replayed event to be settled',
  )
})

test('the payload is shown with tokens and passcodes masked', async () => {
  const [event] = await log('&event=recording.completed&q=twice')
  const { text } = await w.api('GET', `/events/${event?.id}`)
  assert.match(text, /"download_token":"\[secret\]"/)
})

test('a failed event holds the ones behind it, and after five tries dies and lets them pass', async () => {
  // PostgreSQL's text cannot hold NUL, so that this topic fails each time.
  const poison = started('5550001', Date.now()).replace('"topic":"T"', '"topic":"\\u0000"')
  await post(poison)
  await post(started('5550001', Date.now() + 1000).replace('u5550001', 'second'))
  await until(
    async () => (await log('&q=5550001')).some((event) => event.state === 'waiting' && event.reason !== null),
    'the first try to fail',
  )
  const states = (await log('&q=5550001')).map((event) => event.state)
  assert.deepEqual(states, ['waiting', 'waiting'])
  await w.server.hub.db
    .updateTable('event')
    .set({ attempts: 4, retry_at: new Date() })
    .where('subject', '=', '5550001')
    .where('body', 'like', '%\\\\u0000%')
    .execute()
  await until(
    async () => (await log('&q=5550001')).every((event) => event.state !== 'waiting'),
    'both to be settled',
    30,
  )
  assert.deepEqual((await log('&q=5550001')).map((event) => event.state).sort(), ['dead', 'handled'])
})
