import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { createZoomApp } from '#hub/apps.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import {
  ada,
  developer,
  grace,
  plannedMeeting,
  redirect_uri,
  userApp,
  type Bot,
  type Connection,
  type Listing,
} from './bots-world.ts'
import { until, world } from './world.ts'

const w = await world({ after }, { connected: false })
const guide = await developer(w)
await ensureWorkspace(w.server.hub, 'Elsewhere')
const stranger = await developer(w, await w.key('owner', 'Elsewhere'))
await ensureWorkspace(w.server.hub, 'Empty')
const newcomer = await developer(w, await w.key('owner', 'Empty'))

const zoom_oauth_app_id = await guide.register()
const foreign_app_id = await stranger.register()
const mine = await guide.connect(ada)
assert.equal(mine.status, 201, mine.text)
await w.zoom('POST', '/people', { email: 'joan@school.example', first_name: 'Joan', last_name: 'Clarke', type: 2 })
const theirs = await stranger.connect('joan@school.example')
assert.equal(theirs.status, 201, theirs.text)

const url = 'https://us02web.zoom.us/j/85447691908'

test('without an app there is neither a connection nor a bot, and the project is named', async () => {
  const connection = await newcomer.connect(ada)
  assert.equal(connection.status, 400)
  assert.deepEqual(connection.body, {
    error: 'No Zoom OAuth App found in this project (Empty). Please add a Zoom OAuth App first.',
  })
  const bot = await newcomer.bot({ meeting_url: url })
  assert.equal(bot.status, 400)
  assert.match(bot.text, /Zoom App credentials are required to create a Zoom bot/)
})

for (const [title, body, told] of [
  ['nothing', {}, 'client_id and client_secret are required when creating a new Zoom OAuth app'],
  [
    'no secret',
    { client_id: 'sim-user-app' },
    'client_id and client_secret are required when creating a new Zoom OAuth app',
  ],
  ['a wrong secret', { ...userApp(w.simulatorUrl), client_secret: 'wrong' }, 'Invalid client id or client secret'],
] as const)
  test(`an app is not registered with ${title}`, async () => {
    const { status, body: answer } = await newcomer.ask('POST', '/zoom_oauth_apps', body)
    assert.equal(status, 400)
    assert.deepEqual(answer, { error: told })
  })

test('the same app is registered once', async () => {
  const { status, text } = await guide.ask('POST', '/zoom_oauth_apps', userApp(w.simulatorUrl))
  assert.equal(status, 400)
  assert.match(text, /is in this project already/)
})

for (const [title, authorization, detail] of [
  ['none', undefined, 'Missing Authorization header'],
  ['another scheme', 'Basic YTpi', 'Invalid Authorization header. Should have this format: Token <api_key>'],
  ['three parts', 'Token a b', 'Invalid Authorization header. Should have this format: Token <api_key>'],
  ['a scheme alone', 'Token', 'Invalid Authorization header. Should have this format: Token <api_key>'],
  ['nobody’s key', 'Token gr_nobody', 'Invalid or disabled API key'],
  ['nobody’s key as a bearer', 'Bearer gr_nobody', 'Invalid or disabled API key'],
] as const)
  test(`401 tells what is wrong with the header: ${title}`, async () => {
    for (const path of ['/bots', '/bots/bot_x', '/zoom_oauth_apps', '/zoom_oauth_connections']) {
      const answer = await fetch(`${w.hubUrl}/api/v1${path}`, { headers: authorization ? { authorization } : {} })
      assert.equal(answer.status, 401)
      assert.equal(answer.headers.get('www-authenticate'), 'Token')
      assert.deepEqual(await answer.json(), { detail })
    }
  })

test('the scheme may be written in any case, and a key with too small a role is told so', async () => {
  const key = await w.key('viewer')
  const as = (method: string) =>
    fetch(`${w.hubUrl}/api/v1/bots`, {
      method,
      headers: { authorization: `tOKEN ${key}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: JSON.stringify({ meeting_url: url, bot_name: 'B' }) } : {}),
    })
  assert.equal((await as('GET')).status, 200)
  const refused = await as('POST')
  assert.equal(refused.status, 403)
  assert.match(((await refused.json()) as { detail: string }).detail, /operator/)
})

test('what belongs to another workspace is not there', async () => {
  const bot = await stranger.bot({ meeting_url: url })
  assert.equal(bot.status, 201, bot.text)
  const connection = `/zoom_oauth_connections/${theirs.body.id}`
  for (const [method, path, error] of [
    ['GET', `/zoom_oauth_apps/${foreign_app_id}`, 'Zoom OAuth App not found'],
    ['DELETE', `/zoom_oauth_apps/${foreign_app_id}`, 'Zoom OAuth App not found'],
    ['GET', connection, 'Zoom OAuth Connection not found'],
    ['DELETE', connection, 'Zoom OAuth Connection not found'],
    ['GET', `/bots/${bot.body.id}`, 'Bot not found'],
    ['DELETE', `/bots/${bot.body.id}`, 'Bot not found'],
    ['POST', `/bots/${bot.body.id}/leave`, 'Bot not found'],
    ['GET', `/bots/${bot.body.id}/participants`, 'Bot not found'],
    ['GET', '/bots/bot_nobody', 'Bot not found'],
  ] as const) {
    const { status, body } = await guide.ask(method, path)
    assert.equal(status, 404, `${method} ${path}`)
    assert.deepEqual(body, { error })
  }
  const app = await guide.connect(ada, { zoom_oauth_app_id: foreign_app_id })
  assert.equal(app.status, 400)
  assert.deepEqual(app.body, {
    error: `Zoom OAuth App with id ${foreign_app_id} does not exist in this project (School).`,
  })
  const sent = await guide.bot({ meeting_url: url, zoom_oauth_connection_id: theirs.body.id })
  assert.equal(sent.status, 400)
  assert.deepEqual(Object.keys(sent.body), ['zoom_oauth_connection_id'])
  for (const path of ['/bots', '/zoom_oauth_connections', '/zoom_oauth_apps']) {
    const { text } = await guide.ask('GET', path)
    assert.doesNotMatch(text, new RegExp(`${foreign_app_id}|${theirs.body.id}|${bot.body.id}`))
  }
})

test('a path that is nothing and a method that is none are told in this API’s words', async () => {
  for (const path of ['/bots/bot_x/nothing', '/zoom_oauth_connections/zoc_x/sync', '/zoom_oauth_apps/a/b/c']) {
    const { status, body } = await guide.ask('GET', path)
    assert.equal(status, 404)
    assert.deepEqual(body, { error: 'Not found' })
  }
  const { status, body } = await guide.ask('PUT', '/bots', {})
  assert.equal(status, 405)
  assert.deepEqual(body, { detail: 'Method "PUT" not allowed.' })
})

test('bodies that are no JSON, and fields that nobody asked for, are refused', async () => {
  const broken = await guide.ask('POST', '/bots', '{"meeting_url":')
  assert.equal(broken.status, 400)
  assert.match(broken.text, /"detail":"JSON parse error/)
  const unknown = await guide.bot({ meeting_url: url, zebra: 1 })
  assert.equal(unknown.status, 400)
  assert.match(unknown.text, /Unexpected field\(s\): zebra\. Allowed fields are: bot_name, deduplication_key, join_at/)
  const required = { meeting_url: ['This field is required.'], bot_name: ['This field is required.'] }
  assert.deepEqual((await guide.ask('POST', '/bots')).body, required, 'no body at all')
  const connection = await guide.connect(ada, { state: 'connected' })
  assert.match(connection.text, /Unexpected field\(s\): state\. Allowed fields are: authorization_code/)
})

for (const [title, body, told] of [
  ['no name', { bot_name: undefined }, { bot_name: ['This field is required.'] }],
  ['a blank name', { bot_name: ' ' }, { bot_name: ['This field may not be blank.'] }],
  ['a blank address', { meeting_url: '' }, { meeting_url: ['This field may not be blank.'] }],
  ['a name beyond U+FFFF', { bot_name: 'Bot 🤖' }, { bot_name: ['Bot name may not hold characters beyond U+FFFF'] }],
  ['another program’s link', { meeting_url: 'https://meet.example/abc' }, { meeting_url: ['Invalid meeting URL'] }],
  ['a number in metadata', { metadata: { k: 1 } }, { metadata: ["Value for key 'k' must be a string"] }],
  ['a time that is past', { join_at: '2020-01-01T00:00:00Z' }, { join_at: ['join_at cannot be in the past'] }],
  [
    'a time too far away',
    { join_at: new Date(Date.now() + 4 * 365 * 86_400_000).toISOString() },
    { join_at: ['join_at cannot be more than 3 years in the future'] },
  ],
] as const)
  test(`a bot is not sent: ${title}`, async () => {
    const { status, body: answer } = await guide.bot({ meeting_url: url, ...body })
    assert.equal(status, 400)
    assert.deepEqual(answer, told)
  })

test('a code is good once, and only with the address that the consent was asked with', async () => {
  const told = {
    error:
      'Error exchanging access code for tokens. Please check that the authorization code and redirect URI are correct.',
  }
  const authorization_code = await guide.consent(grace)
  const ask = (body: object) => guide.ask<Connection>('POST', '/zoom_oauth_connections', { redirect_uri, ...body })
  const elsewhere = await ask({ authorization_code, redirect_uri: 'https://evil.example/callback' })
  assert.equal(elsewhere.status, 400)
  assert.deepEqual(elsewhere.body, told)
  const again = await guide.consent(grace)
  assert.equal((await ask({ authorization_code: again })).status, 201)
  const twice = await ask({ authorization_code: again })
  assert.equal(twice.status, 400)
  assert.deepEqual(twice.body, told)
  assert.deepEqual((await ask({ authorization_code: 'made up' })).body, told)
})

test('a connection must be good for something, and only for what the user allowed', async () => {
  const nothing = await guide.connect(ada, { is_local_recording_token_supported: false })
  assert.equal(nothing.status, 400)
  assert.deepEqual(Object.keys(nothing.body), ['non_field_errors'])
  await w.zoom('PATCH', '/apps/sim-user-app', { scopes: ['user:read:user'] })
  const { status, body } = await guide.connect(ada, { is_onbehalf_token_supported: true })
  assert.equal(status, 400)
  assert.deepEqual(body, {
    error:
      "The authorization is missing the following required scopes: ['meeting:read:local_recording_token', 'user:read:token'].",
  })
  await w.zoom('PATCH', '/apps/sim-user-app', { scope_family: 'classic' })
  assert.equal((await guide.connect(ada, { is_onbehalf_token_supported: true })).status, 201)
  await w.zoom('PATCH', '/apps/sim-user-app', { scope_family: 'granular' })
})

test('an inactive user’s consent makes no connection', async () => {
  const authorization_code = await guide.consent('alan@school.example')
  await w.zoom('PATCH', '/people/alan@school.example', { status: 'inactive' })
  const { status, body } = await guide.ask('POST', '/zoom_oauth_connections', {
    authorization_code,
    redirect_uri,
  })
  await w.zoom('PATCH', '/people/alan@school.example', { status: 'active' })
  assert.equal(status, 400)
  assert.deepEqual(body, { error: 'The user is not active.' })
})

test('a deduplication key belongs to one connection; the same request sent twice finds what the first one made', async () => {
  const authorization_code = await guide.consent(ada)
  const request = { authorization_code, redirect_uri, deduplication_key: 'customer-1' }
  const first = await guide.ask<Connection>('POST', '/zoom_oauth_connections', request)
  assert.equal(first.status, 201, first.text)
  const second = await guide.ask<Connection>('POST', '/zoom_oauth_connections', request)
  assert.equal(second.status, 201, second.text)
  assert.equal(second.body.id, first.body.id)

  const other = await guide.connect(grace, { deduplication_key: 'customer-1' })
  assert.equal(other.status, 400)
  assert.match(other.text, /Deduplication key already in use/)
  const { body } = await guide.ask<Connection>('GET', `/zoom_oauth_connections/${first.body.id}`)
  assert.equal(body.deduplication_key, 'customer-1')

  // Two users at the same moment: one gets it, and nothing is left of the other.
  await ensureWorkspace(w.server.hub, 'Race')
  const race = await developer(w, await w.key('admin', 'Race'))
  await race.register()
  await w.zoom('POST', '/people', { email: 'kay@school.example', first_name: 'Kay', last_name: 'McNulty', type: 2 })
  const both = await Promise.all(
    ['alan@school.example', 'kay@school.example'].map((user) => race.connect(user, { deduplication_key: 'k' })),
  )
  assert.deepEqual(new Set(both.map(({ status }) => status)), new Set([201, 400]))
  const { results } = (await race.ask<Listing<Connection>>('GET', '/zoom_oauth_connections')).body
  assert.deepEqual(
    results.map(({ id, state }) => [id, state]),
    [[both.find(({ status }) => status === 201)?.body.id, 'connected']],
  )
})

test('a bot’s deduplication key is in use until the bot is over', async () => {
  const { id, join_url } = await plannedMeeting(w, ada)
  await w.zoom('POST', `/meetings/${id}/start`)
  const first = await guide.bot({ meeting_url: join_url, deduplication_key: 'one' })
  assert.equal(first.status, 201, first.text)
  const second = await guide.bot({ meeting_url: join_url, deduplication_key: 'one' })
  assert.equal(second.status, 400)
  assert.match(second.text, /^\{"error":"Deduplication key already in use\. A bot in a non-terminal state/)
  await guide.becomes(first.body.id, 'joined_recording')
  await w.zoom('POST', `/meetings/${id}/end`)
  await guide.becomes(first.body.id, 'ended')
  assert.equal((await guide.bot({ meeting_url: join_url, deduplication_key: 'one' })).status, 201)
})

test('a planned bot waits, is found by its filters, and can be called off; one that is on its way cannot', async () => {
  const join_at = new Date(Date.now() + 3_600_000).toISOString()
  const planned = await guide.bot({ meeting_url: url, join_at })
  assert.equal(planned.body.state, 'scheduled')
  const list = async (query: string) =>
    (await guide.ask<Listing<Bot>>('GET', `/bots?${query}`)).body.results.map(({ id }) => id)
  assert.deepEqual(await list('states=scheduled'), [planned.body.id])
  assert.deepEqual(await list('states=scheduled&states=staged'), [planned.body.id])
  assert.deepEqual(await list(`join_at_after=${new Date().toISOString()}`), [planned.body.id])
  assert.deepEqual(await list(`join_at_before=${new Date().toISOString()}`), [])
  assert.equal((await guide.ask('GET', '/bots?states=flying')).status, 400)
  assert.equal((await guide.ask('GET', '/bots?join_at_after=noon')).status, 400)
  assert.equal((await guide.ask('GET', '/bots?cursor=x')).status, 404)

  const leave = await guide.ask('POST', `/bots/${planned.body.id}/leave`)
  assert.equal(leave.status, 400)
  assert.match(leave.text, /Bot is in state scheduled but the valid states to leave are: joining, waiting_room/)
  const deleted = await guide.ask('DELETE', `/bots/${planned.body.id}`)
  assert.equal(deleted.status, 200)
  assert.equal(deleted.text, '')
  assert.equal((await guide.ask('GET', `/bots/${planned.body.id}`)).status, 404)

  const sent = await guide.bot({ meeting_url: url })
  const refused = await guide.ask('DELETE', `/bots/${sent.body.id}`)
  assert.equal(refused.status, 400)
  assert.match(refused.text, /can only be deleted when in scheduled state/)
})

test('many bots at once, the first ones of a workspace, find one place', async () => {
  await ensureWorkspace(w.server.hub, 'Busy')
  const key = await w.key('admin', 'Busy')
  const busy = await developer(w, key)
  await busy.register()
  const join_at = new Date(Date.now() + 7_200_000).toISOString()
  const sent = await Promise.all(Array.from({ length: 40 }, () => busy.bot({ meeting_url: url, join_at })))
  assert.deepEqual(new Set(sent.map(({ status }) => status)), new Set([201]))
  const { items } = (
    await w.api<{ items: { integration: string }[] }>('GET', '/places', undefined, { authorization: `Token ${key}` })
  ).body
  assert.deepEqual(
    items.map(({ integration }) => integration),
    ['bots'],
  )
})

test('lists come in pages of 25 with the addresses of those beside', async () => {
  const join_at = new Date(Date.now() + 7_200_000).toISOString()
  const made: string[] = []
  for (let n = 0; n < 30; n++) made.push((await guide.bot({ meeting_url: url, join_at, bot_name: `B${n}` })).body.id)
  const page = async (address: string | null) => {
    assert.ok(address !== null && address.startsWith(`${w.hubUrl}/api/v1/bots?`), String(address))
    return (await guide.ask<Listing<Bot>>('GET', address.slice(`${w.hubUrl}/api/v1`.length))).body
  }
  const first = (await guide.ask<Listing<Bot>>('GET', '/bots?states=scheduled')).body
  assert.equal(first.results.length, 25)
  assert.equal(first.previous, null)
  const second = await page(first.next)
  assert.deepEqual(
    [...first.results, ...second.results].map(({ id }) => id),
    made,
  )
  assert.equal(second.next, null)
  assert.deepEqual(await page(second.previous), first)
  for (const id of made) await guide.ask('DELETE', `/bots/${id}`)
})

test('connections are listed with the newest first', async () => {
  const { results } = (await guide.ask<Listing<Connection>>('GET', '/zoom_oauth_connections')).body
  assert.ok(results.length >= 2)
  assert.deepEqual(
    results.map(({ id }) => id),
    results
      .map(({ id }) => id)
      .toSorted()
      .reverse(),
  )
})

const signed = (body: string, secret: string, timestamp = String(Math.floor(Date.now() / 1000))) => ({
  'content-type': 'application/json',
  'x-zm-request-timestamp': timestamp,
  'x-zm-signature': `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
})

for (const path of ['/api/v1/zoom_oauth/webhooks', `/external_webhooks/zoom/oauth_apps/${zoom_oauth_app_id}`])
  test(`an event that Zoom did not sign is not taken at ${path.replace(/zoa_.*/, '{zoa}')}`, async () => {
    const body = JSON.stringify({
      event: 'app_deauthorized',
      event_ts: Date.now(),
      payload: { account_id: 'sim-account', user_id: mine.body.user_id, client_id: 'sim-user-app' },
    })
    const old = String(Math.floor(Date.now() / 1000) - 3600)
    for (const headers of [
      { 'content-type': 'application/json' },
      signed(body, 'guessed'),
      signed(body, ''),
      signed(`${body} `, 'sim-user-app-webhook'),
      signed(body, 'sim-user-app-webhook', old),
    ]) {
      const answer = await fetch(`${w.hubUrl}${path}`, { method: 'POST', headers, body })
      assert.equal(answer.status, 401)
    }
    const { state } = (await guide.ask<Connection>('GET', `/zoom_oauth_connections/${mine.body.id}`)).body
    assert.equal(state, 'connected')
  })

test('each app’s own address answers Zoom’s check; the address of an app that is not there does not exist', async () => {
  const body = JSON.stringify({
    event: 'endpoint.url_validation',
    event_ts: Date.now(),
    payload: { plainToken: 'abc' },
  })
  const post = (id: string) =>
    fetch(`${w.hubUrl}/external_webhooks/zoom/oauth_apps/${id}`, {
      method: 'POST',
      headers: signed(body, 'sim-user-app-webhook'),
      body,
    })
  const answer = await post(zoom_oauth_app_id)
  assert.equal(answer.status, 200)
  assert.deepEqual(await answer.json(), {
    plainToken: 'abc',
    encryptedToken: createHmac('sha256', 'sim-user-app-webhook').update('abc').digest('hex'),
  })
  assert.equal((await post('zoa_nobody')).status, 404)
})

test('nobody but the bot’s own runner reports on it', async () => {
  const { body: bot } = await guide.bot({ meeting_url: url, join_at: new Date(Date.now() + 3_600_000).toISOString() })
  const report = (id: string, authorization?: string) =>
    fetch(`${w.hubUrl}/bots/${id}/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify({ bot_id: id, event: 'joined', at: new Date().toISOString() }),
    })
  const key = await w.key('owner')
  for (const authorization of [undefined, 'Bearer guessed', `Bearer ${key}`, `Token ${key}`])
    assert.equal((await report(bot.id, authorization)).status, 401)
  assert.equal((await report('bot_nobody', 'Bearer guessed')).status, 401)
  assert.equal((await guide.ask<Bot>('GET', `/bots/${bot.id}`)).body.state, 'scheduled')
  await guide.ask('DELETE', `/bots/${bot.id}`)
})

test('a deleted connection is gone here and revoked at Zoom; its app can be deleted after it', async () => {
  const kept = await stranger.ask('DELETE', `/zoom_oauth_apps/${foreign_app_id}`)
  assert.equal(kept.status, 400)
  assert.match(kept.text, /has connections/)
  const deleted = await stranger.ask('DELETE', `/zoom_oauth_connections/${theirs.body.id}`)
  assert.equal(deleted.status, 200)
  assert.equal(deleted.text, '')
  assert.equal((await stranger.ask('GET', `/zoom_oauth_connections/${theirs.body.id}`)).status, 404)
  const { calls } = await w.zoom<{ calls: { path: string; status: number }[] }>('GET', '/calls?last=200')
  assert.ok(calls.some(({ path, status }) => path === '/oauth/revoke' && status === 200))
  // The reaction to the end of the consent does not bring it back.
  await until(
    async () => (await stranger.ask<Listing<Connection>>('GET', '/zoom_oauth_connections')).body.results.length === 0,
    'an empty list',
  )
  assert.equal((await stranger.ask('DELETE', `/zoom_oauth_apps/${foreign_app_id}`)).status, 200)
  assert.equal((await stranger.ask('GET', `/zoom_oauth_apps/${foreign_app_id}`)).status, 404)
})

test('an app that names no Zoom is at the one that the other apps of the project are at', async () => {
  const { id } = await ensureWorkspace(w.server.hub, 'Guide')
  const simulator = { oauth_base: w.simulatorUrl, api_base: w.simulatorUrl }
  const own = { kind: 'server_to_server', name: 'Own', client_id: 'sim-s2s', client_secret: 'sim-s2s-secret' } as const
  await createZoomApp(
    w.server.hub,
    { workspace_id: id, name: 'test' },
    { ...own, account_id: 'sim-account', ...simulator },
  )
  const { status, body } = await w.api<{ oauth_base: string }>(
    'POST',
    '/zoom_oauth_apps',
    { client_id: 'sim-user-app', client_secret: 'sim-user-secret' },
    { authorization: `Token ${await w.key('admin', 'Guide')}` },
  )
  assert.equal(status, 201)
  assert.equal(body.oauth_base, w.simulatorUrl)
})
