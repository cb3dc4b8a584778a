import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { z } from 'zod'
import { ConflictError, ForbiddenError, InputError, NotFoundError, UnavailableError } from '#core/errors.ts'
import type { ProblemBody } from '#http/problem.ts'
import { createHttp } from '#http/server.ts'
import type { Route } from '#hub/integration.ts'
import { ZoomApiError, ZoomRateLimitError, ZoomUnreachableError } from '#zoom/errors.ts'
import { bearer, httpHub, json } from './http-hub.ts'

const refusal = { status: 400, code: 300, reason: 'Validation Failed.', errors: [], tracking_id: undefined }

const thrown = {
  input: [new InputError('a is wrong', [{ field: 'a', message: 'is wrong' }]), 422],
  forbidden: [new ForbiddenError('needs admin'), 403],
  missing: [new NotFoundError('no such meeting'), 404],
  conflict: [new ConflictError('is here already'), 409],
  later: [new UnavailableError('the database rests', 7), 503],
  refused: [new ZoomApiError(refusal), 502],
  limited: [new ZoomRateLimitError({ ...refusal, status: 429 }, 'per_second', Date.now() + 3000), 503],
  unreachable: [new ZoomUnreachableError('Zoom did not answer', 'unknown'), 502],
  unforeseen: [new Error('password=hunter2 in select * from secrets'), 500],
} as const satisfies Record<string, [Error, number]>

const throwing = Object.entries(thrown).map(([name, [error]]): Route => ({
  method: 'GET',
  path: `/throws/${name}`,
  auth: 'public',
  handle: async () => {
    throw error
  },
}))
const leaking: Route = {
  method: 'GET',
  path: '/leaks',
  auth: 'public',
  schema: { summary: 'Says less than it knows', response: { 200: z.object({ shown: z.string() }) } },
  handle: async () => ({ status: 200, body: { shown: 'yes', secret: 'no' } }),
}
const inFrames: Route = {
  method: 'GET',
  path: '/framed',
  auth: 'public',
  frame: true,
  handle: async () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<p>here</p>' }),
}
const bytes: Route = {
  method: 'POST',
  path: '/bytes',
  auth: 'public',
  rawBody: true,
  handle: async ({ raw }) => ({ status: 200, body: Buffer.from(raw).toString('hex') }),
}

const on = await httpHub({ after }, { routes: [...throwing, leaking, inFrames, bytes] })

for (const [name, [error, status]] of Object.entries(thrown)) {
  test(`an error of the kind “${name}” is a ${status} problem without a stack trace`, async () => {
    const answer = await on.get(`/throws/${name}`)
    assert.equal(answer.status, status)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
    const text = await answer.text()
    const problem = JSON.parse(text)
    assert.equal(problem.status, status)
    assert.match(problem.type, /^urn:greenroom:problem:[a-z-]+$/)
    assert.ok(problem.title)
    assert.doesNotMatch(text, /\.ts:\d+|node:internal|hunter2/)
    if (status !== 500) assert.equal(problem.detail, error.message)
  })
}

test('whoever must wait is told how many seconds', async () => {
  assert.equal((await on.get('/throws/later')).headers.get('retry-after'), '7')
  assert.match((await on.get('/throws/limited')).headers.get('retry-after') ?? '', /^[123]$/)
})

test('what was not foreseen is logged with its words', async () => {
  await on.get('/throws/unforeseen')
  assert.ok(on.logged.some((line) => line.includes('hunter2')))
})

test('each wrong field of a body is named: missing, unknown, of the wrong type', async () => {
  const answer = await on.send('POST', '/api/v1/meetings', {
    topic: 7,
    colour: 'red',
    settings: { jbh_time: 5 },
    recurrence: { type: 9, often: true },
  })
  assert.equal(answer.status, 422)
  const { errors = [] } = await json<ProblemBody>(answer)
  const said = (field: string) => errors.find((error) => error.field === field)?.message
  assert.equal(said('host'), 'is missing')
  assert.match(said('topic') ?? '', /expected string/)
  assert.equal(said('colour'), 'is not known here')
  assert.equal(said('recurrence.often'), 'is not known here')
  assert.match(said('recurrence.type') ?? '', /expected 1/)
  assert.equal(errors.length, 5)
})

test('__proto__ in a body is an unknown field and changes nothing', async () => {
  const answer = await on.send(
    'POST',
    '/api/v1/meetings',
    '{"host":"ada@school.example","topic":"x","__proto__":{"admin":true}}',
  )
  assert.equal(answer.status, 422)
  assert.deepEqual((await json<ProblemBody>(answer)).errors, [{ field: '__proto__', message: 'is not known here' }])
  assert.equal(({} as { admin?: boolean }).admin, undefined)
})

test('an unknown query parameter is named', async () => {
  const answer = await on.get('/api/v1/meetings?stat=gone&limit=0')
  assert.equal(answer.status, 422)
  assert.deepEqual((await json<ProblemBody>(answer)).errors?.map(({ field }) => field).sort(), ['limit', 'stat'])
})

test('a body that is missing is named', async () => {
  const answer = await on.send('POST', '/api/v1/meetings', '')
  assert.equal(answer.status, 422)
  assert.deepEqual((await json<ProblemBody>(answer)).errors, [{ field: 'body', message: 'is missing' }])
})

test('the character NUL is refused wherever it stands, and what only looks like it is not', async () => {
  assert.equal((await on.get('/api/v1/meetings?q=a%00b')).status, 422)
  assert.equal((await on.get('/api/v1/meetings/mtg_%00')).status, 422)
  const app = { kind: 'server_to_server', client_id: 'b', client_secret: 'c', account_id: 'd' }
  const sent = await on.send('POST', '/api/v1/zoom_apps', { ...app, name: 'a\0b' })
  assert.equal(sent.status, 422)
  assert.match((await json<ProblemBody>(sent)).detail ?? '', /NUL/)
  assert.equal((await on.send('POST', '/api/v1/zoom_apps', { ...app, name: String.raw`a\u0000b` })).status, 503)
})

const bodies = [
  ['that is no JSON is 400', '{"topic":', 'application/json', 400],
  ['that is nested a thousand levels deep is 400', `${'['.repeat(1000)}${']'.repeat(1000)}`, 'application/json', 400],
  ['that is not UTF-8 is 400', Buffer.from([0x22, 0xff, 0x22]), 'application/json', 400],
  ['of more than 1 MiB is 413', `"${'x'.repeat(1024 * 1024)}"`, 'application/json', 413],
  ['that is no application/json is 415', 'topic=x', 'application/x-www-form-urlencoded', 415],
] as const

for (const [title, body, type, status] of bodies) {
  test(`a body ${title}`, async () => {
    const headers = { ...bearer(on.keys.owner), 'content-type': type }
    const answer = await fetch(`${on.url}/api/v1/meetings`, { method: 'POST', headers, body })
    assert.equal(answer.status, status)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
    assert.equal((await json<ProblemBody>(answer)).status, status)
  })
}

test('a path that nothing answers is a 404 problem', async () => {
  const answer = await on.get('/api/v1/nothing')
  assert.equal(answer.status, 404)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
})

test('a method that a path does not know is 405 and names those it knows', async () => {
  const answer = await on.send('PUT', '/api/v1/meetings/mtg_1', {})
  assert.equal(answer.status, 405)
  assert.deepEqual((answer.headers.get('allow') ?? '').split(', ').sort(), ['DELETE', 'GET', 'HEAD', 'PATCH'])
})

test('what the schema of an answer does not name is not sent', async () => {
  assert.deepEqual(await (await on.get('/leaks')).json(), { shown: 'yes' })
})

test('an answer may not be kept, framed or taken for something else', async () => {
  const { headers } = await on.get('/api/v1/me')
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('x-frame-options'), 'DENY')
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
})

test('a route that is meant for frames may be framed, and still runs no scripts unless it says so', async () => {
  const { headers } = await on.get('/framed')
  assert.equal(headers.get('x-frame-options'), null)
  assert.equal(headers.get('content-security-policy'), "default-src 'none'; base-uri 'none'; form-action 'none'")
})

test('a route that asks for the exact bytes gets them, whatever they are called', async () => {
  const send = (type: string) =>
    fetch(`${on.url}/bytes`, { method: 'POST', body: Buffer.from([0xff, 0x00]), headers: { 'content-type': type } })
  for (const type of ['application/json', 'application/x-www-form-urlencoded'])
    assert.equal(await (await send(type)).text(), 'ff00')
})

test('whoever asks too often is told to wait, signed in or not', async (t) => {
  const http = await createHttp(on.hub, { routes: [], signIn: on.signIn, console: '/nowhere', requestsPerMinute: 2 })
  t.after(() => http.close())
  const { url } = await http.listen(0, '127.0.0.1')
  const ask = () => fetch(`${url}/api/v1/me`)
  assert.deepEqual([(await ask()).status, (await ask()).status], [401, 401])
  const answer = await ask()
  assert.equal(answer.status, 429)
  assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
  assert.equal((await json<ProblemBody>(answer)).title, 'Too Many Requests')
})
