import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { z } from 'zod'
import type { me } from '#http/api/me.ts'
import type { ProblemBody } from '#http/problem.ts'
import { createApiKey } from '#hub/keys.ts'
import { addMember, ensureWorkspace } from '#hub/workspaces.ts'
import { bearer, httpHub, json } from './http-hub.ts'

type Me = z.infer<typeof me>

const on = await httpHub({ after })
const here = on.hub.publicUrl

/** Opens a printed link as a browser does; answers the session's cookie. */
async function signedIn(): Promise<string> {
  const { url } = await on.signIn.printOwnerLink()
  const answer = await on.get(url.slice(here.length), { accept: 'text/html' })
  assert.equal(answer.status, 302)
  assert.equal(answer.headers.get('location'), `${here}/console/`)
  return cookieOf(answer)
}
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')

const { user_id } = await on.signIn.printOwnerLink()
await addMember(on.hub, on.workspace.id, user_id, 'owner')
const cookie = await signedIn()

test('a request without key or session is 401 and says how to ask', async () => {
  const answer = await on.get('/api/v1/me', {})
  assert.equal(answer.status, 401)
  assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/)
})

test('an unknown key is 401', async () => {
  assert.equal((await on.get('/api/v1/me', bearer('gr_unknown'))).status, 401)
})

for (const scheme of ['Bearer', 'Token', 'bearer']) {
  test(`an API key is taken as “Authorization: ${scheme}”`, async () => {
    const answer = await on.get('/api/v1/me', { authorization: `${scheme} ${on.keys.viewer}` })
    assert.equal(answer.status, 200)
    const { user, key, role, workspace, workspaces } = await json<Me>(answer)
    assert.equal(user, null)
    assert.match(key?.id ?? '', /^key_/)
    assert.equal(role, 'viewer')
    const plain = { colour: null, logo_url: null, language: null }
    assert.deepEqual(workspace, { id: on.workspace.id, name: 'School', demo: false, ...plain })
    assert.deepEqual(workspaces, [{ id: on.workspace.id, name: 'School', demo: false, role: 'viewer' }])
  })
}

const needs = [
  ['GET', '/api/v1/meetings', 'viewer', []],
  ['POST', '/api/v1/meetings', 'operator', ['viewer']],
  ['DELETE', '/api/v1/meetings/mtg_none', 'operator', ['viewer']],
  ['POST', '/api/v1/events/evt_none/replay', 'operator', ['viewer']],
  ['POST', '/api/v1/zoom_apps', 'admin', ['viewer', 'operator']],
  ['DELETE', '/api/v1/zoom_apps/zoa_none', 'admin', ['viewer', 'operator']],
] as const

for (const [method, path, least, tooLittle] of needs) {
  test(`${method} ${path} needs the role ${least}`, async () => {
    for (const role of tooLittle) {
      const answer = await fetch(on.url + path, { method, headers: bearer(on.keys[role]) })
      assert.equal(answer.status, 403)
      const { detail } = await json<ProblemBody>(answer)
      assert.match(detail ?? '', new RegExp(`${least}.*${role}`))
    }
    for (const role of [least, 'owner'] as const) {
      assert.notEqual((await fetch(on.url + path, { method, headers: bearer(on.keys[role]) })).status, 403)
    }
  })
}

test('a stranger’s body is not read: 401 comes before 413', async () => {
  const answer = await fetch(`${on.url}/api/v1/meetings`, {
    method: 'POST',
    body: 'x'.repeat(2_000_000),
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(answer.status, 401)
})

test('a printed link signs the owner in', async () => {
  const { user, key, role, workspace } = await json<Me>(await on.get('/api/v1/me', { cookie }))
  assert.deepEqual(user, { id: user_id, email: 'owner@greenroom.local', name: 'Owner' })
  assert.equal(key, null)
  assert.equal(role, 'owner')
  assert.equal(workspace.name, 'School')
})

test('the session’s cookie cannot be read by scripts and stays on this site', async () => {
  const { url } = await on.signIn.printOwnerLink()
  const [set = ''] = (await on.get(url.slice(here.length), {})).headers.getSetCookie()
  assert.match(set, /^greenroom\.session_token=/)
  assert.match(set, /; Path=\/(;|$)/)
  assert.match(set, /; HttpOnly/)
  assert.match(set, /; SameSite=Lax/)
})

test('a link works once; the second time leads to the sign-in page with an error', async () => {
  const { url } = await on.signIn.printOwnerLink()
  const path = url.slice(here.length)
  assert.match(cookieOf(await on.get(path, {})), /session_token/)
  const again = await on.get(path, {})
  assert.equal(again.status, 302)
  assert.equal(again.headers.get('location'), `${here}/console/sign-in?error=INVALID_TOKEN`)
  assert.deepEqual(again.headers.getSetCookie(), [])
})

test('looking at the head of a link does not use it up', async () => {
  const { url } = await on.signIn.printOwnerLink()
  const path = url.slice(here.length)
  await fetch(on.url + path, { method: 'HEAD' })
  assert.match(cookieOf(await on.get(path, {})), /session_token/)
})

test('a link without a token leads a browser to the sign-in page', async () => {
  const answer = await on.get('/api/auth/magic-link/verify', { accept: 'text/html' })
  assert.equal(answer.status, 302)
  assert.match(answer.headers.get('location') ?? '', /\/console\/sign-in\?error=/)
})

test('a browser cannot ask for a link, and nobody can sign themselves up', async () => {
  const link = await on.send(
    'POST',
    '/api/auth/sign-in/magic-link',
    { email: 'owner@greenroom.local' },
    { origin: here },
  )
  assert.equal(link.status, 404)
  const up = await on.send(
    'POST',
    '/api/auth/sign-up/email',
    { email: 'eve@example.com', password: 'correct horse', name: 'Eve' },
    { origin: here },
  )
  assert.equal(up.status, 400)
  assert.match(up.headers.get('content-type') ?? '', /^application\/problem\+json/)
})

test('whoever came by the link sets a password, and signs in with it the next time', async () => {
  const { url } = await on.signIn.printOwnerLink()
  const cookie = cookieOf(await on.get(url.slice(here.length), {}))
  const set = (password: string, headers: Record<string, string>) =>
    on.send('POST', '/api/auth/set-password', { password }, headers)
  assert.equal((await set('correct horse battery', { origin: here })).status, 401, 'without a session')
  assert.equal((await set('correct horse battery', { cookie, origin: 'https://evil.example' })).status, 403)
  assert.equal((await set('short', { cookie, origin: here })).status, 422)
  assert.equal((await set('correct horse battery', { cookie, origin: here })).status, 204)
  assert.equal((await set('another horse battery', { cookie, origin: here })).status, 204)
  const signIn = (password: string) =>
    on.send('POST', '/api/auth/sign-in/email', { email: 'owner@greenroom.local', password }, { origin: here })
  assert.equal((await signIn('correct horse battery')).status, 401)
  const entered = await signIn('another horse battery')
  assert.match(cookieOf(entered), /session_token/)
})

test('guessing passwords is stopped with 429 and Retry-After', async () => {
  const statuses: number[] = []
  let last: Response | undefined
  for (let tries = 0; tries < 11; tries++) {
    last = await on.send(
      'POST',
      '/api/auth/sign-in/email',
      { email: 'owner@greenroom.local', password: `guess ${tries}` },
      { origin: here },
    )
    statuses.push(last.status)
  }
  assert.deepEqual(new Set(statuses), new Set([401, 429]))
  assert.match(last?.headers.get('retry-after') ?? '', /^\d+$/)
})

const origins = [
  ['from the console itself', { origin: here }, 404],
  ['that the browser calls same-origin', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:8080' }, 404],
  ['from another site', { origin: 'https://evil.example' }, 403],
  ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site', origin: here }, 403],
  ['that says nothing of where it comes from', {}, 403],
] as const

for (const [title, headers, status] of origins) {
  test(`a change by cookie ${title} is ${status === 403 ? 'refused' : 'let through'}`, async () => {
    const answer = await fetch(`${on.url}/api/v1/zoom_apps/zoa_none`, {
      method: 'DELETE',
      headers: { cookie, ...headers },
    })
    assert.equal(answer.status, status)
  })
}

test('a person chooses the workspace by a header; another’s workspace is 404', async () => {
  const second = await ensureWorkspace(on.hub, 'Second')
  const foreign = await ensureWorkspace(on.hub, 'Foreign')
  await addMember(on.hub, second.id, user_id, 'viewer')
  const chosen = await json<Me>(await on.get('/api/v1/me', { cookie, 'greenroom-workspace': second.id }))
  assert.equal(chosen.workspace.name, 'Second')
  assert.equal(chosen.role, 'viewer')
  assert.deepEqual(
    chosen.workspaces.map(({ name }) => name),
    ['School', 'Second'],
  )
  assert.equal((await on.get('/api/v1/me', { cookie, 'greenroom-workspace': foreign.id })).status, 404)
  const inConsole = async (id: string): Promise<string> =>
    (await json<Me>(await on.get('/api/v1/me', { cookie: `${cookie}; greenroom-workspace=${id}` }))).workspace.name
  assert.equal(await inConsole(second.id), 'Second', 'by the console’s cookie, too')
  assert.equal(await inConsole(foreign.id), 'School', 'a cookie that is left over chooses nothing')
  const { key } = await createApiKey(on.hub, { workspace: 'Foreign', name: 'theirs', role: 'owner' })
  assert.equal((await on.get('/api/v1/me', { ...bearer(key), 'greenroom-workspace': on.workspace.id })).status, 404)
})

test('signing out ends the session', async () => {
  const mine = await signedIn()
  const out = await on.send('POST', '/api/auth/sign-out', {}, { cookie: mine, origin: here })
  assert.equal(out.status, 200)
  assert.equal((await on.get('/api/v1/me', { cookie: mine })).status, 401)
})

test('no answer of the sign-in is kept by a cache', async () => {
  assert.equal((await on.get('/api/auth/get-session', {})).headers.get('cache-control'), 'no-store')
})

test('several processes may open the sign-in of one empty database at once', async (t) => {
  const { openSignIn } = await import('#http/sign-in.ts')
  const { Secret } = await import('#core/secret.ts')
  const { testDatabase } = await import('./database.ts')
  const { connection } = await testDatabase({ after: (drop) => t.after(drop) })
  const open = () =>
    openSignIn({ address: connection, publicUrl: here, secret: new Secret('x'.repeat(40)), log: on.hub.log })
  const opened = await Promise.all([open(), open(), open()])
  const links = await Promise.all(opened.map((each) => each.printOwnerLink()))
  assert.equal(new Set(links.map((link) => link.user_id)).size, 1)
  assert.equal(new Set(links.map((link) => link.url)).size, 3)
  await Promise.all(opened.map((each) => each.close()))
})
