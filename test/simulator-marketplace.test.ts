import assert from 'node:assert/strict'
import { test } from 'node:test'
import { receive, simulate, type Answer, type Zoom } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

const app: [string, string] = ['sim-s2s', 'sim-s2s-secret']
const base = '/marketplace/app/event_subscription'

/** Calls /v2 as the app itself, for no user. */
async function asApp(zoom: Zoom, credentials = app) {
  const { body } = await zoom.token({ grant_type: 'client_credentials' }, credentials)
  return (method: string, path: string, sent?: unknown): Promise<Answer> =>
    zoom.send(method, `/v2${path}`, sent, { authorization: `Bearer ${body.access_token}` })
}

const scheduleFor = (zoom: Zoom, host: string) => zoom.control('POST', '/meetings?wait=1', { host })

test("an app subscribes for one user and hears of that user's meetings alone, until the user is taken off", async (t) => {
  const [zoom, endpoint] = await Promise.all([simulate(t), receive(t)])
  const call = await asApp(zoom)
  const made = await call('POST', base, {
    event_subscription_name: 'Course',
    event_webhook_url: endpoint.url,
    events: ['meeting.created'],
    user_ids: ['ada@school.example'],
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual(differences(publishedSample('marketplace-app-event_subscription_POST'), made.body), [])
  const id = made.body.event_subscription_id
  await scheduleFor(zoom, 'grace@school.example')
  assert.deepEqual(endpoint.names(), [])
  await scheduleFor(zoom, 'ada@school.example')
  assert.deepEqual(endpoint.names(), ['meeting.created'])
  const listed = (await call('GET', base)).body
  assert.deepEqual(differences(publishedSample('marketplace-app-event_subscription_GET'), listed), [
    'event_subscriptions.custom_header is absent',
  ])
  assert.equal((await call('PATCH', `${base}/${id}`, { user_ids: ['grace@school.example'] })).status, 204)
  await scheduleFor(zoom, 'grace@school.example')
  assert.equal(endpoint.received.length, 2)
  assert.equal((await call('GET', base)).body.event_subscriptions.length, 2)
  const off = `${base}?event_subscription_id=${id}&user_ids=ada@school.example`
  assert.equal((await call('DELETE', off)).status, 204)
  await scheduleFor(zoom, 'ada@school.example')
  assert.equal(endpoint.received.length, 2)
  assert.equal((await call('DELETE', `${base}/${id}`)).status, 204)
  await scheduleFor(zoom, 'grace@school.example')
  assert.equal(endpoint.received.length, 2)
  assert.equal((await call('DELETE', `${base}/${id}`)).body.code, 300)
})

test('a subscription of the account hears of everybody; one of the portal is listed and is not changed from here', async (t) => {
  const [zoom, endpoint] = await Promise.all([simulate(t), receive(t)])
  const call = await asApp(zoom)
  const portal = await zoom.control('POST', '/apps/sim-s2s/subscriptions', {
    url: endpoint.url,
    events: ['user.created'],
  })
  const asked = { subscription_scope: 'account', event_webhook_url: endpoint.url, events: ['meeting.created'] }
  assert.equal((await call('POST', base, asked)).status, 201)
  await scheduleFor(zoom, 'grace@school.example')
  assert.deepEqual(endpoint.names(), ['meeting.created'])
  const { event_subscriptions } = (await call('GET', `${base}?subscription_scope=account`)).body
  assert.deepEqual(
    event_subscriptions.map((one: { created_source: string }) => one.created_source),
    ['default', 'openapi'],
  )
  assert.equal((await call('DELETE', `${base}/${portal.id}`)).body.code, 300)
})

test('an endpoint that fails its challenge, an unknown event, user or scope is not subscribed', async (t) => {
  const [zoom, endpoint] = await Promise.all([simulate(t), receive(t, 'another secret')])
  const call = await asApp(zoom)
  const good = { event_webhook_url: endpoint.url, events: ['meeting.created'], user_ids: ['ada@school.example'] }
  const wrong = [
    [good, 'event_webhook_url'],
    [{ ...good, events: ['meeting.eaten'] }, 'events.0'],
    [{ ...good, user_ids: [] }, 'user_ids'],
    [{ ...good, subscription_scope: 'planet' }, 'subscription_scope'],
  ] as const
  for (const [body, field] of wrong) {
    const answer = await call('POST', base, body)
    assert.deepEqual([answer.status, answer.body.errors?.[0].field], [400, field])
  }
  assert.equal((await call('POST', base, { ...good, user_ids: ['nobody@school.example'] })).body.code, 1001)
  assert.deepEqual((await zoom.control('GET', '/apps/sim-s2s')).subscriptions, [])
  assert.equal((await zoom.api('GET', base)).body.code, 4711)
})

test('a new client secret and the old one are both good until the old one is revoked', async (t) => {
  const zoom = await simulate(t)
  const scopes = ['marketplace:update:client_secret']
  await zoom.control('POST', '/apps', { client_id: 'turning', client_secret: 'old', type: 'server_to_server', scopes })
  const authorization = `Bearer ${await zoom.accessToken(['turning', 'old'])}`
  const rotate = (id: string) =>
    zoom.send('POST', `/v2/marketplace/apps/${id}/rotate_client_secret`, { action: 'new' }, { authorization })
  assert.equal((await rotate('sim-s2s')).body.code, 300)
  const { status, body } = await rotate('turning')
  assert.equal(status, 201)
  assert.deepEqual(differences(publishedSample('marketplace-apps-{appId}-rotate_client_secret_POST'), body), [])
  const accepted = async (secret: string): Promise<number> =>
    (await zoom.token({ grant_type: 'client_credentials' }, ['turning', secret])).status
  assert.deepEqual([await accepted('old'), await accepted(body.new_secret), await accepted('none')], [200, 200, 401])
  await zoom.control('POST', '/clock', { advance_s: 8 * 86_400 })
  assert.deepEqual([await accepted('old'), await accepted(body.new_secret)], [401, 200])
})

test("the log of webhooks has a row for every try, of the app's own events alone", async (t) => {
  const [zoom, endpoint] = await Promise.all([simulate(t), receive(t)])
  await zoom.control('POST', '/apps/sim-s2s/subscriptions', { url: endpoint.url, events: ['meeting.created'] })
  endpoint.state.answer = async () => 503
  await scheduleFor(zoom, 'ada@school.example')
  endpoint.state.answer = async () => 204
  await zoom.control('POST', '/clock', { advance_s: 301 })
  await zoom.control('POST', '/settle')
  const call = await asApp(zoom)
  const { body } = await call('GET', '/marketplace/apps/sim-s2s/webhook_logs?event=meeting.created')
  assert.deepEqual(
    body.webhook_logs.map((row: { retry_num: number; status: number }) => [row.retry_num, row.status]),
    [
      [0, 503],
      [1, 204],
    ],
  )
  assert.deepEqual(differences(publishedSample('marketplace-apps-{appId}-webhook_logs_GET'), body), [])
  assert.equal((await call('GET', '/marketplace/apps/sim-user-app/webhook_logs')).body.code, 300)
})
