import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { test } from 'node:test'
import { Secret } from '#core/secret.ts'
import type { ZoomApp } from '#zoom/oauth.ts'
import { requestServerToServerToken } from '#zoom/oauth.ts'
import { callOrigin, knownBases } from '#zoom/base.ts'
import { answering } from './zoom-server.ts'

const now = Date.UTC(2026, 0, 5, 9)
const runtime = { fetch, now: () => now }
const appAt = (origin: string): ZoomApp => ({
  oauth_base: origin,
  api_base: origin,
  client_id: 'cli0',
  client_secret: new Secret('s3cret'),
  account_id: 'ACC0/+=',
})
const token = {
  access_token: 'eyJ.fiction',
  token_type: 'bearer',
  expires_in: 3599,
  scope: 'meeting:read:meeting:admin',
  api_url: 'https://api-eu.zoom.us',
}

test('a server-to-server token is asked for with Basic credentials and a form', async (t) => {
  const zoom = await answering(t, { status: 200, body: token, headers: { date: 'Mon, 05 Jan 2026 10:00:00 GMT' } })
  const set = await requestServerToServerToken(runtime, appAt(zoom.origin))
  assert.deepEqual(zoom.received, [
    {
      method: 'POST',
      url: '/oauth/token',
      authorization: `Basic ${Buffer.from('cli0:s3cret').toString('base64')}`,
      body: 'grant_type=account_credentials&account_id=ACC0%2F%2B%3D',
    },
  ])
  assert.equal(set.access_token.reveal(), 'eyJ.fiction')
  assert.equal(set.expires_at, now + 3_599_000)
  assert.equal(set.api_url, 'https://api-eu.zoom.us')
  assert.equal(set.scope, 'meeting:read:meeting:admin')
  assert.equal(set.date, Date.UTC(2026, 0, 5, 10), "Zoom's clock")
  assert.ok(!inspect(set).includes('fiction'), 'a token set cannot be printed')
})

for (const { what, status, body, expected } of [
  {
    what: 'a wrong secret is final',
    status: 401,
    body: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' },
    expected: { error: 'invalid_client', final: true },
  },
  {
    what: 'a revoked grant is final',
    status: 400,
    body: { reason: 'Invalid Token!', error: 'invalid_grant' },
    expected: { error: 'invalid_grant', final: true },
  },
  {
    what: 'an unknown account is told in the words of Zoom',
    status: 400,
    body: { reason: 'Bad Request', error: 'invalid_request' },
    expected: { reason: 'Bad Request', final: false },
  },
  {
    what: 'trouble at Zoom is not final',
    status: 503,
    body: '<h1>Service unavailable</h1>',
    expected: { status: 503, error: '', final: false },
  },
  {
    what: 'a page that is no token is not final',
    status: 200,
    body: '<title>Sign in</title>',
    expected: { status: 200, final: false },
  },
  {
    what: 'a token without an end is none',
    status: 200,
    body: { access_token: 'x', expires_in: 0 },
    expected: { status: 200, final: false },
  },
]) {
  test(what, async (t) => {
    const zoom = await answering(t, { status, body })
    await assert.rejects(requestServerToServerToken(runtime, appAt(zoom.origin)), {
      name: 'ZoomOAuthError',
      ...expected,
    })
  })
}

test('a token endpoint that hangs up is unreachable', async (t) => {
  const zoom = await answering(t, (response) => response.destroy())
  await assert.rejects(requestServerToServerToken(runtime, appAt(zoom.origin)), {
    name: 'ZoomUnreachableError',
    outcome: 'unknown',
  })
})

test("calls go to the account's region, but never out of the Zoom that the app was entered with", () => {
  const { api_base } = knownBases['zoom.us']
  for (const [api_url, origin] of [
    ['https://api-eu.zoom.us', 'https://api-eu.zoom.us'],
    ['https://school.zoom.us/ignored/path', 'https://school.zoom.us'],
    [undefined, api_base],
    ['', api_base],
    ['http://api.zoom.us', api_base],
    ['https://api.zoomgov.com', api_base],
    ['https://zoom.us.evil.example', api_base],
    ['https://evilzoom.us', api_base],
    ['not a url', api_base],
  ] as const) {
    assert.equal(callOrigin(api_base, api_url), origin, String(api_url))
  }
  assert.equal(callOrigin('http://localhost:8081', 'https://api.zoom.us'), 'http://localhost:8081')
  assert.equal(callOrigin('http://localhost:8081', 'http://localhost:8081'), 'http://localhost:8081')
})
