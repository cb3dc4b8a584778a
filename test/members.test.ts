import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import type { Invitation, Member, SignInSession } from '#hub/resources.ts'
import { addMember, ensureWorkspace } from '#hub/workspaces.ts'
import { cookieBrowser } from './cookie-browser.ts'
import { world } from './world.ts'

const w = await world({ after }, { connected: false })
const { publicUrl } = w.server.hub
const password = 'a long enough password'

const browser = () => cookieBrowser(publicUrl)

const link = await w.server.signIn.printOwnerLink()
await addMember(w.server.hub, w.workspace_id, link.user_id, 'owner')
const owner = browser()
assert.equal((await owner(link.url.slice(publicUrl.length))).status, 302)

const items = async <T>(path: string): Promise<T[]> => ((await owner(path)).body as { items: T[] }).items
const invited = async (email: string, role = 'operator'): Promise<string> => {
  const { status, body, text } = await owner('/api/v1/invitations', { email, role })
  assert.equal(status, 201, text)
  return new URL((body as { url: string }).url).searchParams.get('token') ?? ''
}

async function joined(email: string, role = 'operator') {
  const token = await invited(email, role)
  const accepted = await browser()('/api/auth/accept-invitation', { token, name: email.split('@', 1)[0], password })
  assert.equal(accepted.status, 204, accepted.text)
  const own = browser()
  assert.equal((await own('/api/auth/sign-in/email', { email, password })).status, 200)
  return own
}
const memberOf = async (email: string) => (await items<Member>('/api/v1/members')).find((each) => each.email === email)

test('who is invited makes an account by the link, once, and has the role that was given', async () => {
  const token = await invited('grace@school.example')
  const told = await browser()('/api/auth/invitation', { token })
  assert.deepEqual(told.body, { email: 'grace@school.example', role: 'operator', workspace: 'School', known: false })
  const short = await browser()('/api/auth/accept-invitation', { token, name: 'Grace', password: 'short' })
  assert.equal(short.status, 422)
  assert.equal((await browser()('/api/auth/accept-invitation', { token, name: 'Grace', password })).status, 204)
  assert.equal((await browser()('/api/auth/accept-invitation', { token, name: 'Grace', password })).status, 404)
  const grace = browser()
  assert.equal((await grace('/api/auth/sign-in/email', { email: 'Grace@school.example', password })).status, 200)
  const me = (await grace('/api/v1/me')).body as { role: string; user: object }
  assert.equal(me.role, 'operator')
  assert.deepEqual(Object.keys(me.user).toSorted(), ['email', 'id', 'name'])
  assert.equal((await grace('/api/v1/members')).status, 403)
})

test('who has an account already shows that it is theirs, and the link alone makes nobody somebody else', async () => {
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const elsewhere = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  const { body } = await w.api<Invitation & { url: string }>(
    'POST',
    '/invitations',
    { email: 'grace@school.example', role: 'admin' },
    elsewhere,
  )
  const token = new URL(body.url).searchParams.get('token')
  assert.equal((await browser()('/api/auth/accept-invitation', { token, name: 'Mallory', password })).status, 401)
  assert.equal((await owner('/api/auth/accept-invitation', { token })).status, 401, 'signed in as somebody else')
  const grace = browser()
  await grace('/api/auth/sign-in/email', { email: 'grace@school.example', password })
  assert.equal((await grace('/api/auth/accept-invitation', { token })).status, 204)
  const { workspaces } = (await grace('/api/v1/me')).body as { workspaces: { name: string; role: string }[] }
  assert.deepEqual(workspaces.map(({ name, role }) => `${name} ${role}`).toSorted(), [
    'Elsewhere admin',
    'School operator',
  ])
})

test('an invitation that was taken back, or that nobody made, opens nothing', async () => {
  const token = await invited('alan@school.example')
  const [open] = await items<Invitation>('/api/v1/invitations')
  assert.equal(open?.email, 'alan@school.example')
  assert.equal((await owner(`/api/v1/invitations/${open.id}`, undefined, 'DELETE')).status, 204)
  for (const each of [token, 'nothing'])
    assert.equal((await browser()('/api/auth/invitation', { token: each })).status, 404)
  assert.deepEqual(await items('/api/v1/invitations'), [])
  assert.equal((await owner('/api/v1/invitations', { email: 'grace@school.example', role: 'viewer' })).status, 409)
})

test('the only owner stays one, and nobody touches who stands above them', async () => {
  const admin = await joined('admin@school.example', 'admin')
  const self = await memberOf('owner@greenroom.local')
  assert.ok(self)
  assert.equal((await owner(`/api/v1/members/${self.id}`, { role: 'admin' }, 'PATCH')).status, 409)
  assert.equal((await owner(`/api/v1/members/${self.id}`, undefined, 'DELETE')).status, 409)
  for (const [path, body, method] of [
    [`/api/v1/members/${self.id}`, { role: 'viewer' }, 'PATCH'],
    [`/api/v1/members/${self.id}`, undefined, 'DELETE'],
    [`/api/v1/members/${self.id}/sessions`, undefined, 'DELETE'],
    ['/api/v1/invitations', { email: 'x@school.example', role: 'owner' }, 'POST'],
  ] as const)
    assert.equal((await admin(path, body, method)).status, 403, path)
  const mine = await memberOf('admin@school.example')
  assert.equal((await admin(`/api/v1/members/${mine?.id}`, { role: 'owner' }, 'PATCH')).status, 403)
})

test('who is removed is out at once', async () => {
  const mia = await joined('mia@school.example')
  assert.equal((await mia('/api/v1/me')).status, 200)
  const member = await memberOf('mia@school.example')
  assert.equal((await owner(`/api/v1/members/${member?.id}`, undefined, 'DELETE')).status, 204)
  assert.equal((await mia('/api/v1/me')).status, 401)
  assert.equal(await memberOf('mia@school.example'), undefined)
})

test('sessions are listed, one is ended from another, and an owner ends all of somebody’s', async () => {
  const email = 'max@school.example'
  const laptop = await joined(email)
  const phone = browser()
  await phone('/api/auth/sign-in/email', { email, password })
  const seen = ((await laptop('/api/v1/me/sessions')).body as { items: SignInSession[] }).items
  assert.deepEqual(seen.map(({ current }) => String(current)).toSorted(), ['false', 'true'])
  const other = seen.find(({ current }) => !current)
  assert.equal((await laptop(`/api/v1/me/sessions/${other?.id}`, undefined, 'DELETE')).status, 204)
  assert.equal((await phone('/api/v1/me')).status, 401)
  assert.equal((await laptop('/api/v1/me')).status, 200)
  const [mine] = ((await owner('/api/v1/me/sessions')).body as { items: SignInSession[] }).items
  assert.equal((await laptop(`/api/v1/me/sessions/${mine?.id}`, undefined, 'DELETE')).status, 404, 'another’s')
  const { id } = (await memberOf(email)) ?? {}
  assert.deepEqual((await owner(`/api/v1/members/${id}/sessions`, undefined, 'DELETE')).body, { ended: 1 })
  assert.equal((await laptop('/api/v1/me')).status, 401)
})

/** RFC 6238 with SHA-1, six digits and steps of 30 seconds, from the secret in base 32. */
function totp(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret)
    .map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(step).digest()
  const at = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(at) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

test('with a second factor the password alone signs nobody in; a code does, and a single-use code for who lost the device', async () => {
  const email = 'ada@school.example'
  const ada = await joined(email)
  assert.notEqual((await ada('/api/auth/two-factor/enable', { password: 'wrong password' })).status, 200)
  const enabled = (await ada('/api/auth/two-factor/enable', { password })).body as {
    totpURI: string
    backupCodes: string[]
  }
  const secret = new URL(enabled.totpURI).searchParams.get('secret') ?? ''
  assert.equal((await ada('/api/auth/two-factor/verify-totp', { code: totp(secret) })).status, 200)
  assert.equal((await memberOf(email))?.two_factor, true)

  const again = browser()
  const half = await again('/api/auth/sign-in/email', { email, password })
  assert.equal((half.body as { twoFactorRedirect?: boolean }).twoFactorRedirect, true)
  assert.equal((await again('/api/v1/me')).status, 401)
  assert.notEqual((await again('/api/auth/two-factor/verify-totp', { code: '000000' })).status, 200)
  assert.equal((await again('/api/v1/me')).status, 401)
  assert.equal((await again('/api/auth/two-factor/verify-totp', { code: totp(secret) })).status, 200)
  assert.equal((await again('/api/v1/me')).status, 200)

  const lost = browser()
  await lost('/api/auth/sign-in/email', { email, password })
  const code = enabled.backupCodes[0]
  assert.equal((await lost('/api/auth/two-factor/verify-backup-code', { code })).status, 200)
  const thief = browser()
  await thief('/api/auth/sign-in/email', { email, password })
  assert.notEqual((await thief('/api/auth/two-factor/verify-backup-code', { code })).status, 200)
})

test('nothing tells whether the address or the password was wrong, and guessing ends soon', async () => {
  const said = []
  for (const email of ['grace@school.example', 'nobody@school.example'])
    said.push((await browser()('/api/auth/sign-in/email', { email, password: 'not the right one' })).text)
  assert.equal(said[0], said[1])
  let status = 0
  for (let tries = 0; tries < 12 && status !== 429; tries++)
    status = (await browser()('/api/auth/sign-in/email', { email: 'grace@school.example', password: `guess ${tries}` }))
      .status
  assert.equal(status, 429)
})
