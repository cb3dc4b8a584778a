import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { tables } from '#integrations/lti/tables.ts'
import { wordsOf } from './lti-browser.ts'
import { newKey, signedBy, testPlatform, type Key } from './lti-test-platform.ts'
import { world } from './world.ts'

const w = await world({ after }, { connected: false })
const launchUrl = `${w.server.hub.publicUrl}/lti/launch`
const [key, stranger] = [await newKey('one'), await newKey('two')]
const platform = await testPlatform({ after }, [key])
const client_id = 'client-1'

const connect = (issuer: string, client: string, headers?: Record<string, string>) =>
  w.api<{ place_id: string }>(
    'POST',
    '/lti/platforms',
    {
      name: 'LMS',
      manual: {
        issuer,
        client_id: client,
        deployment_ids: ['1'],
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/certs`,
      },
    },
    headers,
  )
assert.equal((await connect(platform.issuer, client_id)).status, 201)

const claim = (name: string): string => `https://purl.imsglobal.org/spec/lti/claim/${name}`

/** Moved by tests that let time pass. */
let later_ms = 0
w.server.hub.runtime.now = () => Date.now() + later_ms
const seconds = (): number => Math.floor((Date.now() + later_ms) / 1000)

interface Begun {
  state: string
  nonce: string
  cookie: string
}

async function begin(issuer = platform.issuer, client = client_id, cookie?: string): Promise<Begun> {
  const query = new URLSearchParams({ iss: issuer, client_id: client, login_hint: '4', target_link_uri: launchUrl })
  const answer = await fetch(`${w.hubUrl}/lti/login?${query.toString()}`, {
    redirect: 'manual',
    headers: cookie ? { cookie } : {},
  })
  assert.equal(answer.status, 302, await answer.text())
  const asked = new URL(answer.headers.get('location') ?? '').searchParams
  const set = answer.headers.getSetCookie()[0]
  return {
    state: asked.get('state') ?? '',
    nonce: asked.get('nonce') ?? '',
    cookie: set?.split(';')[0] ?? cookie ?? '',
  }
}

const claimsOf = ({ nonce }: Begun): Record<string, unknown> => ({
  iss: platform.issuer,
  aud: client_id,
  sub: '4',
  nonce,
  iat: seconds(),
  exp: seconds() + 60,
  name: 'Grace Hopper',
  email: 'grace@school.example',
  [claim('version')]: '1.3.0',
  [claim('message_type')]: 'LtiResourceLinkRequest',
  [claim('deployment_id')]: '1',
  [claim('target_link_uri')]: launchUrl,
  [claim('resource_link')]: { id: '7', title: 'Algebra' },
  [claim('context')]: { id: '2' },
  [claim('roles')]: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
})

const deepLinking = (begun: Begun): Record<string, unknown> => ({
  ...claimsOf(begun),
  [claim('resource_link')]: undefined,
  [claim('message_type')]: 'LtiDeepLinkingRequest',
  [claim('roles')]: ['http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor'],
  'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings': {
    accept_types: ['ltiResourceLink'],
    deep_link_return_url: `${platform.issuer}/return`,
  },
})

interface Sent {
  status: number
  words: string
  location: string | null
}

async function send(fields: Record<string, string>, cookie: string): Promise<Sent> {
  const answer = await fetch(launchUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams(fields),
  })
  return { status: answer.status, words: wordsOf(await answer.text()), location: answer.headers.get('location') }
}

// All that is awaited comes before the first test: hooks run when the tests that are known by then are done.
const spent = await (async () => {
  const begun = await begin()
  const id_token = await signedBy(key, claimsOf(begun))
  await send({ state: begun.state, id_token }, begun.cookie)
  return { ...begun, id_token }
})()
const elsewhere = await begin()
const other = await (async () => {
  const theirs = await testPlatform({ after }, [stranger])
  await ensureWorkspace(w.server.hub, 'Another school')
  const authorization = `Bearer ${await w.key('owner', 'Another school')}`
  assert.equal((await connect(theirs.issuer, 'client-2', { authorization })).status, 201)
  return theirs
})()

/** What a learner sees whose launch was believed, of an activity to which no meeting belongs. */
const believed = (sent: Sent): void => {
  assert.equal(sent.status, 404, sent.words)
  assert.match(sent.words, /No meeting belongs to this activity yet/)
}

test('a launch as it should be is believed', async () => {
  const begun = await begin()
  believed(await send({ state: begun.state, id_token: await signedBy(key, claimsOf(begun)) }, begun.cookie))
})

test('a teacher’s choice of content opens the form in a frame that is good in this browser alone', async () => {
  const begun = await begin()
  const sent = await send({ state: begun.state, id_token: await signedBy(key, deepLinking(begun)) }, begun.cookie)
  assert.equal(sent.status, 303, sent.words)
  const frame = new URL(sent.location ?? '', w.hubUrl)
  const ask = (cookie: string) => fetch(frame, { headers: { cookie } })
  assert.match(await (await ask(begun.cookie)).text(), /Plan a Zoom meeting/)
  assert.equal((await ask('')).status, 401)
  assert.equal((await ask((await begin()).cookie)).status, 401)
  later_ms += 13 * 3_600_000
  assert.equal((await ask(begun.cookie)).status, 401, 'half a day later it is over')
  later_ms = 0
})

interface Attack {
  what: string
  reason: RegExp
  claims?: (claims: Record<string, unknown>, begun: Begun) => Record<string, unknown>
  /** How the token is made from the claims; signed by the platform's key when absent. */
  token?: (claims: Record<string, unknown>) => Promise<string> | string
  form?: (fields: Record<string, string>) => Record<string, string>
  cookie?: (begun: Begun) => Promise<string> | string
}

const withClaims =
  (more: Record<string, unknown>): NonNullable<Attack['claims']> =>
  (claims) => ({ ...claims, ...more })
const attacks: Attack[] = [
  {
    what: 'one letter of the message is changed',
    reason: /signature/,
    token: async (claims) => {
      const [header, , signature] = (await signedBy(key, claims)).split('.')
      const changed = Buffer.from(JSON.stringify({ ...claims, sub: '3' })).toString('base64url')
      return `${header}.${changed}.${signature}`
    },
  },
  {
    what: 'a key that the platform does not have',
    reason: /no applicable key/,
    token: (claims) => signedBy(stranger, claims),
  },
  {
    what: 'another key under the name of the platform’s',
    reason: /signature/,
    token: (claims) => signedBy({ ...stranger, kid: key.kid }, claims),
  },
  { what: 'alg none', reason: /alg|JWS/i, token: (claims) => new UnsecuredJWT(claims).encode() },
  {
    what: 'HS256 with the public key as the secret',
    reason: /"alg"/,
    token: async (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: key.kid })
        .sign(new TextEncoder().encode(await exportSPKI(key.publicKey))),
  },
  { what: 'no token at all', reason: /Compact JWS/, token: () => '' },
  { what: 'not a token', reason: /not believed/, token: () => 'a.b.c' },
  { what: 'another issuer', reason: /"iss"/, claims: withClaims({ iss: 'https://lms.example' }) },
  { what: 'for another tool', reason: /"aud"/, claims: withClaims({ aud: 'client-2' }) },
  {
    what: 'for several tools without saying which is meant',
    reason: /azp/,
    claims: withClaims({ aud: [client_id, 'client-2'] }),
  },
  { what: 'another authorized party', reason: /azp/, claims: withClaims({ azp: 'client-2' }) },
  {
    what: 'a deployment that is not known',
    reason: /Deployment 9/,
    claims: withClaims({ [claim('deployment_id')]: '9' }),
  },
  { what: 'a nonce of somebody’s own', reason: /nonce/, claims: withClaims({ nonce: 'my-nonce' }) },
  { what: 'no nonce', reason: /nonce/, claims: withClaims({ nonce: undefined }) },
  {
    what: 'the nonce of another launch that has begun',
    reason: /nonce/,
    claims: withClaims({ nonce: elsewhere.nonce }),
  },
  {
    what: 'the same message a second time, with a new state',
    reason: /nonce/,
    token: () => spent.id_token,
  },
  {
    what: 'the same message a second time, as it was',
    reason: /used before/,
    form: () => ({ state: spent.state, id_token: spent.id_token }),
    cookie: () => spent.cookie,
  },
  { what: 'expired', reason: /"exp"/, claims: withClaims({ iat: seconds() - 120, exp: seconds() - 60 }) },
  { what: 'never expires', reason: /"exp"/, claims: withClaims({ exp: undefined }) },
  { what: 'from the future', reason: /"iat"/, claims: withClaims({ iat: seconds() + 600, exp: seconds() + 660 }) },
  {
    what: 'made yesterday and good for a year',
    reason: /"iat"/,
    claims: withClaims({ iat: seconds() - 86_400, exp: seconds() + 31_536_000 }),
  },
  { what: 'no state', reason: /no state/, form: ({ state: _state, ...rest }) => rest },
  {
    what: 'a state of somebody’s own',
    reason: /used before, or took too long/,
    form: (fields) => ({ ...fields, state: 'x'.repeat(43) }),
  },
  { what: 'no cookie', reason: /another browser/, cookie: () => '' },
  { what: 'the cookie of another browser', reason: /another browser/, cookie: async () => (await begin()).cookie },
  { what: 'no subject', reason: /"sub"/, claims: withClaims({ sub: undefined }) },
  {
    what: 'another message type',
    reason: /message_type/,
    claims: withClaims({ [claim('message_type')]: 'LtiSubmissionReviewRequest' }),
  },
  { what: 'another version', reason: /LTI 1\.3/, claims: withClaims({ [claim('version')]: '1.1.0' }) },
  { what: 'no resource link', reason: /resource_link/, claims: withClaims({ [claim('resource_link')]: undefined }) },
  { what: 'the character NUL', reason: /NUL/, claims: withClaims({ name: 'Grace\0' }) },
  { what: 'no roles', reason: /roles/, claims: withClaims({ [claim('roles')]: undefined }) },
  {
    what: 'a target that is not ours',
    reason: /target_link_uri/,
    claims: withClaims({ [claim('target_link_uri')]: 'https://evil.example/lti/launch' }),
  },
  {
    what: 'a target with our address in front',
    reason: /target_link_uri/,
    claims: withClaims({ [claim('target_link_uri')]: `${w.server.hub.publicUrl}.evil.example/lti/launch` }),
  },
  {
    what: 'a platform of another workspace in place of the one that was asked',
    reason: /no applicable key/,
    token: (claims) => signedBy(stranger, { ...claims, iss: other.issuer, aud: 'client-2' }),
  },
  {
    what: 'the LMS’s own refusal',
    reason: /The LMS refused: Invalid prompt/,
    form: ({ state = '' }) => ({ state, error: 'invalid_request', error_description: 'Invalid prompt' }),
  },
]

for (const attack of attacks)
  test(`a launch is refused: ${attack.what}`, async () => {
    const begun = await begin()
    const claims = attack.claims?.(claimsOf(begun), begun) ?? claimsOf(begun)
    const fields = { state: begun.state, id_token: await (attack.token?.(claims) ?? signedBy(key, claims)) }
    const sent = await send(attack.form?.(fields) ?? fields, (await attack.cookie?.(begun)) ?? begun.cookie)
    assert.deepEqual([sent.status, sent.location], [403, null], sent.words)
    assert.match(sent.words, attack.reason)
  })

test('a state counts once even when what came with it was refused', async () => {
  const begun = await begin()
  assert.equal((await send({ state: begun.state, id_token: 'a.b.c' }, begun.cookie)).status, 403)
  const again = await send({ state: begun.state, id_token: await signedBy(key, claimsOf(begun)) }, begun.cookie)
  assert.equal(again.status, 403)
})

const notTeachers = [
  'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner',
  'http://purl.imsglobal.org/vocab/lis/v2/membership#InstructorOfNothing',
  'http://evil.example/membership#Instructor',
  'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor',
  'Instructor',
]
for (const role of notTeachers)
  test(`who is ${role} adds nothing to a course`, async () => {
    const begun = await begin()
    const id_token = await signedBy(key, { ...deepLinking(begun), [claim('roles')]: [role] })
    const sent = await send({ state: begun.state, id_token }, begun.cookie)
    assert.equal(sent.status, 403, sent.words)
    assert.match(sent.words, /Only teachers/)
  })

const logins: [string, Record<string, string>, number][] = [
  ['an LMS that is not connected', { iss: 'https://lms.example' }, 404],
  ['a client id that is another’s', { client_id: 'client-9' }, 404],
  ['nobody to sign in', { login_hint: '' }, 422],
  ['a target that is not ours', { target_link_uri: 'https://evil.example/lti/launch' }, 422],
  ['no target', { target_link_uri: '' }, 422],
  ['NUL in the issuer', { iss: '\0' }, 422],
  ['NUL in the client id', { client_id: 'client-1\0' }, 422],
]
for (const [what, more, status] of logins)
  test(`a login goes nowhere: ${what}`, async () => {
    const fields = { iss: platform.issuer, client_id, login_hint: '4', target_link_uri: launchUrl, ...more }
    const answer = await fetch(`${w.hubUrl}/lti/login`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
    })
    assert.deepEqual([answer.status, answer.headers.get('location')], [status, null])
  })

test('a login by GET that holds NUL goes nowhere, either', async () => {
  const answer = await fetch(`${w.hubUrl}/lti/login?iss=%00&login_hint=4`, { redirect: 'manual' })
  assert.equal(answer.status, 422)
})

test('two users of one LMS are two persons, though they share an e-mail address', async () => {
  for (const sub of ['41', '42']) {
    const begun = await begin()
    const claims = { ...claimsOf(begun), sub, name: `Sibling ${sub}`, email: 'parents@school.example' }
    believed(await send({ state: begun.state, id_token: await signedBy(key, claims) }, begun.cookie))
  }
  const rows = await tables(w.server.hub.db)
    .selectFrom('lti_user')
    .select('person_id')
    .where('email', '=', 'parents@school.example')
    .execute()
  assert.equal(new Set(rows.map(({ person_id }) => person_id)).size, 2)
})

test('the login asks as the standard wants it, and its cookie lives in a frame of another site', async () => {
  const query = new URLSearchParams({
    iss: platform.issuer,
    client_id,
    login_hint: '4',
    lti_message_hint: '{"a":1}',
    target_link_uri: launchUrl,
  })
  const answer = await fetch(`${w.hubUrl}/lti/login?${query.toString()}`, { redirect: 'manual' })
  const asked = new URL(answer.headers.get('location') ?? '')
  const { state, nonce, ...rest } = Object.fromEntries(asked.searchParams)
  assert.equal(asked.origin + asked.pathname, `${platform.issuer}/auth`)
  assert.deepEqual(rest, {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id,
    redirect_uri: launchUrl,
    login_hint: '4',
    lti_message_hint: '{"a":1}',
  })
  assert.ok(state && nonce && state !== nonce)
  assert.match(answer.headers.getSetCookie()[0] ?? '', /; HttpOnly; Secure; SameSite=None; Partitioned$/)
})

test('the launch address answers a robot at once, without a redirect', async () => {
  const answer = await fetch(launchUrl, { redirect: 'manual', headers: { 'user-agent': 'MoodleBot/4.5' } })
  assert.equal(answer.status, 403)
})

test('a platform that takes a new key is believed with it, without a restart', async () => {
  const fresh: Key = await newKey('three')
  platform.keys = [key, fresh]
  later_ms = 11_000
  const begun = await begin()
  believed(await send({ state: begun.state, id_token: await signedBy(fresh, claimsOf(begun)) }, begun.cookie))
  later_ms = 0
})

test('a place that is switched off opens nothing, and what was open shows nothing any more', async () => {
  const open = await begin()
  const sent = await send({ state: open.state, id_token: await signedBy(key, deepLinking(open)) }, open.cookie)
  const frame = new URL(sent.location ?? '', w.hubUrl)
  const [place] = (await w.api<{ items: { id: string }[] }>('GET', '/places')).body.items
  await w.api('PATCH', `/places/${place?.id}`, { state: 'off' })
  const begun = await begin()
  const refused = await send({ state: begun.state, id_token: await signedBy(key, claimsOf(begun)) }, begun.cookie)
  assert.match(refused.words, /switched off/)
  for (const [method, url] of [
    ['GET', frame.href],
    ['POST', `${frame.href}/plan`],
  ] as const)
    assert.equal((await fetch(url, { method, headers: { cookie: open.cookie } })).status, 403)
  await w.api('PATCH', `/places/${place?.id}`, { state: 'on' })
  assert.equal((await fetch(frame, { headers: { cookie: open.cookie } })).status, 200)
})

test('an LMS belongs to the workspace that connected it first', async () => {
  const authorization = `Bearer ${await w.key('owner', 'Another school')}`
  assert.equal((await connect(platform.issuer, client_id, { authorization })).status, 409)
  assert.equal((await connect(platform.issuer, client_id)).status, 201, 'again by itself: brought up to date')
  assert.equal((await w.api<{ items: unknown[] }>('GET', '/places')).body.items.length, 1)
})

for (const version of ['4.4', '4.5']) {
  const recorded = readFileSync(`test/vectors/lti/moodle-${version}-messages.txt`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('launch Lti'))
    .map((line) => (JSON.parse(line.slice(line.indexOf('{'))) as { claims: Record<string, unknown> }).claims)
  assert.equal(recorded.length, 2)

  test(`what Moodle ${version} sends is believed: a choice of content and a launch`, async () => {
    for (const claims of recorded) {
      const begun = await begin()
      const { iss, aud, iat, exp, nonce } = claimsOf(begun)
      const ours = { ...claims, iss, aud, iat, exp, nonce, [claim('target_link_uri')]: launchUrl }
      const sent = await send({ state: begun.state, id_token: await signedBy(key, ours) }, begun.cookie)
      if (claims[claim('message_type')] === 'LtiDeepLinkingRequest') assert.equal(sent.status, 303, sent.words)
      else believed(sent)
    }
  })
}
