import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { simulate, type Json, type Zoom } from './simulator-client.ts'

const userApp = ['sim-user-app', 'sim-user-secret']
const redirect_uri = 'http://localhost:3000/callback'
const asked = { response_type: 'code', client_id: 'sim-user-app', redirect_uri }
const grace = 'grace@school.example'
const ada = 'ada@school.example'

const authorize = (zoom: Zoom, query: Record<string, string>) =>
  fetch(`${zoom.url}/oauth/authorize?${new URLSearchParams(query).toString()}`, { redirect: 'manual' })

/** Presses a button of the consent page: its form goes out as a browser sends it. */
async function press(zoom: Zoom, query: Record<string, string>, decision: 'allow' | 'decline', user = grace) {
  const page = await (await authorize(zoom, query)).text()
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  const form = new URLSearchParams(
    fields.map(([, name = '', value = '']): [string, string] => [name, unescaped(value)]),
  )
  form.set('user', user)
  form.set('decision', decision)
  return fetch(`${zoom.url}/oauth/authorize`, { method: 'POST', body: form, redirect: 'manual' })
}

const unescaped = (text: string): string => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))

const locationOf = (response: Response): URL => new URL(response.headers.get('location') ?? '')

const exchange = (zoom: Zoom, location: URL, more: Record<string, string> = {}, app = userApp) =>
  zoom.token(
    { grant_type: 'authorization_code', code: location.searchParams.get('code') ?? '', redirect_uri, ...more },
    app,
  )

test('the consent page says which app asks for which scopes, and who may be signed in', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/apps/sim-user-app', { name: '<Notes & more>', scopes: ['user:read:user'] })
  const response = await authorize(zoom, asked)
  const page = await response.text()
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/)
  assert.ok(!page.includes('<Notes'))
  for (const text of ['<Notes & more>', 'user:read:user', grace, ada, 'Allow', 'Decline'])
    assert.ok(unescaped(page).includes(text), text)
})

test('Allow leads back with code and state, and the code gives the tokens of who was signed in', async (t) => {
  const zoom = await simulate(t)
  const location = locationOf(await press(zoom, { ...asked, state: 'a&b "c"' }, 'allow'))
  assert.equal(location.origin + location.pathname, redirect_uri)
  assert.equal(location.searchParams.get('state'), 'a&b "c"')
  const { body } = await exchange(zoom, location)
  const me = await zoom.send('GET', '/v2/users/me', undefined, { authorization: `Bearer ${body.access_token}` })
  assert.equal(me.body.email, grace)
})

test('Decline leads back with the state and without a code', async (t) => {
  const zoom = await simulate(t)
  const location = locationOf(await press(zoom, { ...asked, state: 'abc' }, 'decline'))
  assert.deepEqual([...location.searchParams], [['state', 'abc']])
})

test('Install on the app’s page leads to consent without a state, and back to the first address of its list', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/apps/sim-user-app', { redirect_uris: [redirect_uri, 'http://localhost:3000/other'] })
  const response = await fetch(`${zoom.url}/oauth/install?client_id=sim-user-app`, { redirect: 'manual' })
  const { searchParams } = new URL(response.headers.get('location') ?? '', zoom.url)
  assert.deepEqual(Object.fromEntries(searchParams), asked)
  const location = locationOf(await press(zoom, asked, 'allow'))
  assert.deepEqual([...location.searchParams.keys()], ['code'])
})

type Refused = [what: string, query: Record<string, string>, code: string, prepare?: (zoom: Zoom) => Promise<Json>]

const refused: Refused[] = [
  ['an unknown app', { ...asked, client_id: 'nobody' }, '4,702'],
  ['no app at all', { response_type: 'code', redirect_uri }, '4,702'],
  ['a server-to-server app', { ...asked, client_id: 'sim-s2s' }, '4,702'],
  ['no redirect_uri', { response_type: 'code', client_id: 'sim-user-app' }, '4,709'],
  ['a redirect_uri that is no address', { ...asked, redirect_uri: '/callback' }, '4,709'],
  ['a redirect_uri elsewhere', { ...asked, redirect_uri: 'https://localhost.evil.example/' }, '4,709'],
  [
    'a redirect_uri that differs from the list by its query',
    { ...asked, redirect_uri: `${redirect_uri}?more` },
    '4,709',
    (zoom) => zoom.control('PATCH', '/apps/sim-user-app', { redirect_uris: [redirect_uri] }),
  ],
  [
    'a redirect_uri that differs from the list by a slash',
    { ...asked, redirect_uri: `${redirect_uri}/` },
    '4,709',
    (zoom) => zoom.control('PATCH', '/apps/sim-user-app', { redirect_uris: [redirect_uri] }),
  ],
  ['another response_type', { ...asked, response_type: 'token' }, '4,700'],
  ['a scope that the app does not have', { ...asked, scope: 'user:read:user billing:read:plan_usage' }, '4,700'],
  ['an unknown method of PKCE', { ...asked, code_challenge: 'x', code_challenge_method: 'S512' }, '4,700'],
  [
    'a public client without PKCE',
    asked,
    '4,700',
    (zoom) => zoom.control('PATCH', '/apps/sim-user-app', { public_client: true }),
  ],
  [
    'an app that is switched off',
    asked,
    '4,717',
    (zoom) => zoom.control('PATCH', '/apps/sim-user-app', { activated: false }),
  ],
]

for (const [what, query, code, prepare] of refused) {
  test(`Zoom shows an error page, and sends the browser nowhere, for ${what}`, async (t) => {
    const zoom = await simulate(t)
    await prepare?.(zoom)
    const response = await authorize(zoom, query)
    assert.equal(response.status, 400)
    assert.equal(response.headers.get('location'), null)
    assert.ok((await response.text()).includes(`Error code: ${code}`))
  })
}

test('an app for the whole account is allowed by an admin or the owner alone', async (t) => {
  const zoom = await simulate(t)
  const query = { ...asked, client_id: 'sim-admin-app' }
  const refusal = await press(zoom, query, 'allow', grace)
  assert.equal(refusal.status, 400)
  assert.match(await refusal.text(), /ask your admin/)
  assert.equal((await press(zoom, query, 'allow', ada)).status, 302)
  await zoom.control('PATCH', `/people/${grace}`, { role: 'admin' })
  assert.equal((await press(zoom, query, 'allow', grace)).status, 302)
})

test('an unpublished app of another account, and a user who is not active, are refused', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', `/people/${grace}`, { status: 'inactive' })
  assert.match(await (await press(zoom, asked, 'allow', grace)).text(), /not active/)
  await zoom.control('PATCH', '/apps/sim-user-app', { account_id: 'another', published: false })
  assert.match(await (await press(zoom, asked, 'allow', ada)).text(), /contact the app developer/)
  await zoom.control('PATCH', '/apps/sim-user-app', { published: true })
  assert.equal((await press(zoom, asked, 'allow', ada)).status, 302)
})

test('a form that was tampered with is refused like the page', async (t) => {
  const zoom = await simulate(t)
  const body = new URLSearchParams({ ...asked, redirect_uri: 'https://evil.example/', user: grace, decision: 'allow' })
  const response = await fetch(`${zoom.url}/oauth/authorize`, { method: 'POST', body, redirect: 'manual' })
  assert.deepEqual([response.status, response.headers.get('location')], [400, null])
})

test('an app may ask for some of its scopes, and keeps to them when it refreshes', async (t) => {
  const zoom = await simulate(t)
  const location = locationOf(await press(zoom, { ...asked, scope: 'user:read:user user:read:zak' }, 'allow'))
  const { body } = await exchange(zoom, location)
  assert.equal(body.scope, 'user:read:user user:read:zak')
  const again = await zoom.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token }, userApp)
  assert.equal(again.body.scope, 'user:read:user user:read:zak')
  const authorization = `Bearer ${again.body.access_token}`
  const create = await zoom.send('POST', '/v2/users/me/meetings', { topic: 'Algebra I' }, { authorization })
  assert.equal(create.body.code, 4711)
})

const code_verifier = 'a verifier of at least forty-three characters.'
const S256 = createHash('sha256').update(code_verifier).digest('base64url')

const challenges: Record<string, Record<string, string>> = {
  S256: { code_challenge: S256, code_challenge_method: 'S256' },
  plain: { code_challenge: code_verifier, code_challenge_method: 'plain' },
  'no method, which means plain': { code_challenge: code_verifier },
}

for (const [name, challenge] of Object.entries(challenges)) {
  test(`with PKCE a code is good with its verifier alone: ${name}`, async (t) => {
    const zoom = await simulate(t)
    const location = locationOf(await press(zoom, { ...asked, ...challenge }, 'allow'))
    for (const wrong of [{}, { code_verifier: S256 }])
      assert.equal((await exchange(zoom, location, wrong)).body.error, 'invalid_grant')
    assert.equal((await exchange(zoom, location, { code_verifier })).status, 200)
  })
}

test('a public client needs its verifier and no secret, with a form as with multipart, and refreshes and revokes so', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/apps/sim-user-app', { public_client: true })
  const post = async (path: string, parameters: Record<string, string>) => {
    const multipart = new FormData()
    for (const [name, value] of Object.entries({ client_id: 'sim-user-app', ...parameters })) multipart.set(name, value)
    const response = await fetch(zoom.url + path, { method: 'POST', body: multipart })
    return { status: response.status, body: (await response.json()) as Json }
  }
  const query = { ...asked, ...challenges['S256'] }
  const code = locationOf(await press(zoom, query, 'allow')).searchParams.get('code') ?? ''
  const given = { grant_type: 'authorization_code', code, redirect_uri }
  assert.equal((await post('/oauth/token', given)).body.error, 'invalid_grant')
  const wrongSecret = await post('/oauth/token', { ...given, code_verifier, client_secret: 'wrong' })
  assert.equal(wrongSecret.body.error, 'invalid_client')
  const first = await post('/oauth/token', { ...given, code_verifier })
  assert.equal(first.status, 200)
  const { refresh_token } = first.body
  const second = await post('/oauth/token', { grant_type: 'refresh_token', refresh_token })
  assert.equal(second.status, 200)
  assert.deepEqual((await post('/oauth/revoke', { token: second.body.access_token })).body, { status: 'success' })
})

test('an app that has a secret does not come without it', async (t) => {
  const zoom = await simulate(t)
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'sim-user-app' })
  const response = await fetch(`${zoom.url}/oauth/token`, { method: 'POST', body: form })
  assert.equal(response.status, 401)
})

test('code, secret and verifier may come in the query', async (t) => {
  const zoom = await simulate(t)
  const location = locationOf(await press(zoom, { ...asked, ...challenges['S256'] }, 'allow'))
  const query = new URLSearchParams({
    grant_type: 'authorization_code',
    code: location.searchParams.get('code') ?? '',
    redirect_uri,
    code_verifier,
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
  }).toString()
  assert.equal((await fetch(`${zoom.url}/oauth/token?${query}`, { method: 'POST' })).status, 200)
})

test('a code given to one app is nothing to another', async (t) => {
  const zoom = await simulate(t)
  const location = locationOf(await press(zoom, asked, 'allow', ada))
  const stolen = await exchange(zoom, location, {}, ['sim-admin-app', 'sim-admin-secret'])
  assert.equal(stolen.body.reason, 'Invalid authorization code')
})

test('paths of a user-managed app say me: even one’s own id is a missing scope', async (t) => {
  const zoom = await simulate(t)
  const { access_token } = await zoom.authorize(grace)
  const get = (path: string) => zoom.send('GET', `/v2${path}`, undefined, { authorization: `Bearer ${access_token}` })
  const { body: me } = await get('/users/me')
  for (const own of [me.id, me.email]) {
    const { status, body } = await get(`/users/${own}/meetings`)
    assert.deepEqual([status, body.code], [400, 4711])
    assert.match(body.message, /^Invalid access token, does not contain scopes:\[meeting:read:list_meetings/)
  }
})

test('tokens to start with: zak and onbehalf for oneself, each with its life', async (t) => {
  const zoom = await simulate(t)
  const { access_token } = await zoom.authorize(grace)
  const get = async (query: string) =>
    zoom.send('GET', `/v2/users/me/token?${query}`, undefined, { authorization: `Bearer ${access_token}` })
  const lifeOf = ({ body }: Json) => {
    const { iat, exp } = JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString())
    return exp - iat
  }
  assert.equal(lifeOf(await get('type=zak')), 7200)
  assert.equal(lifeOf(await get('type=zak&ttl=600')), 600)
  assert.equal(lifeOf(await get('type=onbehalf&meeting_id=81234567890')), 7200)
  assert.equal(lifeOf(await get('type=onbehalf&meeting_id=81234567890&ttl=31536000')), 31_536_000)
  const wrong = ['type=onbehalf', 'type=onbehalf&meeting_id=x', 'type=zak&ttl=0', 'type=zak&ttl=x', 'type=cookie']
  for (const query of [...wrong, 'type=onbehalf&meeting_id=81234567890&ttl=31536001'])
    assert.deepEqual([query, (await get(query)).body.code], [query, 300])
})

test('nobody gets an onbehalf token for somebody else', async (t) => {
  const zoom = await simulate(t)
  const query = 'token?type=onbehalf&meeting_id=81234567890'
  const { access_token } = await zoom.authorize(ada, ['sim-admin-app', 'sim-admin-secret'])
  const get = (path: string) => zoom.send('GET', `/v2${path}`, undefined, { authorization: `Bearer ${access_token}` })
  assert.equal((await get(`/users/me/${query}`)).status, 200)
  assert.equal((await get(`/users/${grace}/${query}`)).body.code, 200)
  assert.equal((await zoom.api('GET', `/users/${ada}/${query}`)).body.code, 200, 'a server-to-server app has no user')
})

test('a token for local recording is for a meeting of one’s own, and for hosts who may record', async (t) => {
  const zoom = await simulate(t)
  const { access_token } = await zoom.authorize(grace)
  const get = (id: string, what = 'local_recording') =>
    zoom.send('GET', `/v2/meetings/${id}/jointoken/${what}`, undefined, { authorization: `Bearer ${access_token}` })
  const own = await zoom.schedule({}, grace)
  assert.equal((await get(own.id)).status, 200)
  assert.equal((await get((await zoom.schedule({}, ada)).id)).status, 400)
  assert.deepEqual([(await get('81234567890')).status, (await get('81234567890')).body.code], [404, 3001])
  assert.match((await get(own.id, 'live_streaming')).body.message, /^Not allowed to start live streaming/)
  const { id } = (await zoom.api('GET', `/users/${grace}`)).body
  await zoom.api('PATCH', `/users/${id}/settings`, { in_meeting: { allow_live_streaming: true } })
  assert.equal((await get(own.id, 'live_streaming')).status, 200)
  await zoom.api('PATCH', `/users/${id}/settings`, { recording: { local_recording: false } })
  assert.match((await get(own.id)).body.message, /^Not allowed to start local recording/)
})
