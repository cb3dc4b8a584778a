import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulatorTime, type Json } from './simulator-client.ts'

test('every request under /oauth and /v2 is remembered with app, label and status, and counted', async (t) => {
  const { api, control, send, schedule } = await simulate(t)
  await schedule()
  await api('GET', '/users/nobody@school.example?x=1')
  await send('GET', '/v2/users')
  const { counts, calls } = await control('GET', '/calls')
  assert.deepEqual(counts, { total: 4, oauth: 1, v2: 3, by_label: { medium: 2, light: 1 } })
  assert.deepEqual(
    calls.map(({ method, path, query, operation, label, app, status }: Json) => [
      method,
      path,
      query,
      operation,
      label,
      app,
      status,
    ]),
    [
      ['POST', '/oauth/token', '', undefined, undefined, 'sim-s2s', 200],
      ['POST', '/v2/users/ada@school.example/meetings', '', 'meetingCreate', 'medium', 'sim-s2s', 201],
      ['GET', '/v2/users/nobody@school.example', 'x=1', 'user', 'light', 'sim-s2s', 404],
      ['GET', '/v2/users', '', 'users', 'medium', undefined, 401],
    ],
  )
  assert.equal((await control('GET', '/calls?label=light')).calls.length, 1)
  await control('DELETE', '/calls')
  assert.equal((await control('GET', '/calls')).counts.total, 0)
})

test('a secret in a query is not kept in the list of calls', async (t) => {
  const { send, control } = await simulate(t)
  await send('POST', '/oauth/token?grant_type=client_credentials&client_id=sim-s2s&client_secret=sim-s2s-secret')
  const { calls } = await control('GET', '/calls')
  assert.deepEqual([calls[0].app, calls[0].status], ['sim-s2s', 200])
  assert.ok(!JSON.stringify(calls).includes('sim-s2s-secret'))
})

test('a fault answers instead of Zoom, as often as it was told to', async (t) => {
  const { api, control, schedule } = await simulate(t)
  const meeting = await schedule()
  const action = { status: 503, headers: { 'retry-after': '2' }, body: '<html>busy</html>' }
  await control('POST', '/faults', { match: { method: 'GET', path: '/v2/meetings/{meetingId}' }, action, times: 2 })
  for (let i = 0; i < 2; i++) {
    const { status, headers, body } = await api('GET', `/meetings/${meeting.id}`)
    assert.deepEqual([status, headers.get('retry-after'), body], [503, '2', '<html>busy</html>'])
  }
  assert.equal((await api('GET', `/meetings/${meeting.id}`)).status, 200)
  assert.equal((await control('GET', '/faults')).faults[0].used, 2)
})

test('a fault may match an app alone, and be taken away', async (t) => {
  const { token, control } = await simulate(t)
  const fault = await control('POST', '/faults', {
    match: { app: 'sim-s2s' },
    action: { status: 500, body: {} },
    times: null,
  })
  const s2s = { grant_type: 'account_credentials', account_id: 'sim-account' }
  assert.equal((await token(s2s)).status, 500)
  assert.equal((await token(s2s)).status, 500)
  assert.equal((await token({ grant_type: 'client_credentials' }, ['sim-user-app', 'sim-user-secret'])).status, 200)
  await control('DELETE', `/faults/${fault.id}`)
  assert.equal((await token(s2s)).status, 200)
})

test('a cut connection loses the request, or only the reply to it', async (t) => {
  const { api, control } = await simulate(t)
  await api('GET', '/users')
  const meetings = async () => (await control('GET', '/meetings')).meetings.length
  for (const [drop, made] of [
    ['before', 0],
    ['after', 1],
  ]) {
    await control('POST', '/faults', { match: { method: 'POST' }, action: { drop } })
    await assert.rejects(api('POST', '/users/ada@school.example/meetings', {}))
    assert.equal(await meetings(), made)
  }
  const { calls } = await control('GET', '/calls')
  assert.equal(calls.at(-1).status, 0)
})

test('a fault may delay an answer, or add a header to it', async (t) => {
  const { api, control } = await simulate(t)
  await control('POST', '/faults', { match: { path: '/v2/*' }, action: { delay_ms: 200, headers: { 'x-odd': '1' } } })
  const began = performance.now()
  const { status, headers } = await api('GET', '/users')
  assert.ok(performance.now() - began >= 200)
  assert.deepEqual([status, headers.get('x-odd')], [200, '1'])
})

test('the clock moves both ways and takes what the API tells with it', async (t) => {
  const { control, schedule } = await simulate(t)
  await control('POST', '/clock', { advance_s: -86_400 })
  const { created_at } = await schedule()
  assert.ok(Math.abs(Date.parse(created_at) - (Date.now() - 86_400_000)) < 60_000)
  const { offset_s } = await control('POST', '/clock', { advance_s: 86_400 })
  assert.equal(offset_s, 0)
})

test('HTTP dates stay on the real clock', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('POST', '/clock', { advance_s: 3600 })
  const { headers } = await zoom.send('GET', '/v2/users')
  assert.ok(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now()) < 10_000)
  assert.ok((await simulatorTime(zoom)) - Date.now() > 3_500_000)
})

test('a reset brings back the seed and forgets the rest', async (t) => {
  const { control, schedule, accessToken, send } = await simulate(t)
  await schedule()
  const token = await accessToken()
  await control('POST', '/people', { email: 'mary@school.example' })
  await control('PATCH', '/apps/sim-s2s', { activated: false })
  await control('PATCH', '/settings', { plan: 'free' })
  await control('POST', '/clock', { advance_s: 1000 })
  await control('POST', '/reset')
  assert.equal((await control('GET', '/people')).people.length, 3)
  assert.deepEqual((await control('GET', '/meetings')).meetings, [])
  assert.equal((await control('GET', '/settings')).plan, 'business')
  assert.equal((await control('GET', '/clock')).offset_s, 0)
  assert.equal((await control('GET', '/calls')).counts.total, 0)
  assert.equal((await send('GET', '/v2/users', undefined, { authorization: `Bearer ${token}` })).status, 401)
  assert.match(await accessToken(), /^eyJ/)
})

test('people, apps and meetings can be added beyond the seed', async (t) => {
  const { control, accessToken, api } = await simulate(t)
  const mary = await control('POST', '/people', { email: 'mary@school.example', type: 2, timezone: 'Asia/Tokyo' })
  assert.deepEqual([mary.type, mary.timezone], [2, 'Asia/Tokyo'])
  await control('POST', '/apps', {
    client_id: 'mine',
    client_secret: 'secret',
    type: 'server_to_server',
    scopes: ['user:read:user:admin'],
  })
  assert.match(await accessToken(['mine', 'secret']), /^eyJ/)
  const meeting = await control('POST', '/meetings', {
    host: 'mary@school.example',
    topic: 'By hand',
    start_time: '2030-01-01T00:00:00Z',
  })
  assert.deepEqual([meeting.creation_source, meeting.timezone], ['web_portal', 'Asia/Tokyo'])
  assert.equal((await api('GET', `/meetings/${meeting.id}`)).body.topic, 'By hand')
})

test('a server-to-server app has no page Embed, so no Meeting SDK', async (t) => {
  const zoom = await simulate(t)
  const of = { client_id: 'second', client_secret: 'x', meeting_sdk: true }
  assert.equal((await zoom.send('POST', '/_/apps', of)).status, 400)
  assert.equal((await zoom.send('PATCH', '/_/apps/sim-s2s', { meeting_sdk: true })).status, 400)
  assert.equal((await zoom.send('POST', '/_/apps', { ...of, type: 'admin_managed' })).status, 201)
})

test('what is wrong with a control request is said in a sentence', async (t) => {
  const { send } = await simulate(t)
  const error = async (method: string, path: string, body?: unknown) => {
    const answer = await send(method, `/_${path}`, body)
    return [answer.status, answer.body.error]
  }
  assert.deepEqual(await error('POST', '/meetings/1/start'), [404, 'there is no meeting 1'])
  assert.deepEqual(await error('PUT', '/clock'), [405, '/_/clock knows GET, POST'])
  assert.deepEqual(await error('GET', '/nothing'), [404, 'there is no /_/nothing; see /_/openapi.json'])
  assert.deepEqual(await error('POST', '/clock', '{'), [400, 'the body is not JSON'])
  const [status, message] = await error('PATCH', '/settings', { plan: 'gold', colour: 1 })
  assert.equal(status, 422)
  assert.match(message, /plan: .*colour/)
})

test('the control API describes itself in OpenAPI 3.1, with every route and body', async (t) => {
  const { control } = await simulate(t)
  const { openapi, paths } = await control('GET', '/openapi.json')
  assert.equal(openapi, '3.1.0')
  const join = paths['/_/meetings/{id}/join'].post
  const { schema } = join.requestBody.content['application/json']
  assert.deepEqual(Object.keys(schema.properties), ['name', 'email', 'registrant_id', 'customer_key'])
  assert.deepEqual(schema.required, ['name'])
  assert.deepEqual(
    join.parameters.filter((one: Json) => one.in === 'path').map(({ name }: Json) => name),
    ['id'],
  )
  for (const path of [
    '/_/people',
    '/_/apps/{client_id}/subscriptions',
    '/_/faults',
    '/_/clock',
    '/_/calls',
    '/_/settings',
  ]) {
    assert.ok(path in paths, path)
  }
})

test('the page at / asks nobody else for anything', async (t) => {
  const { send } = await simulate(t)
  const { status, headers, body } = await send('GET', '/')
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /^text\/html/)
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'; connect-src 'self'/)
  assert.doesNotMatch(body, /(?:src|href)="https?:/)
})

test('what is nowhere is 404', async (t) => {
  const { send } = await simulate(t)
  assert.equal((await send('GET', '/favicon.ico')).status, 404)
})
