import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { pageToken as pageTokenOf } from '#hub/door/page-token.ts'
import { issueTicket, revokeTickets, type NewTicket } from '#hub/door/ticket.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

const now = await meeting('Algebra', soon(5))
const later = await meeting('Algebra II', soon(90))

test('the Door says which meeting, who you are, and lets you in', async () => {
  const guest = await ticket(now.id, { role: 'guest' })
  const { status, text, headers } = await get(guest.path)
  assert.equal(status, 200)
  assert.match(text, /Algebra/)
  assert.match(text, /You come in as a guest/)
  assert.match(text, /Your name/)
  assert.match(text, /Open in the Zoom app/)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
  for (const secret of [now.zoom_meeting_id, now.password, now.join_url]) assert.ok(!text.includes(secret))
  const known = await get((await ticket(now.id, { role: 'participant', name: 'Grace <i>Hopper</i>' })).path)
  assert.match(known.text, /You come in as <b>Grace &#60;i&#62;Hopper/)
  assert.doesNotMatch(known.text, /Your name/)
})

test('who comes too early is told when, and looks again without doing anything; a host may come first', async () => {
  const early = await ticket(later.id, { role: 'participant', name: 'Grace Hopper' })
  const { text } = await get(early.path)
  assert.match(text, /The doors open in 1 hour and 1[45] minutes/)
  assert.match(text, /data-waiting="yes"/)
  assert.doesNotMatch(text, /Open in the Zoom app/)
  for (const [method, path] of [
    ['POST', '/app'],
    ['GET', '/room'],
  ] as const) {
    const answer = await fetch(w.hubUrl + early.path + path, { method, redirect: 'manual' })
    assert.equal(answer.status, 303)
    assert.equal(answer.headers.get('location'), early.path, 'back to the Door')
  }
  const host = await get((await ticket(later.id, { role: 'host', name: 'Ada Lovelace' })).path)
  assert.match(host.text, /Ada Lovelace<\/b>, the host/)
  assert.match(host.text, /Open in the Zoom app/)
})

test('a ticket that is unknown, over or taken back is one and the same page', async () => {
  const over = await ticket(now.id, { role: 'guest', expires_at: new Date(Date.now() - 1000) })
  const person_id = await person()
  const taken = await ticket(now.id, { role: 'participant', person_id })
  assert.equal((await get(taken.path)).status, 200)
  await revokeTickets(hub, w.workspace_id, { person_id, meeting_id: now.id })
  const pages = await Promise.all(['/j/unknown', over.path, taken.path].map((path) => get(path)))
  assert.deepEqual(
    pages.map(({ status }) => status),
    [404, 404, 404],
  )
  assert.equal(new Set(pages.map(({ text }) => text.replaceAll(/nonce="[\w-]+"/g, ''))).size, 1)
  for (const path of [over.path, taken.path]) {
    assert.equal((await fetch(`${w.hubUrl + path}/app`, { method: 'POST' })).status, 404)
    assert.equal((await signature(path, { page_token: 'any' })).status, 404)
  }
})

test('the app’s button leads to Zoom with the name; no call to Zoom was made for it', async () => {
  const before = await w.calls()
  const guest = await ticket(now.id, { role: 'guest' })
  const body = new URLSearchParams({ name: 'Emmy Noether' })
  const answer = await fetch(`${w.hubUrl + guest.path}/app`, { method: 'POST', body, redirect: 'manual' })
  assert.equal(answer.status, 303)
  const location = new URL(answer.headers.get('location') ?? '')
  assert.equal(location.searchParams.get('uname'), 'Emmy Noether')
  location.searchParams.delete('uname')
  assert.equal(location.href, now.join_url)
  assert.equal(await w.calls(), before)
})

test('without an app that carries the Meeting SDK the Door offers the Zoom app alone', async () => {
  const guest = await ticket(now.id, { role: 'guest' })
  assert.doesNotMatch((await get(guest.path)).text, /Join in the browser/)
  const room = await fetch(`${w.hubUrl + guest.path}/room`, { redirect: 'manual' })
  assert.equal(room.headers.get('location'), guest.path)
})

test('the room’s own page gets a participant’s signature for its pass, once', async () => {
  await meetingSdk()
  const before = await w.calls()
  const { path, pass_id } = await ticket(now.id, { role: 'guest' })
  const page_token = await pageToken(path)
  const answer = await signature(path, { page_token, name: 'Emmy Noether' })
  assert.equal(answer.status, 200, await answer.clone().text())
  const body = (await answer.json()) as Record<string, string>
  assert.deepEqual(Object.keys(body).toSorted(), [
    'customerKey',
    'meetingNumber',
    'passWord',
    'report_token',
    'signature',
    'userEmail',
    'userName',
  ])
  assert.equal(body['customerKey'], pass_id)
  assert.equal(body['meetingNumber'], now.zoom_meeting_id)
  assert.equal(body['userName'], 'Emmy Noether')
  const [head, claims, mac] = (body['signature'] ?? '').split('.')
  assert.equal(mac, createHmac('sha256', 'sim-admin-secret').update(`${head}.${claims}`).digest('base64url'))
  const { role, mn, iat, exp } = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()) as Record<string, number>
  assert.equal(role, 0)
  assert.equal(String(mn), now.zoom_meeting_id)
  assert.equal((exp ?? 0) - (iat ?? 0), 1800)
  assert.equal((await signature(path, { page_token })).status, 403, 'a page token is good once')
  assert.equal(await w.calls(), before)
})

test('whoever asks for a signature before the doors open is told when, as people say it', async () => {
  const early = await ticket(later.id, { role: 'participant', name: 'Grace Hopper' })
  const answer = await fetch(`${w.hubUrl}/in/${early.pass_id}/signature`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(hub.publicUrl).origin,
      cookie: `greenroom_${early.pass_id}=${early.ticket}`,
    },
    body: JSON.stringify({ page_token: pageTokenOf(hub, early.pass_id) }),
  })
  assert.equal(answer.status, 409)
  const { detail } = (await answer.json()) as { detail: string }
  assert.match(detail, /^The doors open on \w+, \d+ \w+ 20\d\d at \d\d:\d\d /)
  assert.doesNotMatch(detail, /T\d\d:|Z$/)
})

test('a name may hold any bytes', async () => {
  const { path } = await ticket(now.id, { role: 'guest' })
  for (const name of ['A%00da', '%FF%FE', '%F0%9F%8E%93', 'x'.repeat(5000)]) {
    const answer = await fetch(`${w.hubUrl + path}/app`, { method: 'POST', body: `name=${name}`, redirect: 'manual' })
    assert.equal(answer.status, 303, name)
    assert.doesNotMatch(answer.headers.get('location') ?? '', /%00/)
  }
})

test('a request for more than a participant, from elsewhere, or without the page is refused', async () => {
  const one = await ticket(now.id, { role: 'guest' })
  const another = await ticket(now.id, { role: 'guest' })
  const page_token = await pageToken(one.path)
  for (const [what, body, headers] of [
    ['role 1', { page_token, role: 1 }, {}],
    ['role 1 as text', { page_token, role: '1' }, {}],
    ['role 1 alone', { role: 1 }, {}],
    ['no token', {}, {}],
    ['garbage', { page_token: 'A'.repeat(90) }, {}],
    ['another pass’s token', { page_token: await pageToken(another.path) }, {}],
    ['another site', { page_token }, { origin: 'https://evil.example' }],
    ['another site, says the browser', { page_token }, { 'sec-fetch-site': 'cross-site' }],
  ] as const) {
    const answer = await signature(one.path, body, headers)
    assert.equal(answer.status, 403, what)
    assert.doesNotMatch(await answer.text(), /signature"/, what)
  }
  assert.equal((await signature(one.path, { page_token })).status, 200, 'none of these has used it up')
})

test('the 21st request of a minute from one address for one meeting is told to wait', async () => {
  const busy = await meeting('Busy', soon(5))
  const { path } = await ticket(busy.id, { role: 'guest' })
  const statuses: number[] = []
  for (let count = 0; count < 42; count++) statuses.push((await signature(path, { page_token: 'no' })).status)
  assert.ok(statuses.includes(403))
  // The minute may turn once while we ask: then twice twenty are let through, never more.
  assert.ok(statuses.filter((status) => status === 429).length >= 2, statuses.join(' '))
  const other = await ticket(now.id, { role: 'guest' })
  assert.equal((await signature(other.path, { page_token: 'no' })).status, 403, 'another meeting is not concerned')
})

test('the room is isolated, holds nothing of the meeting but its name, and lets the SDK do what it must', async () => {
  const { path } = await ticket(now.id, { role: 'guest' })
  const { path: inside, cookie } = await room(path)
  const { text, headers } = await get(inside, { cookie })
  for (const secret of [now.zoom_meeting_id, now.password, 'sim-admin-secret', path.slice(3)])
    assert.ok(!text.includes(secret))
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
  assert.equal(headers.get('cross-origin-embedder-policy'), 'credentialless')
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /script-src 'self' 'nonce-[\w-]+' 'wasm-unsafe-eval' blob:/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /script-src[^;]*'unsafe-inline'/)
})

test('the room is for the browser that came through its Door; its address alone opens it to nobody', async () => {
  const one = await ticket(now.id, { role: 'guest' })
  const another = await ticket(now.id, { role: 'guest' })
  const inside = await room(one.path)
  assert.equal(inside.path, `/in/${one.pass_id}`)
  const attributes = `; Path=/in/${one.pass_id}; Max-Age=86400; HttpOnly; SameSite=Lax`
  assert.equal(inside.set_cookie, `greenroom_${one.pass_id}=${one.ticket}${attributes}`)
  for (const _load of ['first', 'again'])
    assert.match((await get(inside.path, { cookie: inside.cookie })).text, /page_token/)
  const door = await fetch(`${w.hubUrl}${inside.path}/door`, { headers: { cookie: inside.cookie }, redirect: 'manual' })
  assert.equal(door.headers.get('location'), one.path)
  const forged = `greenroom_${one.pass_id}=${another.ticket}`
  for (const [what, path, cookie] of [
    ['nobody', inside.path, ''],
    ['nobody, back to the Door', `${inside.path}/door`, ''],
    ['another’s cookie', `/in/${another.pass_id}`, inside.cookie],
    ['another’s ticket under this name', inside.path, forged],
  ] as const) {
    const answer = await get(path, { cookie })
    assert.equal(answer.status, 404, what)
    assert.doesNotMatch(answer.text, /page_token/, what)
  }
  const page_token = await pageToken(one.path)
  for (const cookie of ['', forged]) assert.equal((await signature(one.path, { page_token }, { cookie })).status, 404)
})

test('Zoom’s SDK comes from the hub, byte for byte, under its version; nothing else of the disk does', async () => {
  const main = '/room/sdk/6.2.0/zoom-meeting-6.2.0.min.js'
  const { status, headers, text } = await get(main)
  assert.equal(status, 200)
  assert.equal(text.length > 5_000_000, true)
  assert.match(headers.get('cache-control') ?? '', /immutable/)
  assert.equal((await get('/room/sdk/6.2.0/lib/av/net.wasm')).headers.get('content-type'), 'application/wasm')
  for (const path of [
    '/room/sdk/6.1.0/zoom-meeting-6.2.0.min.js',
    '/room/sdk/6.2.0/..%2Fpackage.json',
    '/room/sdk/6.2.0/%2e%2e/package.json',
    '/room/sdk/6.2.0/lib/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/room/sdk/6.2.0//etc/hostname',
    '/room/sdk/6.2.0/nothing.js',
    '/room/..%2Fconsole%2Findex.html',
    '/room/nothing.js',
    '/room/constructor',
  ])
    assert.equal((await get(path)).status, 404, path)
})

async function meeting(topic: string, start_time: string) {
  const made = await w.api<{ id: string; zoom_meeting_id: string; password: string; join_url: string }>(
    'POST',
    '/meetings',
    { host: 'ada@school.example', topic, start_time, duration: 45, connection_id: w.connection_id },
  )
  assert.equal(made.status, 201, made.text)
  return made.body
}

async function ticket(meeting_id: string, more: Omit<NewTicket, 'workspace_id' | 'meeting_id'>) {
  const issued = await issueTicket(hub, { workspace_id: w.workspace_id, meeting_id, ...more })
  return { ...issued, path: new URL(issued.url).pathname }
}

async function person(): Promise<string> {
  const { personFor } = await import('#hub/people.ts')
  return personFor(hub, w.workspace_id, { source: 'zoom', id: 'somebody', email_verified: false })
}

async function meetingSdk(): Promise<void> {
  const made = await w.api('POST', '/zoom_apps', {
    kind: 'admin_managed',
    name: 'Meeting SDK',
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    meeting_sdk: true,
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  assert.equal(made.status, 201, made.text)
}

/** Goes through the Door into the room, as a browser does. */
async function room(path: string): Promise<{ path: string; cookie: string; set_cookie: string }> {
  const { headers } = await fetch(`${w.hubUrl + path}/room`, { redirect: 'manual' })
  const set_cookie = headers.get('set-cookie') ?? ''
  return { path: headers.get('location') ?? '/in/nowhere', set_cookie, cookie: set_cookie.split(';')[0] ?? '' }
}

async function pageToken(path: string): Promise<string> {
  const { path: inside, cookie } = await room(path)
  const { text } = await get(inside, { cookie })
  return /"page_token":"([\w-]+)"/.exec(text)?.[1] ?? assert.fail(text)
}

async function signature(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const { path: inside, cookie } = await room(path)
  return fetch(`${w.hubUrl + inside}/signature`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(hub.publicUrl).origin, cookie, ...headers },
    body: JSON.stringify(body),
  })
}

async function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = await fetch(w.hubUrl + path, { headers })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
