import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Member } from '#hub/resources.ts'
import { addMember, ensureWorkspace } from '#hub/workspaces.ts'
import { openPool } from '#store/db.ts'
import { cookieBrowser } from './cookie-browser.ts'
import { openIssuer } from './oidc-issuer.ts'
import { world } from './world.ts'

const issuer = await openIssuer()
after(() => issuer.close())
const w = await world({ after }, { connected: false, settings: issuer.settings })
const { publicUrl } = w.server.hub
issuer.open(publicUrl)

type Browser = ReturnType<typeof cookieBrowser>
const browser = () => cookieBrowser(publicUrl)

/** To the provider, which knows the person, and back to the address of ours that it sends them to. */
async function goAndComeBack(own: Browser, login: string): Promise<string> {
  const begun = await own('/api/auth/sign-in/social', { provider: 'oidc', callbackURL: `${publicUrl}/console/` })
  assert.equal(begun.status, 200, begun.text)
  let { location } = await own((begun.body as { url: string }).url)
  for (let hops = 0; !location.startsWith(publicUrl); hops++) {
    assert.ok(location && hops < 10, 'the provider leads somewhere')
    const url = new URL(location)
    if (url.pathname.startsWith('/interaction/')) url.searchParams.set('login', login)
    location = (await own(url.href)).location
  }
  return location
}

/** Where somebody lands in the end. */
async function signIn(own: Browser, login: string): Promise<URL> {
  return new URL((await own(await goAndComeBack(own, login))).location)
}
const refusal = (landed: URL) => {
  assert.equal(landed.pathname, '/console/sign-in')
  return landed.searchParams.get('error')
}
const me = async (own: Browser) => own('/api/v1/me')

const known = (login: string, { verified = true } = {}) => {
  const email = `${login}@school.example`
  issuer.people.set(login, { email, email_verified: verified, name: login })
  return email
}
const invite = async (email: string, role: string, headers = {}) => {
  const answer = await w.api('POST', '/invitations', { email, role }, headers)
  assert.equal(answer.status, 201, answer.text)
}
const memberOf = async (email: string) =>
  (await w.api<{ items: Member[] }>('GET', '/members')).body.items.find((each) => each.email === email)

test('who is a member already signs in, again and again, as who they are', async () => {
  const email = known('grace')
  const id = await w.server.signIn.createAccount({ email, name: 'Grace', password: 'a long enough password' })
  await addMember(w.server.hub, w.workspace_id, id, 'admin')
  for (let times = 1; times <= 2; times++) {
    const own = browser()
    assert.equal((await signIn(own, 'grace')).pathname, '/console/')
    const { user, role } = (await me(own)).body as { user: { id: string; email: string }; role: string }
    assert.deepEqual([user.id, user.email, role], [id, email, 'admin'])
  }
})

test('the sign-in page is told what the provider is called', async () => {
  const { body } = await browser()('/api/auth/ways')
  assert.deepEqual(body, { oidc: { name: 'School account' }, passkeys: true })
})

test('being known to the provider makes nobody a member, and leaves no account behind', async () => {
  const email = known('mallory')
  const own = browser()
  assert.equal(refusal(await signIn(own, 'mallory')), 'not_invited')
  assert.equal((await me(own)).status, 401)
  assert.equal(await w.server.signIn.accountOf(email), undefined)
})

test('an address that the provider has not verified opens nothing, though it is a member’s or invited', async () => {
  const email = known('alan', { verified: false })
  await invite(email, 'viewer')
  const own = browser()
  assert.equal(refusal(await signIn(own, 'alan')), 'email_not_verified')
  assert.equal((await me(own)).status, 401)
  issuer.people.set('impostor', { email: 'grace@school.example', email_verified: false })
  assert.equal(refusal(await signIn(browser(), 'impostor')), 'email_not_verified')
})

test('who is invited becomes a member with the role that was given, by the address alone and once', async () => {
  const email = known('mary')
  await invite(email.toUpperCase(), 'operator')
  const own = browser()
  assert.equal((await signIn(own, 'mary')).pathname, '/console/')
  assert.equal(((await me(own)).body as { role: string }).role, 'operator')
  assert.equal((await memberOf(email))?.name, 'mary')
  const open = (await w.api<{ items: { email: string }[] }>('GET', '/invitations')).body.items
  assert.ok(!open.some((each) => each.email.toLowerCase() === email))
})

test('an invitation that was taken back invites nobody', async () => {
  await invite(known('taken'), 'viewer')
  const [open] = (await w.api<{ items: { id: string }[] }>('GET', '/invitations')).body.items
  await w.api('DELETE', `/invitations/${open?.id}`)
  assert.equal(refusal(await signIn(browser(), 'taken')), 'not_invited')
})

test('who was removed stays out until they are invited again', async () => {
  const email = known('max')
  await invite(email, 'operator')
  await signIn(browser(), 'max')
  const member = await memberOf(email)
  await w.api('DELETE', `/members/${member?.id}`)
  const own = browser()
  assert.equal(refusal(await signIn(own, 'max')), 'not_invited')
  assert.equal((await me(own)).status, 401)
  await invite(email, 'viewer')
  assert.equal((await signIn(own, 'max')).pathname, '/console/')
  assert.equal((await memberOf(email))?.role, 'viewer')
})

test('a member who is invited elsewhere is not made a member there without a word', async () => {
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  await invite('grace@school.example', 'owner', { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` })
  const own = browser()
  await signIn(own, 'grace')
  const { workspaces } = (await me(own)).body as { workspaces: { name: string }[] }
  assert.deepEqual(
    workspaces.map(({ name }) => name),
    ['School'],
  )
})

test('a way back that was forged, used already or begun in another browser opens nothing', async () => {
  const forged = new URL(await goAndComeBack(browser(), 'grace'))
  forged.searchParams.set('state', 'x'.repeat(32))
  assert.equal(refusal(new URL((await browser()(forged.href)).location)), 'state_mismatch')

  const own = browser()
  const back = await goAndComeBack(own, 'grace')
  const thief = browser()
  assert.equal(refusal(new URL((await thief(back)).location)), 'state_mismatch')
  assert.equal((await me(thief)).status, 401)
  assert.equal(new URL((await own(back)).location).pathname, '/console/')
  assert.equal(refusal(new URL((await own(back)).location)), 'state_mismatch')

  const mixed = new URL(await goAndComeBack(own, 'grace'))
  mixed.searchParams.set('iss', 'https://another.example')
  assert.equal(refusal(new URL((await own(mixed.href)).location)), 'issuer_mismatch')
})

test('a code is good for the sign-in alone that it was made for', async () => {
  const own = browser()
  const first = new URL(await goAndComeBack(own, 'grace'))
  const second = new URL(await goAndComeBack(own, 'grace'))
  second.searchParams.set('code', first.searchParams.get('code') ?? '')
  assert.equal(refusal(new URL((await own(second.href)).location)), 'invalid_code')
  assert.equal((await me(own)).status, 401)
})

test('an ID token that somebody brings along signs nobody in, and an account is not tied to the provider from outside', async () => {
  const own = browser()
  await signIn(own, 'grace')
  const body = { provider: 'oidc', idToken: { token: 'a.b.c' } }
  assert.equal((await browser()('/api/auth/sign-in/social', body)).status, 404)
  for (const path of ['link-social', 'unlink-account', 'get-access-token', 'refresh-token'])
    assert.equal((await own(`/api/auth/${path}`, { provider: 'oidc', providerId: 'oidc' })).status, 404, path)
})

test('tokens of the provider are kept nowhere', async () => {
  const pool = openPool({ connectionString: w.env['DATABASE_URL'] ?? '' }, { max: 1, onError: () => {} })
  const { rows } = await pool.query(
    `select "accessToken", "refreshToken", "idToken" from auth.account where "providerId" = 'oidc'`,
  )
  await pool.end()
  assert.ok(rows.length > 0)
  for (const row of rows) assert.deepEqual(Object.values(row as object), [null, null, null])
})

test('with the provider down a sentence says so, and the password still opens', async () => {
  const own = browser()
  const back = await goAndComeBack(own, 'grace')
  issuer.down()
  assert.equal(refusal(new URL((await own(back)).location)), 'invalid_code')
  const { status } = await own('/api/auth/sign-in/email', {
    email: 'grace@school.example',
    password: 'a long enough password',
  })
  assert.equal(status, 200)

  const fresh = await world({ after }, { connected: false, settings: issuer.settings })
  const begun = await cookieBrowser(fresh.hubUrl)('/api/auth/sign-in/social', { provider: 'oidc' })
  assert.equal(begun.status, 503)
  assert.match((begun.body as { detail: string }).detail, /School account does not answer/)
  issuer.open(fresh.hubUrl)
  assert.equal((await cookieBrowser(fresh.hubUrl)('/api/auth/sign-in/social', { provider: 'oidc' })).status, 200)
})
