import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { simulate } from './simulator-client.ts'

const basic = `Basic ${btoa('sim-s2s:sim-s2s-secret')}`
const s2s = 'grant_type=account_credentials&account_id=sim-account'

/** What comes back for these very bytes. */
async function raw(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(request)
  return text(socket)
}

test('a form that does not say that it is one is read as a form', async (t) => {
  const { send } = await simulate(t)
  const response = await send('POST', '/oauth/token', s2s, { authorization: basic, 'content-type': '' })
  assert.equal(response.status, 200)
})

test('JSON is no form: the grant type is missing', async (t) => {
  const { send } = await simulate(t)
  const headers = { authorization: basic, 'content-type': 'application/json' }
  const { status, body } = await send('POST', '/oauth/token', { grant_type: 'account_credentials' }, headers)
  assert.deepEqual([status, body], [400, { reason: 'Missing grant type', error: 'invalid_request' }])
})

test("a client of HTTP/1.0 that names no host gets the simulator's own address as api_url", async (t) => {
  const { url } = await simulate(t)
  const answer = await raw(url, `POST /oauth/token?${s2s} HTTP/1.0\r\nauthorization: ${basic}\r\n\r\n`)
  assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
  assert.ok(answer.includes(`"api_url":"${url}"`))
})

test('HEAD is answered as GET is, without the body', async (t) => {
  const { url, accessToken } = await simulate(t)
  const headers = `Host: x\r\nConnection: close\r\nAUTHORIZATION: bearer ${await accessToken()}\r\n`
  const [head = '', body] = (await raw(url, `HEAD /v2/users/me HTTP/1.1\r\n${headers}\r\n`)).split('\r\n\r\n')
  assert.match(head, /^HTTP\/1\.1 200 OK\r\n/)
  assert.match(head, /x-zm-trackingid: v=2\.0/)
  assert.equal(body, '')
})

test('an empty answer bears no length', async (t) => {
  const { api, schedule } = await simulate(t)
  const { status, headers } = await api('DELETE', `/meetings/${(await schedule()).id}`)
  assert.deepEqual([status, headers.get('content-length')], [204, null])
})

test('a slash at the end of a path changes nothing', async (t) => {
  const { api, send } = await simulate(t)
  assert.equal((await api('GET', '/users/')).body.users.length, 3)
  assert.equal((await send('POST', `/oauth/token/?${s2s}`, undefined, { authorization: basic })).status, 200)
})

test('empty paging parameters are none, and a page_number that is no number is refused', async (t) => {
  const { api } = await simulate(t)
  assert.equal((await api('GET', '/users?page_size=&next_page_token=&page_number=')).body.users.length, 3)
  assert.equal((await api('GET', '/users?page_size=1&page_number=3')).body.users[0].first_name, 'Alan')
  for (const page_number of ['x', '0', '-1', '1.5']) {
    const { status, body } = await api('GET', `/users?page_number=${page_number}`)
    assert.deepEqual([status, body.errors[0].field], [400, 'page_number'])
  }
})

test('numbers and flags may come as text, and a passcode as a number, unless that is switched off', async (t) => {
  const { api, control } = await simulate(t)
  const plan = { type: '2', duration: '45', password: 123456, settings: { host_video: 'true', jbh_time: '5' } }
  const create = () => api('POST', '/users/me/meetings', plan)
  const { body } = await create()
  assert.deepEqual([body.type, body.duration, body.password], [2, 45, '123456'])
  assert.deepEqual([body.settings.host_video, body.settings.jbh_time], [true, 5])
  await control('PATCH', '/settings', { values_as_text: false })
  const fields = (await create()).body.errors.map(({ field }: { field: string }) => field)
  assert.deepEqual(fields.toSorted(), ['duration', 'password', 'settings.host_video', 'settings.jbh_time', 'type'])
})

test('a null in a body is nothing said', async (t) => {
  const { schedule } = await simulate(t)
  const meeting = await schedule({ topic: null, agenda: null, recurrence: null, settings: { alternative_hosts: null } })
  assert.deepEqual([meeting.topic, meeting.agenda], ['Zoom Meeting', ''])
  assert.equal(meeting.settings.alternative_hosts, '')
})

test('a meeting without passcode and sign-in gets a waiting room, at once or by a change', async (t) => {
  const { api, schedule } = await simulate(t)
  const open = await schedule({ password: '', settings: { waiting_room: false } })
  assert.deepEqual([open.password, open.settings.waiting_room], ['', true])
  assert.ok(!open.join_url.includes('pwd='))
  const signedIn = await schedule({ password: '', settings: { meeting_authentication: true } })
  assert.equal(signedIn.settings.waiting_room, false)
  const closed = await schedule()
  assert.deepEqual([closed.password === '', closed.settings.waiting_room], [false, false])
  await api('PATCH', `/meetings/${closed.id}`, { password: '' })
  assert.equal((await api('GET', `/meetings/${closed.id}`)).body.settings.waiting_room, true)
})

test('consent sends the browser to the redirect_uri with code and state; PKCE wants its verifier', async (t) => {
  const { control, token } = await simulate(t)
  const code_verifier = 'a verifier of at least forty-three characters.'
  const code_challenge = createHash('sha256').update(code_verifier).digest('base64url')
  const redirect_uri = 'http://localhost:3000/callback?tenant=7'
  const asked = { client_id: 'sim-user-app', user: 'grace@school.example', redirect_uri, state: 'a&b', code_challenge }
  const { searchParams, origin } = new URL((await control('POST', '/consent', asked)).location)
  assert.deepEqual(
    [origin, searchParams.get('tenant'), searchParams.get('state')],
    ['http://localhost:3000', '7', 'a&b'],
  )
  const exchange = (more: Record<string, string>) =>
    token({ grant_type: 'authorization_code', code: searchParams.get('code') ?? '', redirect_uri, ...more }, [
      'sim-user-app',
      'sim-user-secret',
    ])
  const invalid = { reason: 'Invalid authorization code', error: 'invalid_grant' }
  assert.deepEqual((await exchange({})).body, invalid)
  assert.deepEqual((await exchange({ code_verifier: 'another' })).body, invalid)
  assert.equal((await exchange({ code_verifier })).status, 200)
})

test('an app with a list of redirect addresses is sent nowhere else', async (t) => {
  const { control, send } = await simulate(t)
  await control('PATCH', '/apps/sim-user-app', { redirect_uris: ['https://app.example/callback'] })
  const asked = { client_id: 'sim-user-app', user: 'grace@school.example', redirect_uri: 'https://app.example/other' }
  assert.equal((await send('POST', '/_/consent', asked)).status, 409)
})

test("a user's held meetings are reported between two days, those of one person left out", async (t) => {
  const { api, control, schedule } = await simulate(t)
  const hold = async (names: string[]) => {
    const { id } = await schedule()
    await control('POST', `/meetings/${id}/start`)
    for (const name of names) await control('POST', `/meetings/${id}/join`, { name })
    await control('POST', '/clock', { advance_s: 50 })
    return (await control('POST', `/meetings/${id}/end`)) as { uuid: string; start_time: string }
  }
  await hold(['Max'])
  const { uuid, start_time } = await hold(['Max', 'Mia'])
  const day = start_time.slice(0, 10)
  const { body } = await api('GET', `/report/users/ada@school.example/meetings?from=${day}&to=${day}`)
  assert.deepEqual([body.total_records, body.meetings[0].uuid, body.meetings[0].total_minutes], [1, uuid, 2])
  const wrong = ['', '?from=2026-01-01', '?from=2026-01-01&to=2026-03-01', '?from=x&to=2026-01-01']
  for (const query of wrong) assert.equal((await api('GET', `/report/users/me/meetings${query}`)).status, 400)
})

test('fifty clients at once each find their own meetings', async (t) => {
  const { control, schedule, api, accessToken } = await simulate(t)
  await accessToken()
  await control('PATCH', '/settings', { rate_limits: false })
  await api('GET', '/users')
  const topics = Array.from({ length: 50 }, (_, i) => `Course ${i}`)
  const found = await Promise.all(
    topics.map(async (topic) => (await api('GET', `/meetings/${(await schedule({ topic })).id}`)).body.topic),
  )
  assert.deepEqual(found, topics)
})
