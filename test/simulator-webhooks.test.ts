import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { hmac, receive, simulate, simulateWithEvents, type Json } from './simulator-client.ts'

const minute = 60

test('a subscription is accepted when its URL passes validation', async (t) => {
  const [zoom, endpoint] = [await simulate(t), await receive(t)]
  const answer = await zoom.control('POST', '/apps/sim-s2s/subscriptions', {
    url: endpoint.url,
    events: ['meeting.started'],
  })
  assert.equal(answer.validated, true)
  assert.deepEqual(answer.events, ['meeting.started'])
})

const failures: [
  what: string,
  answer: (plainToken: string) => Promise<{ status: number; text: string }>,
  reason: RegExp,
][] = [
  [
    'a wrong encryptedToken',
    async (plainToken) => ({ status: 200, text: JSON.stringify({ plainToken, encryptedToken: 'wrong' }) }),
    /wrong encryptedToken$/,
  ],
  ['another status than 200', async () => ({ status: 204, text: '' }), /answered 204, not 200$/],
  ['an answer that is no JSON', async () => ({ status: 200, text: 'ok' }), /did not answer with JSON$/],
  ['no answer in time', async () => setTimeout(500, { status: 200, text: '' }), /no answer within 100 ms$/],
]

for (const [what, answer, reason] of failures) {
  test(`a URL with ${what} is refused, and nothing is stored`, async (t) => {
    const [zoom, endpoint] = [await simulate(t), await receive(t)]
    await zoom.control('PATCH', '/settings', { webhook_timeout_ms: 100 })
    endpoint.state.validation = answer
    const { status, body } = await zoom.send('POST', '/_/apps/sim-s2s/subscriptions', { url: endpoint.url })
    assert.deepEqual([status, body.validated], [400, false])
    assert.match(body.reason, reason)
    assert.deepEqual((await zoom.control('GET', '/apps/sim-s2s')).subscriptions, [])
  })
}

test('a webhook is signed with the secret of its app over the very bytes', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  await zoom.schedule({ topic: 'Ünïcode “quotes” 😀' })
  await zoom.control('POST', '/settle')
  const [{ headers, raw }] = endpoint.received as [Json]
  const timestamp = headers['x-zm-request-timestamp']
  assert.match(timestamp, /^\d{10}$/)
  assert.equal(headers['x-zm-signature'], `v0=${hmac('sim-s2s-webhook', `v0:${timestamp}:${raw}`)}`)
  assert.equal(headers['content-type'], 'application/json; charset=utf-8')
})

test('the timestamp of the signature stays on the real clock when the simulator is in another month', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  await zoom.control('POST', '/clock', { advance_s: 2 * 86_400 })
  await zoom.control('PATCH', '/settings', { token_expires_in: 10 * 86_400 })
  await zoom.schedule()
  await zoom.control('POST', '/settle')
  const [{ headers, body }] = endpoint.received as [Json]
  assert.ok(Math.abs(Number(headers['x-zm-request-timestamp']) - Date.now() / 1000) < 10)
  assert.ok(body.event_ts - Date.now() > 86_400_000)
})

test('every app that subscribes gets each event, signed with its own secret', async (t) => {
  const { zoom } = await simulateWithEvents(t)
  const other = await receive(t, 'sim-admin-app-webhook')
  await zoom.control('POST', '/apps/sim-admin-app/subscriptions', { url: other.url, events: ['meeting.created'] })
  await zoom.authorize('ada@school.example', ['sim-admin-app', 'sim-admin-secret'])
  await zoom.schedule()
  await zoom.control('POST', '/settle')
  const [{ headers, raw }] = other.received as [Json]
  assert.equal(
    headers['x-zm-signature'],
    `v0=${hmac('sim-admin-app-webhook', `v0:${headers['x-zm-request-timestamp']}:${raw}`)}`,
  )
})

test('a user-managed app hears of the users who have allowed it, an admin-managed one of nobody before an admin has', async (t) => {
  const zoom = await simulate(t)
  const [users, admins] = [await receive(t, 'sim-user-app-webhook'), await receive(t, 'sim-admin-app-webhook')]
  const events = ['meeting.started', 'meeting.participant_joined', 'meeting.ended']
  await zoom.control('POST', '/apps/sim-user-app/subscriptions', { url: users.url, events })
  await zoom.control('POST', '/apps/sim-admin-app/subscriptions', { url: admins.url, events })
  await zoom.authorize('grace@school.example')
  const hold = async (host: string) => {
    const { id } = await zoom.schedule({}, host)
    await zoom.control('POST', `/meetings/${id}/start`)
    await zoom.control('POST', `/meetings/${id}/join`, { name: 'Grace Hopper', email: 'grace@school.example' })
    await zoom.control('POST', `/meetings/${id}/end?wait=1`)
    return id
  }
  await hold('ada@school.example')
  assert.deepEqual([users.received, admins.received], [[], []])
  await zoom.authorize('ada@school.example', ['sim-admin-app', 'sim-admin-secret'])
  await hold('ada@school.example')
  assert.deepEqual([users.names(), admins.names()], [[], events])
  const id = await hold('grace@school.example')
  assert.deepEqual(users.names(), events)
  assert.ok(users.received.every(({ body }) => body.payload.object.id === String(id)))
})

test('an app gets only the events that it subscribes to, and that its scopes cover', async (t) => {
  const [zoom, endpoint] = [await simulate(t), await receive(t)]
  await zoom.control('POST', '/apps/sim-s2s/subscriptions', {
    url: endpoint.url,
    events: ['meeting.created', 'meeting.deleted'],
  })
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/end`)
  await zoom.control('PATCH', '/apps/sim-s2s', { scopes: ['user:read:user:admin'] })
  await zoom.api('DELETE', `/meetings/${id}`)
  await zoom.control('POST', '/settle')
  assert.deepEqual(endpoint.names(), ['meeting.created'])
})

test('two subscriptions that match are two deliveries, and twenty are the most', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  const body = { url: endpoint.url, events: ['*'], validate: false }
  for (let i = 1; i < 20; i++) await zoom.control('POST', '/apps/sim-s2s/subscriptions', body)
  assert.equal((await zoom.send('POST', '/_/apps/sim-s2s/subscriptions', body)).status, 409)
  await zoom.schedule()
  await zoom.control('POST', '/settle')
  assert.equal(endpoint.received.length, 20)
})

test('what fails is sent again after 5, 20 and 60 minutes, the same bytes newly signed, then no more', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  endpoint.state.answer = async () => 500
  await zoom.schedule()
  await zoom.control('POST', '/settle')
  const tries = async (advance_s: number): Promise<number> => {
    await zoom.control('POST', '/clock', { advance_s })
    return endpoint.received.length
  }
  assert.equal(endpoint.received.length, 1)
  assert.equal(await tries(5 * minute - 2), 1)
  await setTimeout(1100)
  assert.equal(await tries(2), 2)
  assert.equal(await tries(20 * minute - 5), 2)
  assert.equal(await tries(5), 3)
  assert.equal(await tries(60 * minute), 4)
  assert.equal(await tries(24 * 60 * minute), 4)
  assert.equal(new Set(endpoint.received.map(({ raw }) => raw)).size, 1)
  const signatures = endpoint.received.map(({ headers }) => headers['x-zm-signature'])
  assert.notEqual(signatures[0], signatures[1])
  const { deliveries } = await zoom.control('GET', '/deliveries')
  assert.deepEqual([deliveries[0].state, deliveries[0].attempts.length], ['failed', 4])
})

test('the retries on the way of one long move come each at its own time', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  endpoint.state.answer = async () => 500
  await zoom.schedule()
  await zoom.control('POST', '/settle')
  await zoom.control('POST', '/clock', { advance_s: 90 * minute })
  const { deliveries } = await zoom.control('GET', '/deliveries')
  const [first, ...later] = deliveries[0].attempts.map(({ at }: Json) => Date.parse(at))
  const after = later.map((at: number) => Math.round((at - first) / 60_000))
  assert.deepEqual(after, [5, 25, 85])
})

test('200 and 204 are success, anything else and three seconds of silence are not', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  await zoom.control('PATCH', '/settings', { webhook_timeout_ms: 100 })
  const states: string[] = []
  for (const answer of [
    async () => 200,
    async () => 204,
    async () => 201,
    async () => 302,
    async () => 404,
    () => setTimeout(300, 200),
  ]) {
    endpoint.state.answer = answer
    await zoom.schedule()
    await zoom.control('POST', '/settle')
    states.push((await zoom.control('GET', '/deliveries')).deliveries.at(-1).state)
  }
  assert.deepEqual(states, ['delivered', 'delivered', 'retrying', 'retrying', 'retrying', 'retrying'])
  const { deliveries } = await zoom.control('GET', '/deliveries')
  assert.equal(deliveries.at(-1).attempts[0].error, 'no answer within 100 ms')
})

test('whether a refusal of 4xx is sent again is a switch', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  await zoom.control('PATCH', '/settings', { webhook_retry_4xx: false })
  endpoint.state.answer = async () => 404
  await zoom.schedule()
  await zoom.control('POST', '/settle')
  assert.equal((await zoom.control('GET', '/deliveries')).deliveries[0].state, 'failed')
})

test('a fault may double, drop, mis-sign, delay or reorder a webhook', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  const wrong = async (action: object) => {
    endpoint.received.length = 0
    await zoom.control('POST', '/faults', { on: 'webhook', match: { event: 'meeting.c*' }, action })
    const { id } = await zoom.schedule()
    await zoom.api('DELETE', `/meetings/${id}`)
    await zoom.control('POST', '/settle')
    return endpoint.names()
  }
  const [created, deleted] = ['meeting.created', 'meeting.deleted']
  assert.deepEqual(await wrong({ duplicate: 2 }), [created, created, created, deleted])
  assert.equal(new Set(endpoint.received.slice(0, 3).map(({ raw }) => raw)).size, 1)
  assert.deepEqual(await wrong({ drop: true }), [deleted])
  assert.deepEqual(await wrong({ reorder: true }), [deleted, created])
  assert.deepEqual(await wrong({ delay_ms: 50 }), [created, deleted])
  assert.deepEqual(await wrong({ missign: true }), [created, deleted])
  const [{ headers, raw }] = endpoint.received as [Json]
  assert.notEqual(
    headers['x-zm-signature'],
    `v0=${hmac('sim-s2s-webhook', `v0:${headers['x-zm-request-timestamp']}:${raw}`)}`,
  )
})

test('a URL is asked again every 72 hours, and six failures in a row switch it off', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  const enabled = async () => (await zoom.control('GET', '/apps/sim-s2s')).subscriptions[0].enabled
  const days = (n: number) => zoom.control('POST', '/clock', { advance_s: n * 86_400 })
  await days(30)
  assert.equal(await enabled(), true)
  endpoint.state.validation = async () => ({ status: 500, text: '' })
  await days(15)
  assert.equal(await enabled(), true)
  await days(3)
  assert.equal(await enabled(), false)
})

test('any event at all can be sent, signed, byte for byte', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  const text = '{"event":"meeting.summary_completed", "event_ts":1767225600000,"payload":{"n":1.0,"s":"\\u00e9\\/"}}'
  assert.deepEqual(await zoom.control('POST', '/emit?wait=1', { text }), { sent: 1 })
  const [{ headers, raw }] = endpoint.received as [Json]
  assert.equal(raw, text)
  assert.equal(
    headers['x-zm-signature'],
    `v0=${hmac('sim-s2s-webhook', `v0:${headers['x-zm-request-timestamp']}:${text}`)}`,
  )
  const { deliveries } = await zoom.control('GET', '/deliveries?event=meeting.summary_completed')
  assert.equal(deliveries[0].event_ts, 1_767_225_600_000)
})

test('an app that a user removes is told so, and only that app', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  const own = await receive(t, 'sim-user-app-webhook')
  await zoom.control('POST', '/apps/sim-user-app/subscriptions', { url: own.url })
  const { access_token } = await zoom.authorize('grace@school.example')
  await zoom.control('POST', '/apps/sim-user-app/deauthorize?wait=1', { user: 'grace@school.example' })
  const [{ body }] = own.received as [Json]
  assert.equal(body.event, 'app_deauthorized')
  assert.equal(body.payload.client_id, 'sim-user-app')
  assert.deepEqual(endpoint.received, [])
  const me = await zoom.send('GET', '/v2/users/me', undefined, { authorization: `Bearer ${access_token}` })
  assert.equal(me.status, 401)
})
