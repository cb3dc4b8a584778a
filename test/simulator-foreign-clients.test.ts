import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { createSecureContext } from 'node:tls'
import { promisify } from 'node:util'
import zoomapi from 'zoomapi'
import { selfSigned } from './certificate.ts'
import { allow } from './foreign/consent.ts'
import { receive, simulate, type Json, type Zoom } from './simulator-client.ts'

const hour = 3_600_000
const require = createRequire(import.meta.url)

/** https://zoom.us and https://api.zoom.us before the simulator, each with a certificate that `NODE_EXTRA_CA_CERTS` knows. */
async function asZoom(t: TestContext, { url }: Zoom): Promise<Record<string, string>> {
  const made = ['zoom.us', 'api.zoom.us'].map(
    (name) => [name, selfSigned(name, Date.now() - hour, Date.now() + hour)] as const,
  )
  const contexts = new Map(made.map(([name, pair]) => [name, createSecureContext(pair)]))
  const front = createServer({ SNICallback: (name, done) => done(null, contexts.get(name)) }, (incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-forwarded-proto': 'https' }
    const onward = request(new URL(incoming.url ?? '', url), { method: incoming.method ?? '', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(front, 'listening')
  const folder = await mkdtemp(join(tmpdir(), 'greenroom-foreign-'))
  t.after(async () => {
    front.closeAllConnections()
    front.close()
    await rm(folder, { recursive: true })
  })
  const authority = join(folder, 'authority.pem')
  await writeFile(authority, made.map(([, { cert }]) => cert).join(''))
  return { ZOOM_PORT: String((front.address() as AddressInfo).port), NODE_EXTRA_CA_CERTS: authority }
}

const withoutProxies = { HTTPS_PROXY: '', https_proxy: '', HTTP_PROXY: '', http_proxy: '' }

/** What a client found that runs in a process of its own, as it came from the registry. */
async function run(t: TestContext, zoom: Zoom, client: string): Promise<Json> {
  const path = (name: string): string => new URL(`foreign/${name}.ts`, import.meta.url).href
  const env = { ...process.env, ...withoutProxies, ...(await asZoom(t, zoom)) }
  const script = `await import(${JSON.stringify(path(client))})`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', path('names'), '--input-type=module', '--eval', script],
    { env },
  )
  return JSON.parse(stdout)
}

test('zoomapi, a client for server-to-server apps, works as it is: token, meetings, users, pages and errors', async (t) => {
  const found = await run(t, await simulate(t), 'zoomapi')
  const { token, created, got, gone, nobody, wrong } = found
  assert.deepEqual([token.token_type, token.expires_in, token.api_url], ['bearer', 3600, 'https://api.zoom.us'])
  assert.deepEqual([created.topic, created.duration], ['Algebra I', 45])
  assert.deepEqual([got.topic, got.duration], ['Algebra I, changed', 45])
  assert.deepEqual(found.meetings, [['Algebra I, changed'], ['Algebra II']])
  assert.deepEqual([gone.httpStatusCode, gone.errorCode], [404, 3001])
  assert.deepEqual(found.users, [['ada@school.example', 'grace@school.example'], ['alan@school.example']])
  assert.equal(found.user.role_name, 'Owner')
  assert.deepEqual([nobody.httpStatusCode, nobody.errorCode], [404, 1001])
  assert.equal(wrong.httpStatusCode, 401)
})

test("zoomapi's receiver passes the check of its address, and knows Zoom's events from others", async (t) => {
  const [zoom, endpoint] = [await simulate(t), await receive(t)]
  const { webhooks } = zoomapi.default({
    accountId: 'sim-account',
    oauthClientId: 'sim-s2s',
    oauthClientSecret: 'sim-s2s-secret',
    webhookSecretToken: 'sim-s2s-webhook',
  })
  endpoint.state.validation = async (plainToken) => {
    const asked = { event: 'endpoint.url_validation', payload: { plainToken } }
    return { status: 200, text: JSON.stringify(webhooks.GetEndpointValidationResponse(asked as never)) }
  }
  await zoom.control('POST', '/apps/sim-s2s/subscriptions', { url: endpoint.url, events: ['*'] })
  await zoom.schedule({ topic: 'Ünïcode – “quoted” <b>' })
  await zoom.control('POST', '/settle')
  assert.deepEqual(endpoint.names(), ['meeting.created'])
  const verified = (body: Json): boolean =>
    webhooks.VerifyWebhookEvent({ webhook: body, headers: endpoint.received[0]?.headers as never })
  const body = endpoint.received[0]?.body
  assert.equal(verified(body), true)
  assert.equal(verified({ ...body, event: 'meeting.deleted' }), false)
})

test('arctic signs a user in with PKCE; a refresh token is good once, and a revoked grant is over', async (t) => {
  const found = await run(t, await simulate(t), 'arctic')
  assert.deepEqual(found, {
    state: 'a state',
    otherVerifier: 'invalid_grant',
    expires_in: 3600,
    before: 200,
    after: 200,
    rotated: true,
    reused: 'invalid_grant',
    revoked: 401,
  })
})

test("better-auth's own provider signs people in by Zoom, learns who they are, and refreshes", async (t) => {
  const zoom = await simulate(t)
  const found = await run(t, zoom, 'better-auth')
  assert.equal(found.challenged, 'S256')
  assert.match(found.landed, /\/signed-in$/)
  const { name, email, emailVerified } = found.user
  assert.deepEqual([name, email, emailVerified], ['Grace Hopper', 'grace@school.example', true])
  assert.equal(found.rotated, true)
  const authorization = `Bearer ${found.accessToken}`
  assert.equal((await zoom.send('GET', '/v2/users/me', undefined, { authorization })).status, 200)
})

test('a Passport strategy for Zoom needs nothing but the three addresses', async (t) => {
  const { url } = await simulate(t)
  const { Strategy } = require('@giorgosavgeris/passport-zoom-oauth2')
  const options = {
    clientID: 'sim-user-app',
    clientSecret: 'sim-user-secret',
    callbackURL: 'http://localhost:3000/callback',
    authorizationURL: `${url}/oauth/authorize`,
    tokenURL: `${url}/oauth/token`,
    profileUrl: `${url}/v2/users/me`,
    state: true,
    pkce: true,
  }
  const session = {}
  /** One visit to the site: where it sends the browser, or who has signed in. */
  const visit = (query: Record<string, string>): Promise<Json> =>
    new Promise((resolve, reject) => {
      const strategy = new Strategy(options, (_access: string, _refresh: string, profile: Json, done: Json) =>
        done(null, profile),
      )
      Object.assign(strategy, { redirect: resolve, success: resolve, fail: reject, error: reject })
      strategy.authenticate({ query, session, headers: {}, connection: {} }, {})
    })
  const back = await allow(await visit({}), 'grace@school.example')
  const profile = await visit(Object.fromEntries(back.searchParams))
  assert.deepEqual([profile.provider, profile._json.email], ['zoom', 'grace@school.example'])
})
