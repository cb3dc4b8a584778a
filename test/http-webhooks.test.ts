import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { Secret } from '#core/secret.ts'
import { seal } from '#hub/encryption.ts'
import { httpHub, json } from './http-hub.ts'
import type { ProblemBody } from '#http/problem.ts'

const secret = 'sim-s2s-webhook'
const on = await httpHub({ after })
await on.hub.db
  .insertInto('zoom_app')
  .values({
    id: 'zoa_1',
    workspace_id: on.workspace.id,
    name: 'App',
    kind: 'server_to_server',
    client_id: 'sim-s2s',
    client_secret: seal(on.hub.keys, 'zoa_1:client_secret', new Secret('sim-s2s-secret')),
    secret_token: seal(on.hub.keys, 'zoa_1:secret_token', new Secret(secret)),
    account_id: 'sim-account',
    oauth_base: 'https://zoom.us',
    api_base: 'https://api.zoom.us',
  })
  .execute()

interface Sending {
  app?: string
  at?: number
  key?: string
  type?: string
}

function post(
  body: string,
  { app = 'zoa_1', at = Date.now(), key = secret, type = 'application/json' }: Sending = {},
): Promise<Response> {
  const timestamp = String(Math.floor(at / 1000))
  const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return fetch(`${on.url}/zoom/webhooks/${app}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature },
  })
}

const stored = () => on.hub.db.selectFrom('event').select(['event', 'body']).orderBy('received_at').execute()
const anEvent = (name: string) =>
  JSON.stringify({
    event: name,
    event_ts: Date.now(),
    payload: { account_id: 'sim-account', object: { id: '123456789' } },
  })

test('a signed event is answered with 200 and nothing more, and is stored by then', async () => {
  const body = anEvent('some.thing')
  const answer = await post(body)
  assert.equal(answer.status, 200)
  assert.equal(await answer.text(), '')
  assert.deepEqual(
    (await stored()).filter((row) => row.event === 'some.thing'),
    [{ event: 'some.thing', body }],
  )
})

test('the signature is held against the bytes that came, not against what they would be written as', async () => {
  const body = String.raw`{ "event" : "meeting.odd", "event_ts": ${Date.now()} , "payload": {"object":{"topic": "caf\u00e9 \/ open", "id": 1.0, "big": 12345678901234567890}} }`
  assert.equal((await post(body)).status, 200)
  assert.ok((await stored()).some((row) => row.body === body))
})

test('an event is taken whatever content type it claims', async () => {
  assert.equal((await post(anEvent('typed.oddly'), { type: 'text/plain; charset=utf-8' })).status, 200)
})

test('Zoom’s check of the address is answered with the encrypted token', async () => {
  const answer = await post(
    JSON.stringify({ event: 'endpoint.url_validation', event_ts: Date.now(), payload: { plainToken: 'abc' } }),
  )
  assert.equal(answer.status, 200)
  assert.deepEqual(await answer.json(), {
    plainToken: 'abc',
    encryptedToken: createHmac('sha256', secret).update('abc').digest('hex'),
  })
})

const refused = [
  ['signed with another secret', () => post(anEvent('x.y'), { key: 'other' }), 401],
  ['signed six minutes ago', () => post(anEvent('x.y'), { at: Date.now() - 360_000 }), 401],
  ['signed six minutes from now', () => post(anEvent('x.y'), { at: Date.now() + 360_000 }), 401],
  ['unsigned', () => fetch(`${on.url}/zoom/webhooks/zoa_1`, { method: 'POST', body: anEvent('x.y') }), 401],
  ['without a body', () => fetch(`${on.url}/zoom/webhooks/zoa_1`, { method: 'POST' }), 401],
  ['for an app that is not here', () => post(anEvent('x.y'), { app: 'zoa_2' }), 404],
  ['that is signed and no JSON', () => post('{"event":'), 400],
  ['that is signed and no event', () => post('[1]'), 400],
  [
    'of more than 1 MiB',
    () => post(JSON.stringify({ event: 'x.y', event_ts: 1, payload: { x: 'x'.repeat(1024 * 1024) } })),
    413,
  ],
] as const

for (const [title, send, status] of refused) {
  test(`a request ${title} is ${status}, and nothing is stored`, async () => {
    const answer = await send()
    assert.equal(answer.status, status)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
    assert.equal((await json<ProblemBody>(answer)).status, status)
    assert.deepEqual(
      (await stored()).filter((row) => row.event === 'x.y'),
      [],
    )
  })
}
