import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { decodeJwt } from 'jose'
import { startSimulator } from '#simulator/simulator.ts'
import { Browser, firstForm, wordsOf } from './lti-browser.ts'
import { newKey, signedBy, testPlatform } from './lti-test-platform.ts'

// The stand-in LMS refuses what Moodle refuses, asked by a tool that is not ours.
const simulator = await startSimulator({ port: 0 })
after(() => simulator.close())
const issuer = `${simulator.url}/hosts/lms`
const [key, stranger] = [await newKey('tool'), await newKey('other')]
// Its keys are served under every path.
const tool = await testPlatform({ after }, [key])

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope'
const roster = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly'

const registration = () => ({
  application_type: 'web',
  client_name: 'A tool',
  response_types: ['id_token'],
  grant_types: ['client_credentials', 'implicit'],
  token_endpoint_auth_method: 'private_key_jwt',
  initiate_login_uri: `${tool.issuer}/login`,
  redirect_uris: [`${tool.issuer}/launch`],
  jwks_uri: `${tool.issuer}/keys`,
  scope: `${ags}/lineitem ${ags}/score ${ags}/result.readonly ${roster}`,
  'https://purl.imsglobal.org/spec/lti-tool-configuration': {
    domain: new URL(tool.issuer).host,
    target_link_uri: `${tool.issuer}/launch`,
    claims: ['name'],
    messages: [{ type: 'LtiDeepLinkingRequest', target_link_uri: `${tool.issuer}/launch` }],
  },
})

async function control<T>(path: string, body: unknown): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${issuer}/_${path}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as T }
}

async function registrationToken(): Promise<string> {
  const { body } = await control<{ location: string }>('/register', { url: `${tool.issuer}/register` })
  return new URL(body.location).searchParams.get('registration_token') ?? ''
}

const register = async (token: string, body: unknown) => {
  const answer = await fetch(`${issuer}/openid-registration`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, text: await answer.text() }
}

const token = await registrationToken()
const { client_id } = JSON.parse((await register(token, registration())).text) as { client_id: string }
const pending = (await control('/launch', { user: 'ada', tool: '1' })).status
await control('/activate', { tool: '1' })

interface Login {
  fields: Record<string, string>
  cookie: string
}

async function ask(user: string, more: Record<string, string | undefined> = {}, cookieOf?: string) {
  const { body } = await control<Login>('/launch', { user, tool: '1' })
  const asked = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id,
    redirect_uri: `${tool.issuer}/launch`,
    login_hint: body.fields['login_hint'],
    lti_message_hint: body.fields['lti_message_hint'],
    state: 's',
    nonce: 'n',
    ...more,
  }
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const query = new URLSearchParams(given).toString()
  const answer = await fetch(`${issuer}/auth?${query}`, { headers: { cookie: cookieOf ?? body.cookie } })
  const text = await answer.text()
  return { status: answer.status, form: firstForm(text), query, cookie: body.cookie, fields: body.fields }
}

test('a tool registers itself once with a token, and waits to be activated', async () => {
  assert.equal(pending, 400)
  assert.deepEqual(await register(token, registration()), { status: 401, text: 'token_already_used' })
  assert.equal((await register('a.b.c', registration())).status, 401)
  assert.equal((await register('', registration())).text, 'missing_registration_token')
})

const registrations: [string, object][] = [
  ['no redirect URIs', { redirect_uris: [] }],
  ['another way to prove itself', { token_endpoint_auth_method: 'client_secret_basic' }],
  ['no id_token', { response_types: ['code'] }],
  ['no keys', { jwks_uri: undefined }],
]
for (const [what, more] of registrations)
  test(`a registration is refused: ${what}`, async () => {
    assert.equal((await register(await registrationToken(), { ...registration(), ...more })).status, 400)
  })

test('the message goes to the tool by a form that sends itself, is signed, and lives a minute', async () => {
  const { form } = await ask('ada')
  assert.equal(form.action, `${tool.issuer}/launch`)
  assert.equal(form.hidden['state'], 's')
  const claims = decodeJwt(form.hidden['id_token'] ?? '')
  assert.deepEqual([claims.iss, claims.aud, claims['nonce'], claims.sub], [issuer, client_id, 'n', '3'])
  assert.equal((claims.exp ?? 0) - (claims.iat ?? 0), 60)
  assert.equal(claims['email'], undefined, 'the tool did not ask for addresses')
})

const authorizations: [string, Record<string, string | undefined>, string][] = [
  ['another response_mode', { response_mode: 'query' }, 'invalid_request'],
  ['no response_mode', { response_mode: undefined }, 'invalid_request'],
  ['another prompt', { prompt: 'login' }, 'invalid_request'],
  ['another scope', { scope: 'openid email' }, 'invalid_scope'],
  ['another response_type', { response_type: 'code' }, 'unsupported_response_type'],
  ['no nonce', { nonce: undefined }, 'invalid_request'],
  ['somebody else’s login_hint', { login_hint: '4' }, 'access_denied'],
  ['no message hint', { lti_message_hint: undefined }, 'invalid_request'],
  ['a launch that did not begin', { lti_message_hint: '{"launchid":"x"}' }, 'invalid_request'],
]
for (const [what, more, error] of authorizations)
  test(`no message, but ${error}: ${what}`, async () => {
    const { form } = await ask('ada', more)
    assert.deepEqual([form.hidden['error'], form.hidden['id_token'], form.hidden['state']], [error, undefined, 's'])
  })

test('to an address that is not registered nothing is sent, not even an error', async () => {
  assert.equal((await ask('ada', { redirect_uri: 'https://evil.example/' })).status, 400)
  assert.equal((await ask('ada', { redirect_uri: `${tool.issuer}/launch/` })).status, 400)
  assert.equal((await ask('ada', { client_id: 'somebody' })).status, 400)
})

test('a launch is good once', async () => {
  const { query, cookie } = await ask('ada')
  const again = await fetch(`${issuer}/auth?${query}`, { headers: { cookie } })
  assert.equal(firstForm(await again.text()).hidden['error'], 'invalid_request')
})

test('without its cookie the LMS sends the request to itself once more, and then says that nobody is signed in', async () => {
  const { form, query } = await ask('ada', {}, 'none=1')
  assert.equal(form.action, `${issuer}/auth`)
  const browser = new Browser()
  await browser.open(`${issuer}/auth?${query}`)
  assert.deepEqual(browser.visited.slice(1), [`${issuer}/auth`, `${tool.issuer}/launch`])
})

const assertion = (more: object = {}, by = key) => {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: client_id, sub: client_id, aud: `${issuer}/token`, iat: now, exp: now + 60 }
  return signedBy(by, { ...claims, jti: crypto.randomUUID(), ...more })
}

async function askToken(client_assertion: string, scope: string) {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
      scope,
    }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}

test('a token is given for a signed assertion, used once', async () => {
  const used = await assertion()
  assert.equal((await askToken(used, roster)).status, 200)
  const wrong: [string, string, string][] = [
    [used, roster, 'invalid_client'],
    [await assertion({}, { ...stranger, kid: key.kid }), roster, 'invalid_client'],
    [await assertion({ aud: 'https://lms.example/token' }), roster, 'invalid_client'],
    [await assertion({ exp: 1 }), roster, 'invalid_client'],
    [await assertion({ jti: undefined }), roster, 'invalid_client'],
    [await assertion({ iss: 'somebody' }), roster, 'invalid_client'],
    [await assertion(), 'https://purl.imsglobal.org/spec/lti-ts/scope/toolsetting', 'invalid_scope'],
  ]
  for (const [sent, scope, error] of wrong)
    assert.deepEqual(await askToken(sent, scope), { status: 400, body: { error } })
})

const bearer = async (scope: string): Promise<string> =>
  `Bearer ${(await askToken(await assertion(), scope)).body['access_token']}`

test('the roster comes page by page, to who may read it', async () => {
  const url = `${issuer}/services/CourseSection/2/bindings/1/memberships`
  assert.equal((await fetch(url)).status, 401)
  assert.equal((await fetch(url, { headers: { authorization: await bearer(`${ags}/score`) } })).status, 401)
  const authorization = await bearer(roster)
  assert.equal((await fetch(url, { headers: { authorization, accept: 'application/json' } })).status, 406)
  const first = await fetch(url, { headers: { authorization } })
  assert.match(
    first.headers.get('content-type') ?? '',
    /^application\/vnd\.ims\.lti-nrps\.v2\.membershipcontainer\+json/,
  )
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  const second = await fetch(next, { headers: { authorization } })
  const members = [first, second].map(async (page) => ((await page.json()) as { members: object[] }).members.length)
  assert.deepEqual(await Promise.all(members), [2, 1])
  assert.equal(second.headers.get('link'), null)
})

test('a line item is made, and takes scores of learners alone, each later than the last', async () => {
  const authorization = await bearer(`${ags}/lineitem ${ags}/score ${ags}/result.readonly`)
  const items = `${issuer}/services/2/lineitems`
  const item = { label: 'Attendance', scoreMaximum: 10 }
  const type = 'application/vnd.ims.lis.v2.lineitem+json'
  const make = (url: string, contentType: string, body: object) =>
    fetch(url, { method: 'POST', headers: { authorization, 'content-type': contentType }, body: JSON.stringify(body) })
  assert.equal((await make(`${items}?type_id=1`, 'application/json', item)).status, 400)
  assert.equal((await make(items, type, item)).status, 401, 'whose it is stands in the address')
  assert.equal((await make(`${items}?type_id=1`, type, { label: 'x' })).status, 400)
  assert.equal((await make(`${items}?type_id=1`, type, { ...item, resourceLinkId: '99' })).status, 403)
  const made = await make(`${items}?type_id=1`, type, item)
  assert.equal(made.status, 201)
  const { id } = (await made.json()) as { id: string }

  const scores = id.replace('?', '/scores?')
  const score = (more: object, contentType = 'application/vnd.ims.lis.v1.score+json', url = scores) =>
    make(url, contentType, {
      userId: '4',
      timestamp: '2026-03-02T10:00:00Z',
      scoreGiven: 5,
      scoreMaximum: 10,
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
      ...more,
    })
  assert.equal((await score({}, 'application/json')).status, 400)
  assert.equal((await score({}, undefined, `${id}/scores`)).status, 401, 'added to the text, not to the path')
  assert.equal((await score({ userId: '3' })).status, 400, 'a teacher')
  assert.equal((await score({ timestamp: 'yesterday' })).status, 400)
  assert.equal((await score({ activityProgress: 'Done' })).status, 400)
  const taken = await score({})
  assert.deepEqual([taken.status, await taken.text()], [200, ''])
  assert.equal((await score({ timestamp: '2026-03-02T10:00:00.500Z' })).status, 409)
  assert.equal((await score({ timestamp: '2026-03-02T10:00:01Z', scoreGiven: 7.5 })).status, 200)
  const results = await fetch(id.replace('?', '/results?'), { headers: { authorization } })
  assert.deepEqual(
    ((await results.json()) as { userId: string; resultScore: number }[]).map((each) => [
      each.userId,
      each.resultScore,
    ]),
    [['4', 7.5]],
  )
})

test('chosen content is taken from the tool itself, once, in the session of the teacher who chose', async () => {
  const [mine, another] = [await ask('ada'), await ask('ada')]
  const asked = decodeJwt(mine.form.hidden['id_token'] ?? '')
  const settings = asked['https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings']
  const { deep_link_return_url } = settings as { deep_link_return_url: string }
  const lti = 'https://purl.imsglobal.org/spec/lti/claim'
  const now = Math.floor(Date.now() / 1000)
  const answer = (more: object = {}, by = key) =>
    signedBy(by, {
      iss: client_id,
      aud: issuer,
      iat: now,
      exp: now + 60,
      nonce: crypto.randomUUID(),
      [`${lti}/message_type`]: 'LtiDeepLinkingResponse',
      [`${lti}/version`]: '1.3.0',
      [`${lti}/deployment_id`]: '1',
      'https://purl.imsglobal.org/spec/lti-dl/claim/content_items': [{ type: 'ltiResourceLink', title: 'Chosen' }],
      ...more,
    })
  const send = async (JWT: string, { cookie } = mine) => {
    const body = new URLSearchParams({ JWT, repost: '1' })
    const reply = await fetch(deep_link_return_url, { method: 'POST', headers: { cookie }, body })
    return { status: reply.status, words: wordsOf(await reply.text()) }
  }
  const good = await answer()
  assert.equal((await send(good, another)).status, 403, 'another session of hers')
  assert.match((await send(good)).words, /Chosen not graded/)
  const wrong: [string, string][] = [
    [good, 'used before'],
    [await answer({}, { ...stranger, kid: key.kid }), 'signature'],
    [await answer({ [`${lti}/deployment_id`]: '2' }), 'another deployment'],
    [await answer({ [`${lti}/message_type`]: 'LtiResourceLinkRequest' }), 'message_type'],
    [await answer({ aud: 'https://lms.example' }), 'aud'],
    [await answer({ exp: now - 60 }), 'exp'],
  ]
  for (const [jwt, why] of wrong) {
    const refused = await send(jwt)
    assert.equal(refused.status, 400)
    assert.ok(refused.words.includes(why), `${why}: ${refused.words}`)
  }
})
