import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { simulate } from './simulator-client.ts'

const s2s = { grant_type: 'account_credentials', account_id: 'sim-account' }
const inQuery = new URLSearchParams(s2s).toString()
const basic = `Basic ${btoa('sim-s2s:sim-s2s-secret')}`
const userApp = ['sim-user-app', 'sim-user-secret']
const redirect_uri = 'http://localhost:3000/callback'

test('a token request may come as a form, as a query and as multipart/form-data', async (t) => {
  const { url } = await simulate(t)
  const multipart = new FormData()
  for (const [name, value] of Object.entries(s2s)) multipart.set(name, value)
  const requests = [
    fetch(`${url}/oauth/token`, { method: 'POST', headers: { authorization: basic }, body: new URLSearchParams(s2s) }),
    fetch(`${url}/oauth/token?${inQuery}`, { method: 'POST', headers: { authorization: basic } }),
    fetch(`${url}/oauth/token`, { method: 'POST', headers: { authorization: basic }, body: multipart }),
  ]
  for (const response of await Promise.all(requests)) {
    assert.equal(response.status, 200)
    assert.match(((await response.json()) as { access_token: string }).access_token, /^eyJ/)
  }
})

test('client id and secret may also stand in the body', async (t) => {
  const { send } = await simulate(t)
  const form = new URLSearchParams({ ...s2s, client_id: 'sim-s2s', client_secret: 'sim-s2s-secret' }).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.equal((await send('POST', '/oauth/token', form, type)).status, 200)
})

test('the status line of a token answer is HTTP/1.1 200 OK', async (t) => {
  const { url } = await simulate(t)
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.end(
    `POST /oauth/token?${inQuery} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${basic}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
  )
  assert.equal((await text(socket)).split('\r\n')[0], 'HTTP/1.1 200 OK')
})

test("a server-to-server token tells its life, the app's scopes and the base that the client used", async (t) => {
  const { token, url } = await simulate(t)
  const { status, body } = await token(s2s)
  assert.equal(status, 200)
  assert.equal(body.token_type, 'bearer')
  assert.equal(body.expires_in, 3600)
  assert.equal(body.api_url, url)
  assert.equal(body.refresh_token, undefined)
  assert.ok(body.scope.split(' ').includes('meeting:write:meeting:admin'))
  assert.ok(!body.scope.split(' ').includes('meeting:write:meeting'))
})

test('api_url follows the Host header', async (t) => {
  const { url } = await simulate(t)
  const seen = url.replace('127.0.0.1', 'localhost')
  const response = await fetch(`${seen}/oauth/token?${inQuery}`, {
    method: 'POST',
    headers: { authorization: basic },
  })
  assert.equal(((await response.json()) as { api_url: string }).api_url, seen)
})

test("tokens have the form of Zoom's: a long JWT, HS512, with Zoom's claims", async (t) => {
  const { accessToken } = await simulate(t)
  const token = await accessToken()
  const [header, payload] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
  assert.equal(header.alg, 'HS512')
  assert.equal(payload.tokenType, 'access_token')
  assert.equal(payload.iss, 'urn:zoom:connect:clientid:sim-s2s')
  assert.equal(payload.exp - payload.iat, 3600)
  assert.ok(token.length > 600)
})

const refusals = [
  ['a wrong secret', s2s, ['sim-s2s', 'wrong'], 401, 'invalid_client', 'Invalid client_id or client_secret'],
  [
    'an unknown client id',
    s2s,
    ['nobody', 'sim-s2s-secret'],
    401,
    'invalid_client',
    'Invalid client_id or client_secret',
  ],
  ['another account', { ...s2s, account_id: 'other' }, undefined, 400, 'invalid_request', 'Bad Request'],
  ['no grant type', {}, undefined, 400, 'invalid_request', 'Missing grant type'],
  [
    'a grant type that there is not',
    { grant_type: 'constructor' },
    undefined,
    400,
    'unsupported_grant_type',
    'unsupported grant type',
  ],
  ['account credentials for a user-managed app', s2s, userApp, 400, 'unsupported_grant_type', 'unsupported grant type'],
  [
    'an unknown code',
    { grant_type: 'authorization_code', code: 'x' },
    userApp,
    400,
    'invalid_grant',
    'Invalid authorization code',
  ],
  [
    'an unknown refresh token',
    { grant_type: 'refresh_token', refresh_token: 'x' },
    userApp,
    400,
    'invalid_grant',
    'Invalid Token!',
  ],
] as const

for (const [what, form, app, status, error, reason] of refusals) {
  test(`the token endpoint refuses ${what}`, async (t) => {
    const { token } = await simulate(t)
    const answer = await token(form, app && [...app])
    assert.equal(answer.status, status)
    assert.deepEqual(answer.body, { reason, error })
  })
}

test('a deactivated app gets no token, and those it had stop working', async (t) => {
  const { token, control, api } = await simulate(t)
  assert.equal((await api('GET', '/users')).status, 200)
  await control('PATCH', '/apps/sim-s2s', { activated: false })
  const answer = await token(s2s)
  assert.deepEqual(
    [answer.status, answer.body],
    [400, { reason: 'The app has been disabled', error: 'invalid_request' }],
  )
  assert.equal((await api('GET', '/users')).status, 401)
})

test('with a tolerance of one, a new server-to-server token ends the one before', async (t) => {
  const { accessToken, control, send } = await simulate(t)
  const use = async (token: string) =>
    (await send('GET', '/v2/users', undefined, { authorization: `Bearer ${token}` })).status
  const [first, second] = [await accessToken(), await accessToken()]
  assert.deepEqual([await use(first), await use(second)], [200, 200])
  await control('PATCH', '/settings', { token_tolerance: 1 })
  const third = await accessToken()
  assert.deepEqual([await use(first), await use(second), await use(third)], [401, 401, 200])
})

test('an authorization code works once, for five minutes, with its own redirect_uri', async (t) => {
  const { control, token } = await simulate(t)
  const consent = async () => {
    const asked = { client_id: 'sim-user-app', user: 'grace@school.example', redirect_uri }
    return new URL((await control('POST', '/consent', asked)).location).searchParams.get('code') ?? ''
  }
  const exchange = async (code: string, uri = redirect_uri) =>
    await token({ grant_type: 'authorization_code', code, redirect_uri: uri }, userApp)
  const code = await consent()
  const mismatch = await exchange(code, 'https://elsewhere.example/')
  assert.deepEqual(mismatch.body, { reason: 'Redirect URI mismatch.', error: 'invalid_request' })
  assert.equal((await exchange(code)).status, 200)
  assert.equal((await exchange(code)).body.reason, 'Invalid authorization code')
  const late = await consent()
  await control('POST', '/clock', { advance_s: 301 })
  assert.equal((await exchange(late)).body.reason, 'Invalid authorization code')
})

test('each refresh gives a new pair, and a refresh token works once', async (t) => {
  const { authorize, token, send } = await simulate(t)
  const first = await authorize('grace@school.example')
  const refresh = (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token }, userApp)
  const second = await refresh(first.refresh_token)
  assert.equal(second.status, 200)
  assert.notEqual(second.body.refresh_token, first.refresh_token)
  assert.deepEqual((await refresh(first.refresh_token)).body, { reason: 'Invalid Token!', error: 'invalid_grant' })
  const me = await send('GET', '/v2/users/me', undefined, { authorization: `Bearer ${second.body.access_token}` })
  assert.equal(me.body.email, 'grace@school.example')
})

test('a refresh token lives ninety days', async (t) => {
  const { authorize, token, control } = await simulate(t)
  const { refresh_token } = await authorize('grace@school.example')
  await control('POST', '/clock', { advance_s: 90 * 86_400 + 1 })
  assert.equal((await token({ grant_type: 'refresh_token', refresh_token }, userApp)).body.reason, 'Invalid Token!')
})

test('a refresh token that is used again is refused, and by a switch ends the whole grant', async (t) => {
  for (const revoke_on_reuse of [false, true]) {
    const { authorize, token, control, send } = await simulate(t)
    await control('PATCH', '/settings', { revoke_on_reuse })
    const { refresh_token: first } = await authorize('grace@school.example')
    const { body: second } = await token({ grant_type: 'refresh_token', refresh_token: first }, userApp)
    const reused = await token({ grant_type: 'refresh_token', refresh_token: first }, userApp)
    assert.deepEqual([reused.status, reused.body.reason], [400, 'Invalid Token!'])
    const me = await send('GET', '/v2/users/me', undefined, { authorization: `Bearer ${second.access_token}` })
    assert.equal(me.status, revoke_on_reuse ? 401 : 200)
    const next = await token({ grant_type: 'refresh_token', refresh_token: second.refresh_token }, userApp)
    assert.equal(next.status, revoke_on_reuse ? 400 : 200)
  }
})

test('allowing the same app once more ends the older pair', async (t) => {
  const { authorize, token, send } = await simulate(t)
  const older = await authorize('grace@school.example')
  await authorize('grace@school.example')
  const refreshed = await token({ grant_type: 'refresh_token', refresh_token: older.refresh_token }, userApp)
  assert.equal(refreshed.body.error, 'invalid_grant')
  const me = await send('GET', '/v2/users/me', undefined, { authorization: `Bearer ${older.access_token}` })
  assert.equal(me.status, 401)
})

test('revoking a token ends the whole grant', async (t) => {
  const { authorize, token, send } = await simulate(t)
  const { access_token, refresh_token } = await authorize('grace@school.example')
  const revoked = await send('POST', `/oauth/revoke?token=${access_token}`, undefined, {
    authorization: `Basic ${btoa(userApp.join(':'))}`,
  })
  assert.deepEqual([revoked.status, revoked.body], [200, { status: 'success' }])
  const again = await token({ grant_type: 'refresh_token', refresh_token }, userApp)
  assert.deepEqual(again.body, { reason: 'The token has been revoked.', error: 'invalid_grant' })
})

test('the refresh token of somebody who has left says so', async (t) => {
  const { authorize, token, control } = await simulate(t)
  const { refresh_token } = await authorize('grace@school.example')
  await control('DELETE', '/people/grace@school.example')
  const refused = await token({ grant_type: 'refresh_token', refresh_token }, userApp)
  assert.equal(refused.body.reason, 'The owner of the token does not exist.')
})

test('client_credentials gives a token of the app for no user, good to test an id and secret', async (t) => {
  const { token, send } = await simulate(t)
  const { status, body } = await token({ grant_type: 'client_credentials' }, userApp)
  assert.equal(status, 200)
  const users = await send('GET', '/v2/users/me', undefined, { authorization: `Bearer ${body.access_token}` })
  assert.equal(users.body.code, 4711)
})
