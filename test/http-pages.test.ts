import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { ConfigError } from '#core/errors.ts'
import { apiRoutes } from '#http/api/routes.ts'
import type { OpenApi } from '#http/openapi.ts'
import { withoutBase } from '#http/public-url.ts'
import { createHttp } from '#http/server.ts'
import { httpHub, json } from './http-hub.ts'

const parent = await mkdtemp(join(tmpdir(), 'greenroom console '))
const folder = join(parent, 'dist')
await mkdir(join(folder, 'assets'), { recursive: true })
await writeFile(join(parent, 'secret.txt'), 'hunter2')
await writeFile(
  join(folder, 'index.html'),
  '<base href="__BASE__"><script nonce="__NONCE__"></script><style nonce="__NONCE__"></style>',
)
await writeFile(join(folder, 'assets', 'index-1.js'), 'export {}')
after(() => rm(parent, { recursive: true }))

const on = await httpHub({ after }, { console: folder })
const below = await httpHub({ after }, { subPath: '/greenroom' })
const csp = (answer: Response) => answer.headers.get('content-security-policy') ?? ''

test('/ leads to the console', async () => {
  const answer = await on.get('/', {})
  assert.equal(answer.status, 302)
  assert.equal(answer.headers.get('location'), '/console/')
})

for (const path of ['/console/', '/console/meetings/mtg_1?tab=sessions', '/console/sign-in']) {
  test(`${path} is the console’s page with a nonce of its own`, async () => {
    const [one, two] = [await on.get(path, {}), await on.get(path, {})]
    const page = await one.text()
    const nonce = /<script nonce="([^"]+)">/.exec(page)?.[1] ?? ''
    assert.ok(nonce.length >= 22)
    assert.equal(page, `<base href="/console/"><script nonce="${nonce}"></script><style nonce="${nonce}"></style>`)
    assert.match(csp(one), /frame-ancestors 'none'/)
    assert.ok(csp(one).includes(`script-src 'self' 'nonce-${nonce}'`))
    assert.doesNotMatch(csp(one), /unsafe/)
    assert.notEqual(csp(one), csp(two))
    assert.equal(one.headers.get('cache-control'), 'no-cache')
    assert.equal(one.headers.get('x-content-type-options'), 'nosniff')
  })
}

test('the console’s assets may be kept for ever, for their names change with their content', async () => {
  const answer = await on.get('/console/assets/index-1.js', {})
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /javascript/)
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
})

test('an asset that is not there is 404, and not the page', async () => {
  assert.equal((await on.get('/console/assets/none.js', {})).status, 404)
})

for (const path of [
  '/console/../secret.txt',
  '/console/assets/../../secret.txt',
  '/console/assets/%2e%2e/%2e%2e/secret.txt',
  '/console/..%2fsecret.txt',
]) {
  test(`${path} leaves the folder of the console closed`, async () => {
    assert.doesNotMatch(await asItIs(path), /hunter2/)
  })
}

/** fetch would tidy the path up before it sends it. */
const asItIs = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    request(on.url, { path }, (answer) => void text(answer).then(resolve, reject))
      .on('error', reject)
      .end()
  })

test('a console that is not built says how to build it', async () => {
  const answer = await below.get('/greenroom/console/', {})
  assert.equal(answer.status, 503)
  assert.match(await answer.text(), /npm run build/)
})

for (const prefix of ['/greenroom', '']) {
  test(`a proxy that ${prefix ? 'keeps' : 'strips'} the sub-path of PUBLIC_URL is understood`, async () => {
    assert.equal((await below.get(`${prefix}/api/v1/me`)).status, 200)
    assert.equal((await below.get(`${prefix}/healthz`)).status, 200)
    assert.equal((await below.get(`${prefix}/`, {})).headers.get('location'), '/greenroom/console/')
    assert.match(await (await below.get(`${prefix}/api/docs`, {})).text(), /src="\/greenroom\/api\/docs\/scalar\.js"/)
    const { url } = await below.signIn.printOwnerLink()
    assert.ok(url.startsWith('http://localhost:8080/greenroom/sign-in/'))
    const answer = await below.get(prefix + url.slice('http://localhost:8080/greenroom'.length), {})
    assert.equal(answer.headers.get('location'), 'http://localhost:8080/greenroom/console/')
    assert.match(answer.headers.getSetCookie()[0] ?? '', /; Path=\/greenroom(;|$)/)
  })
}

test('a sub-path that is called like one of our own paths is told apart', () => {
  const strip = withoutBase('https://school.example/zoom', ['/zoom/webhooks/:id', '/api/v1/me'])
  assert.equal(strip('/zoom/zoom/webhooks/zoa_1'), '/zoom/webhooks/zoa_1')
  assert.equal(strip('/zoom/webhooks/zoa_1'), '/zoom/webhooks/zoa_1')
  assert.equal(strip('/zoom/api/v1/me?x=1'), '/api/v1/me?x=1')
  assert.equal(strip('/api/v1/me'), '/api/v1/me')
  assert.equal(strip('/zoom'), '/')
  assert.equal(strip('/zoom?x=1'), '/?x=1')
  assert.equal(strip('/zoomer/api'), '/zoomer/api')
})

test('the documentation is OpenAPI 3.1 and tells every route with its errors and who may call it', async () => {
  const document = await json<OpenApi>(await on.get('/api/openapi.json', {}))
  assert.equal(document.openapi, '3.1.0')
  assert.deepEqual(document.servers, [{ url: 'http://localhost:8080' }])
  const operations = Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([, path]) => Object.values(path))
  assert.equal(operations.length, apiRoutes.length)
  for (const { summary, tags, security, responses } of operations) {
    assert.ok(summary)
    assert.equal(tags?.length, 1)
    assert.deepEqual(security, [{ api_key: [] }, { session: [] }])
    assert.deepEqual(responses['default']?.content, {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    })
  }
  const refs = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)
  for (const [, name = ''] of refs) assert.ok(document.components.schemas[name], name)
})

test('the documentation of a route names its parameters, its body and what it answers', async () => {
  const { paths } = await json<OpenApi>(await on.get('/api/openapi.json', {}))
  const change = paths['/api/v1/meetings/{id}']?.['patch']
  assert.deepEqual(change?.parameters, [
    { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 100 } },
    {
      name: 'if-match',
      in: 'header',
      required: false,
      description:
        'The ETag that was read: what others changed since then is not overwritten, but told with status 409',
      schema: { type: 'string', maxLength: 40 },
    },
  ])
  assert.deepEqual(change?.requestBody, {
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/MeetingChange' } } },
  })
  assert.deepEqual(change?.responses['200'], {
    description: 'OK',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/PlannedMeeting' } } },
  })
  assert.equal(change?.description, 'Needs the role operator or a higher one.')
  assert.equal(paths['/api/v1/meetings/{id}/cancel']?.['post']?.requestBody?.required, false)
  assert.deepEqual(Object.keys(paths['/api/v1/meetings.csv']?.['get']?.responses['200']?.content ?? {}), ['text/csv'])
})

test('the page of the documentation runs our own script alone', async () => {
  const answer = await on.get('/api/docs', {})
  const page = await answer.text()
  const nonce = /script-src 'nonce-([^']+)';/.exec(csp(answer))?.[1] ?? ''
  assert.equal(page.match(/<script/g)?.length, 2)
  assert.equal(page.split(`<script nonce="${nonce}"`).length, 3)
  assert.doesNotMatch(page, /https?:\/\//)
  const script = await on.get('/api/docs/scalar.js', {})
  assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/)
  assert.ok((await script.text()).length > 1_000_000)
})

test('/healthz and /readyz say that all is well', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const answer = await on.get(path, {})
    assert.equal(answer.status, 200)
    assert.deepEqual(await answer.json(), { status: 'ok' })
  }
})

test('/readyz is 503 when the database is gone, and /healthz is not', async (t) => {
  const { testDatabase } = await import('./database.ts')
  const { openDb, openPool } = await import('#store/db.ts')
  const database = await testDatabase({ after: (drop) => t.after(drop) })
  const db = openDb(openPool(database.connection, { onError: () => {} }))
  const http = await createHttp({ ...on.hub, db }, { routes: [], signIn: on.signIn, console: folder })
  t.after(() => http.close())
  const { url } = await http.listen(0, '127.0.0.1')
  assert.equal((await fetch(`${url}/readyz`)).status, 200)
  await database.drop()
  const answer = await fetch(`${url}/readyz`)
  assert.equal(answer.status, 503)
  assert.equal(answer.headers.get('retry-after'), '5')
  assert.equal((await fetch(`${url}/healthz`)).status, 200)
  await db.destroy()
})

test('/metrics counts requests by route, and answers to private addresses only', async () => {
  await on.get('/api/v1/meetings/mtg_none', {})
  const counts = await (await on.get('/metrics', {})).text()
  assert.match(
    counts,
    /greenroom_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/meetings\/:id",status="401"\} 1/,
  )
  assert.match(counts, /process_cpu_seconds_total/)
  assert.match(counts, /greenroom_zoom_calls_total/)
  assert.equal((await on.get('/metrics', { 'x-forwarded-for': '203.0.113.9' })).status, 403)
})

test('a port that is taken is told with the setting that mends it', async () => {
  const http = await createHttp(on.hub, { routes: [], signIn: on.signIn, console: folder })
  const taken = Number(new URL(on.url).port)
  await assert.rejects(
    http.listen(taken, '127.0.0.1'),
    (error) => error instanceof ConfigError && /taken/.test(error.message) && /PORT=\d+/.test(error.message),
  )
  await http.close()
})
