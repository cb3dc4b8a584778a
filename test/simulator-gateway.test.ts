import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate } from './simulator-client.ts'

test('a call without a token, or with a made-up one, is 401 with code 124', async (t) => {
  const { send } = await simulate(t)
  for (const headers of [{}, { authorization: 'Bearer made-up' }, { authorization: 'Basic eDp5' }] as Record<
    string,
    string
  >[]) {
    const { status, body } = await send('GET', '/v2/users', undefined, headers)
    assert.deepEqual([status, body], [401, { code: 124, message: 'Invalid access token.' }])
  }
})

test('a token that is an hour old has expired', async (t) => {
  const { api, control } = await simulate(t)
  assert.equal((await api('GET', '/users')).status, 200)
  await control('POST', '/clock', { advance_s: 3601 })
  const { status, body } = await api('GET', '/users')
  assert.deepEqual([status, body], [401, { code: 124, message: 'Access token is expired.' }])
})

test('a granular app without any of the scopes is told which, with code 4711', async (t) => {
  const { api, control } = await simulate(t)
  await control('PATCH', '/apps/sim-s2s', { scopes: ['user:read:user:admin'] })
  const { status, body } = await api('GET', '/users/ada@school.example/meetings')
  assert.equal(status, 400)
  assert.deepEqual(body, {
    code: 4711,
    message:
      'Invalid access token, does not contain scopes:[meeting:read:list_meetings, meeting:read:list_meetings:admin, meeting:read:list_meetings:master].',
  })
})

test('a classic app is told the classic names, with code 4700', async (t) => {
  const { api, control } = await simulate(t)
  await control('PATCH', '/apps/sim-s2s', { scope_family: 'classic', scopes: ['user:read:admin'] })
  assert.equal((await api('GET', '/users')).status, 200)
  const { body } = await api('GET', '/users/ada@school.example/meetings')
  assert.equal(body.code, 4700)
  assert.match(body.message, /^Invalid access token, does not contain scopes: \[.*meeting:read:admin.*\]$/)
})

test('a classic app lists the files of a recording with a scope of recordings, not with one of telephones', async (t) => {
  const { accessToken, send, control } = await simulate(t)
  const listed = async (scope: string) => {
    await control('PATCH', '/apps/sim-s2s', { scope_family: 'classic', scopes: [scope] })
    const authorization = `Bearer ${await accessToken()}`
    return (await send('GET', '/v2/meetings/1/recordings', undefined, { authorization })).body.code
  }
  assert.equal(await listed('phone_recording:read:admin'), 4700)
  assert.equal(await listed('recording:read:admin'), 3301, 'there is no such recording')
})

test('a change of scopes holds for new tokens only', async (t) => {
  const { accessToken, send, control } = await simulate(t)
  const old = await accessToken()
  await control('PATCH', '/apps/sim-s2s', { scopes: [] })
  const use = async (token: string) =>
    (await send('GET', '/v2/users', undefined, { authorization: `Bearer ${token}` })).status
  assert.deepEqual([await use(old), await use(await accessToken())], [200, 400])
})

test('a user-managed app must say me: even its own id is refused as a missing scope', async (t) => {
  const { authorize, send } = await simulate(t)
  const { access_token } = await authorize('grace@school.example')
  const get = (path: string) => send('GET', `/v2${path}`, undefined, { authorization: `Bearer ${access_token}` })
  const me = await get('/users/me')
  assert.equal(me.body.email, 'grace@school.example')
  assert.equal((await get(`/users/${me.body.id}`)).body.code, 4711)
  assert.equal((await get('/users/grace@school.example/meetings')).body.code, 4711)
  assert.equal((await get('/users/me/meetings')).status, 200)
})

test("a user-managed app may not touch another's meeting", async (t) => {
  const { authorize, send, schedule } = await simulate(t)
  const meeting = await schedule()
  const { access_token } = await authorize('grace@school.example')
  const { status, body } = await send('GET', `/v2/meetings/${meeting.id}`, undefined, {
    authorization: `Bearer ${access_token}`,
  })
  assert.deepEqual([status, body.code], [400, 3003])
})

test('an admin-managed app may name anybody', async (t) => {
  const { authorize, send } = await simulate(t)
  const { access_token } = await authorize('ada@school.example', ['sim-admin-app', 'sim-admin-secret'])
  const grace = await send('GET', '/v2/users/grace@school.example', undefined, {
    authorization: `Bearer ${access_token}`,
  })
  assert.equal(grace.body.first_name, 'Grace')
})

test('every reply of the API carries a tracking id', async (t) => {
  const { api, send } = await simulate(t)
  for (const answer of [await api('GET', '/users'), await send('GET', '/v2/users'), await api('GET', '/nothing')]) {
    assert.match(answer.headers.get('x-zm-trackingid') ?? '', /^v=2\.0;clid=us02;rid=WEB_\w+$/)
  }
})

test("a path that Zoom does not have is 404 in Zoom's form", async (t) => {
  const { api } = await simulate(t)
  const { status, body } = await api('GET', '/no/such/thing')
  assert.deepEqual([status, body], [404, { code: 2300, message: 'This API endpoint is not recognized.' }])
})

test('what the simulator does not play says so instead of making something up', async (t) => {
  const { api } = await simulate(t)
  const { status, body } = await api('GET', '/zoom_events/hubs')
  assert.equal(status, 501)
  assert.equal(body.message, 'the simulator does not play GET /zoom_events/hubs yet')
})

test('a body that is no JSON object is refused, whatever its content type', async (t) => {
  const { api } = await simulate(t)
  for (const body of ['{', '[]', '"topic"', 'null']) {
    const answer = await api('POST', '/users/ada@school.example/meetings', body)
    assert.deepEqual(
      [answer.status, answer.body],
      [400, { code: 300, message: 'Request Body should be a valid JSON object.' }],
    )
  }
})

test('JSON is read without a content type, too', async (t) => {
  const { accessToken, url } = await simulate(t)
  const response = await fetch(`${url}/v2/users/ada@school.example/meetings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await accessToken()}` },
    body: Buffer.from('{"topic":"Without a type"}'),
  })
  assert.equal(response.status, 201)
  assert.equal(((await response.json()) as { topic: string }).topic, 'Without a type')
})

test('a body of more than a mebibyte is refused, told in advance or not', async (t) => {
  const { url } = await simulate(t)
  const large = 'x'.repeat(1024 * 1024 + 1)
  for (const body of [large, ReadableStream.from([Buffer.from(large)])]) {
    const response = await fetch(`${url}/v2/users`, { method: 'POST', body, duplex: 'half' } as RequestInit)
    assert.equal(response.status, 413)
  }
})
