import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { z } from 'zod'
import { Secret } from '#core/secret.ts'
import type { ZoomRequest } from '#zoom/client.ts'
import { request } from '#zoom/client.ts'
import { ZoomApiError, ZoomRateLimitError, ZoomUnreachableError } from '#zoom/errors.ts'
import { createMeeting, deleteMeeting, endMeeting, getMeeting, updateMeeting } from '#zoom/meetings.ts'
import { path } from '#zoom/path.ts'
import { getUser } from '#zoom/users.ts'
import { endWebinar, updateWebinar } from '#zoom/webinars.ts'
import { answering, clientOf } from './zoom-server.ts'

const ada = { id: 'usrAda0', email: 'ada@school.example', type: 2 }
const algebra = {
  id: 81234567890,
  uuid: 'aaaa==',
  topic: 'Algebra',
  type: 2,
  join_url: 'https://zoom.example/j/81234567890',
}
const get: ZoomRequest = { method: 'GET', path: path`/users/${'usrAda0'}` }
const busy = {
  status: 429,
  body: { code: 429, message: 'You have reached the maximum per-second rate limit for this API. Try again later.' },
  headers: { 'x-ratelimit-type': 'QPS' },
}

test('a call carries the bearer token, goes to /v2 and sends JSON', async (t) => {
  const zoom = await answering(t, { status: 201, body: algebra })
  const client = clientOf(zoom.origin)
  const meeting = await createMeeting(client, 'ada@school.example', { topic: 'Algebra', type: 2 })
  assert.equal(meeting.id, '81234567890')
  assert.deepEqual(zoom.received, [
    {
      method: 'POST',
      url: '/v2/users/ada%40school.example/meetings',
      authorization: 'Bearer one',
      body: '{"topic":"Algebra","type":2}',
    },
  ])
})

test('query values that are undefined are not sent', async (t) => {
  const zoom = await answering(t, { status: 204 })
  await deleteMeeting(clientOf(zoom.origin), '81234567890', {
    occurrence_id: '1767603600000',
    cancel_meeting_reminder: true,
  })
  assert.equal(
    zoom.received[0]?.url,
    '/v2/meetings/81234567890?occurrence_id=1767603600000&cancel_meeting_reminder=true',
  )
})

test('a meeting id of 64 bits arrives exact to the last digit', async (t) => {
  const body = '{"id":9223372036854775807,"topic":"Long","type":2}'
  const zoom = await answering(t, (response) => response.end(body))
  assert.equal((await getMeeting(clientOf(zoom.origin), '9223372036854775807')).id, '9223372036854775807')
})

test("Zoom's refusal comes with its code, words, fields and tracking id", async (t) => {
  const zoom = await answering(t, {
    status: 400,
    body: {
      code: 300,
      message: 'Validation Failed.',
      errors: [{ field: 'settings.jbh_time', message: 'Invalid parameter: jbh_time.' }],
    },
    headers: { 'x-zm-trackingid': 'v=2.0;clid=us02;rid=WEB_1' },
  })
  await assert.rejects(createMeeting(clientOf(zoom.origin), 'me', {}), (error: ZoomApiError) => {
    assert.ok(error instanceof ZoomApiError)
    assert.deepEqual(
      [error.status, error.code, error.reason, error.tracking_id],
      [400, 300, 'Validation Failed.', 'v=2.0;clid=us02;rid=WEB_1'],
    )
    assert.deepEqual(error.errors, [{ field: 'settings.jbh_time', message: 'Invalid parameter: jbh_time.' }])
    assert.match(error.message, /^Zoom 300: Validation Failed\. settings\.jbh_time: Invalid parameter/)
    return true
  })
})

test('an error that comes as 200 is an error', async (t) => {
  const zoom = await answering(t, { status: 200, body: { code: 200, message: 'Webinar plan is missing.' } })
  await assert.rejects(updateWebinar(clientOf(zoom.origin), '123', { topic: 'x' }), {
    name: 'ZoomApiError',
    status: 200,
    code: 200,
  })
})

test('an empty 200 where Zoom documents 204 is an error', async (t) => {
  const zoom = await answering(t, { status: 200 })
  await assert.rejects(updateWebinar(clientOf(zoom.origin), '123', { topic: 'x' }), {
    name: 'ZoomApiError',
    status: 200,
    code: 0,
  })
})

test('a page of HTML is told by its title', async (t) => {
  const zoom = await answering(t, {
    status: 400,
    body: '<html><head><title>Attention Required!</title></head><body>no</body></html>',
  })
  await assert.rejects(
    getUser(clientOf(zoom.origin), 'me'),
    /HTTP 400 with text\/html instead of JSON: "Attention Required!"/,
  )
})

test('HTML that comes as 200 is an error, too', async (t) => {
  const zoom = await answering(t, { status: 200, body: '<title>Sign in to the wireless network</title>' })
  await assert.rejects(getUser(clientOf(zoom.origin), 'me'), /instead of JSON: "Sign in to the wireless network"/)
})

test('a redirect is not followed', async (t) => {
  const zoom = await answering(t, { status: 302, headers: { location: 'http://127.0.0.1:9/' } })
  await assert.rejects(getUser(clientOf(zoom.origin), 'me'), { name: 'ZoomApiError', status: 302 })
  assert.equal(zoom.received.length, 1)
})

test('a reply that is not what Zoom documents names the field', async (t) => {
  const zoom = await answering(t, { status: 200, body: { ...ada, type: 'Licensed' } })
  await assert.rejects(getUser(clientOf(zoom.origin), 'me'), {
    name: 'ZoomApiError',
    status: 200,
    message: /not what Zoom documents.*type/,
  })
})

test('a refused token is replaced once, and a POST is sent again with the new one', async (t) => {
  const zoom = await answering(
    t,
    { status: 401, body: { code: 124, message: 'Access token is expired.' } },
    { status: 201, body: algebra },
  )
  assert.equal((await createMeeting(clientOf(zoom.origin), 'me', {})).id, '81234567890')
  assert.deepEqual(
    zoom.received.map((call) => call.authorization),
    ['Bearer one', 'Bearer two'],
  )
})

test('a second refused token is final', async (t) => {
  const zoom = await answering(t, { status: 401, body: { code: 124, message: 'Invalid access token.' } })
  await assert.rejects(getUser(clientOf(zoom.origin), 'me'), { name: 'ZoomApiError', status: 401, code: 124 })
  assert.equal(zoom.received.length, 2)
})

test('a 401 that is not about the token is not tried again', async (t) => {
  const zoom = await answering(t, {
    status: 401,
    body: { code: 1010, message: 'User does not belong to this account.' },
  })
  await assert.rejects(getUser(clientOf(zoom.origin), 'me'), { code: 1010 })
  assert.equal(zoom.received.length, 1)
})

test('a GET is repeated when Zoom is in trouble, with growing pauses', async (t) => {
  const zoom = await answering(
    t,
    { status: 502, body: '<h1>Bad gateway</h1>' },
    { status: 500, body: {} },
    { status: 200, body: ada },
  )
  const client = clientOf(zoom.origin)
  assert.equal((await getUser(client, 'me')).email, 'ada@school.example')
  assert.deepEqual(client.waits, [1000, 2000])
  assert.deepEqual(
    client.calls.map((call) => call.status),
    [502, 500, 200],
  )
})

test('trouble that lasts is reported after three tries', async (t) => {
  const zoom = await answering(t, { status: 503, body: { code: 5000, message: 'Try later' } })
  await assert.rejects(getUser(clientOf(zoom.origin), 'me'), { name: 'ZoomApiError', status: 503, code: 5000 })
  assert.equal(zoom.received.length, 3)
})

for (const { verb, call } of [
  { verb: 'PATCH', call: (client: ReturnType<typeof clientOf>) => updateMeeting(client, '123456789', { topic: 'x' }) },
  { verb: 'PUT', call: (client: ReturnType<typeof clientOf>) => endMeeting(client, '123456789') },
]) {
  test(`a ${verb} is repeated when Zoom is in trouble`, async (t) => {
    const zoom = await answering(t, { status: 500 }, { status: 204 })
    await call(clientOf(zoom.origin))
    assert.deepEqual(
      zoom.received.map(({ method }) => method),
      [verb, verb],
    )
  })
}

test('a DELETE whose first try was carried out in silence has succeeded when the second finds nothing', async (t) => {
  const zoom = await answering(t, (response) => response.destroy(), {
    status: 404,
    body: { code: 3001, message: 'Meeting does not exist: 1.' },
  })
  await deleteMeeting(clientOf(zoom.origin), '123456789')
  assert.equal(zoom.received.length, 2)
})

test('the same holds when Zoom was in trouble the first time, and not when it turned the call away', async (t) => {
  const gone = { status: 404, body: { code: 3001, message: 'Meeting does not exist: 1.' } }
  const troubled = await answering(t, { status: 500 }, gone)
  await deleteMeeting(clientOf(troubled.origin), '123456789')
  const turnedAway = await answering(t, busy, gone)
  await assert.rejects(deleteMeeting(clientOf(turnedAway.origin), '123456789'), { code: 3001 })
})

test('a DELETE of nothing is an error at the first try', async (t) => {
  const zoom = await answering(t, { status: 404, body: { code: 3001, message: 'Meeting does not exist: 1.' } })
  await assert.rejects(deleteMeeting(clientOf(zoom.origin), '123456789'), { code: 3001 })
})

for (const { what, answer, expected } of [
  { what: 'trouble at Zoom', answer: { status: 500, body: {} }, expected: { name: 'ZoomApiError', status: 500 } },
  {
    what: 'a broken connection',
    answer: (response: { destroy(): void }) => response.destroy(),
    expected: { name: 'ZoomUnreachableError', outcome: 'unknown' },
  },
]) {
  test(`a POST is never sent again after ${what}`, async (t) => {
    const zoom = await answering(t, answer)
    await assert.rejects(createMeeting(clientOf(zoom.origin), 'me', {}), expected)
    assert.equal(zoom.received.length, 1)
  })
}

test('silence ends after the time limit, and its outcome is unknown', async (t) => {
  const zoom = await answering(t, () => {})
  const client = { ...clientOf(zoom.origin), timeout_ms: 60 }
  await assert.rejects(createMeeting(client, 'me', {}), (error: ZoomUnreachableError) => {
    assert.ok(error instanceof ZoomUnreachableError)
    assert.equal(error.outcome, 'unknown')
    assert.match(error.message, /did not answer within 0.06 seconds/)
    return true
  })
})

test('a body that never ends counts as silence', async (t) => {
  const zoom = await answering(t, (response) => response.writeHead(200).write('{"id":'))
  await assert.rejects(createMeeting({ ...clientOf(zoom.origin), timeout_ms: 60 }, 'me', {}), {
    name: 'ZoomUnreachableError',
    outcome: 'unknown',
  })
})

test('a refused connection was not sent', async () => {
  const client = clientOf(`http://127.0.0.1:${await closedPort()}`)
  await assert.rejects(createMeeting(client, 'me', {}), { name: 'ZoomUnreachableError', outcome: 'not_sent' })
  assert.equal(client.calls[0]?.status, 0)
})

test('a name without an address was not sent', async () => {
  await assert.rejects(createMeeting(clientOf('http://zoom.invalid'), 'me', {}), {
    name: 'ZoomUnreachableError',
    outcome: 'not_sent',
  })
})

test('a per-second limit without a time is waited out, for a POST, too: a refused call was not carried out', async (t) => {
  const zoom = await answering(t, busy, { status: 201, body: algebra })
  const client = clientOf(zoom.origin)
  await createMeeting(client, 'me', {})
  assert.deepEqual(client.waits, [1000])
})

test('a user who is being changed by another call is waited for a little, and is no limit of the account', async (t) => {
  const message = 'Too many concurrent requests. A request to disassociate this user has already been made.'
  const locked = { status: 429, body: { code: 429, message } }
  const zoom = await answering(t, locked, { status: 200, body: ada })
  const client = clientOf(zoom.origin)
  await getUser(client, 'me')
  assert.deepEqual(client.waits, [1000])
  const lasting = await answering(t, locked)
  await assert.rejects(getUser(clientOf(lasting.origin), 'me'), { limit: 'concurrent', retry_at: undefined })
})

test('a limit that lasts is thrown after three tries', async (t) => {
  const zoom = await answering(t, busy)
  await assert.rejects(request(clientOf(zoom.origin), get, z.unknown()), {
    name: 'ZoomRateLimitError',
    limit: 'per_second',
    retry_at: undefined,
  })
  assert.equal(zoom.received.length, 3)
})

const now = Date.UTC(2026, 0, 5, 9)
for (const [what, header, wait] of [
  ['seconds', '3', 3000],
  ['an ISO date', '2026-01-05T09:00:04Z', 4000],
  ['an HTTP date', 'Mon, 05 Jan 2026 09:00:05 GMT', 5000],
] as const) {
  test(`Retry-After is understood as ${what}`, async (t) => {
    const zoom = await answering(t, { ...busy, headers: { 'retry-after': header } }, { status: 200, body: ada })
    const client = clientOf(zoom.origin, now)
    await getUser(client, 'me')
    assert.deepEqual(client.waits, [wait])
  })
}

test('a Retry-After that is too far away is not waited for', async (t) => {
  const zoom = await answering(t, { ...busy, headers: { 'retry-after': '60' } })
  await assert.rejects(getUser(clientOf(zoom.origin, now), 'me'), { limit: 'per_second', retry_at: now + 60_000 })
  assert.equal(zoom.received.length, 1)
})

test("the account's daily limit is thrown at once, with Zoom's time", async (t) => {
  const zoom = await answering(t, {
    status: 429,
    body: { code: 429, message: 'You have reached the maximum daily rate limit for this API.' },
    headers: { 'x-ratelimit-type': 'Daily-limit', 'retry-after': '2026-01-06T00:00:00Z' },
  })
  await assert.rejects(getUser(clientOf(zoom.origin, now), 'me'), (error: ZoomRateLimitError) => {
    assert.ok(error instanceof ZoomRateLimitError)
    assert.deepEqual([error.limit, error.retry_at], ['per_day', Date.UTC(2026, 0, 6)])
    return true
  })
  assert.equal(zoom.received.length, 1)
})

for (const message of [
  'You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.',
  'A maximum of (100) webinars can be created and updated for a single user in one day.',
]) {
  test(`a host's own limit lasts to midnight in Greenwich: ${message.slice(0, 40)}…`, async (t) => {
    const zoom = await answering(t, { status: 429, body: { code: 429, message } })
    await assert.rejects(createMeeting(clientOf(zoom.origin, now), 'me', {}), {
      limit: 'per_user_per_day',
      retry_at: Date.UTC(2026, 0, 6),
    })
    assert.equal(zoom.received.length, 1)
  })
}

for (const { told, headers, message } of [
  { told: 'its header', headers: { 'x-ratelimit-type': 'Daily-limit' }, message: 'Try again later.' },
  { told: 'its words', headers: {}, message: 'You have reached the maximum daily rate limit for this API.' },
]) {
  test(`a daily limit is known by ${told} alone, and without a time it ends at midnight in Greenwich`, async (t) => {
    const zoom = await answering(t, { status: 429, body: { code: 429, message }, headers })
    await assert.rejects(getUser(clientOf(zoom.origin, now), 'me'), {
      limit: 'per_day',
      retry_at: Date.UTC(2026, 0, 6),
    })
    assert.equal(zoom.received.length, 1)
  })
}

test('a daily limit is not waited for, even when midnight is near', async (t) => {
  const body = {
    code: 429,
    message: 'A maximum of (100) webinars can be created and updated for a single user in one day.',
  }
  const zoom = await answering(t, { status: 429, body })
  const client = clientOf(zoom.origin, Date.UTC(2026, 0, 5, 23, 59, 59))
  await assert.rejects(createMeeting(client, 'me', {}), { limit: 'per_user_per_day', retry_at: Date.UTC(2026, 0, 6) })
  assert.deepEqual(client.waits, [])
})

test('a per-second limit may say when it ends in a header of its own', async (t) => {
  const zoom = await answering(
    t,
    { ...busy, headers: { 'x-ratelimit-reset': String(now / 1000 + 2) } },
    { status: 200, body: ada },
  )
  const client = clientOf(zoom.origin, now)
  await getUser(client, 'me')
  assert.deepEqual(client.waits, [2000])
})

test('a webinar is ended by a PUT whose reply is of no interest', async (t) => {
  const zoom = await answering(t, { status: 200, body: {} })
  await endWebinar(clientOf(zoom.origin), '123456789')
  assert.deepEqual(zoom.received[0], {
    method: 'PUT',
    url: '/v2/webinars/123456789/status',
    authorization: 'Bearer one',
    body: '{"action":"end"}',
  })
})

test('every request is told with its label and rate, and without ids', async (t) => {
  const headers = {
    'x-ratelimit-category': 'Light',
    'x-ratelimit-limit': '80',
    'x-ratelimit-remaining': '79',
    'x-zm-trackingid': 'rid=1',
  }
  const zoom = await answering(t, { status: 200, body: ada, headers })
  const client = clientOf(zoom.origin)
  await getUser(client, 'ada@school.example')
  assert.deepEqual(client.calls, [
    {
      method: 'GET',
      path: '/users/{userId}',
      status: 200,
      label: 'light',
      duration_ms: 0,
      rate: { category: 'Light', limit: 80, remaining: 79 },
      tracking_id: 'rid=1',
    },
  ])
})

test('a token is not sent where a reply points, only within the base that the app was entered with', async (t) => {
  const zoom = await answering(t, { status: 200, body: ada })
  const elsewhere = await answering(t, { status: 200, body: ada })
  const client = {
    ...clientOf(zoom.origin),
    accessToken: async () => ({ access_token: new Secret('one'), api_url: elsewhere.origin }),
  }
  await getUser(client, 'me')
  assert.equal(zoom.received.length, 1)
  assert.equal(elsewhere.received.length, 0)
})

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
