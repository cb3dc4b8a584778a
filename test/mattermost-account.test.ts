import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { ZoomUser } from '#hub/resources.ts'
import { hasVerifiedEmail } from '#hub/zoom-users.ts'
import { sayYes } from './at-zoom.ts'
import { addApp, browser, connectChat, mattermostWorld, postThat, type Post } from './mattermost-server.ts'
import { until } from './world.ts'

const w = await mattermostWorld({ after })
const { chat } = w
await addApp(w, 'admin_managed')
const server = await connectChat(w, { level: 'account' }, 'sim-admin-app')
const { people } = await w.zoom<{ people: { email: string; pmi: number }[] }>('GET', '/people')
const pmiOf = (email: string): number => Number(people.find((person) => person.email === email)?.pmi)
const hasEnded = ({ message }: Post): boolean => /has ended/.test(message)

test('before an administrator has consented nobody can start, and the reason is told', async () => {
  assert.match((await chat.run('ada', '/zoom start')).text, /An administrator connects it/)
  assert.ok(server.findings.some(({ check, state }) => /consent/.test(check) && state === 'failed'))
})

test('an administrator consents once, and everybody is connected', async () => {
  const begun = await w.api<{ location: string }>('POST', `/mattermost/servers/${server.id}/consent`)
  assert.equal(begun.status, 200, begun.text)
  const [cookie = ''] = begun.headers.getSetCookie()
  const location = await sayYes(w, begun.body.location, 'ada@school.example')
  assert.equal((await browser()(location)).status, 400, 'another browser')
  const done = await fetch(location, { headers: { cookie: cookie.split(';')[0] ?? '' } })
  assert.match(await done.text(), /connected for everybody/)
  await until(
    async () => (await w.api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length >= 3,
    'the users of the account',
  )
  assert.match((await chat.run('grace', '/zoom connect')).text, /connected already, as grace@school.example/)
  assert.match((await chat.run('grace', '/zoom help')).text, /start \[topic\]/)
  assert.match((await chat.run('grace', '/zoom disconnect')).text, /An administrator ends that/)
})

test('a person with the same verified e-mail address starts their personal meeting, for one call to Zoom', async () => {
  const calls = await w.calls()
  await chat.run('grace', '/zoom start Office hour')
  assert.equal((await w.calls()) - calls, 1)
  const [post] = await chat.posts()
  assert.equal(post?.props['meeting_id'], pmiOf('grace@school.example'))
  assert.equal(post?.props['meeting_personal'], true)
  assert.equal(post?.props['meeting_topic'], 'Office hour')
  await chat.run('grace', '/zoom start', { channel: 'town-square' })
  assert.equal((await w.calls()) - calls, 1, 'the personal meeting is known now')
})

test('a personal meeting that is used again elsewhere does not come back to the channel where it ended', async () => {
  const number = pmiOf('grace@school.example')
  await w.zoom('POST', `/meetings/${number}/start`)
  await w.zoom('POST', `/meetings/${number}/end`)
  const maths = await postThat(chat, 'maths', 'has ended', hasEnded)
  await postThat(chat, 'town-square', 'has ended', hasEnded)
  await w.zoom('POST', `/meetings/${number}/start`)
  await w.settled()
  assert.deepEqual(await chat.posts('maths'), [maths])
  const { text } = await chat.run('grace', '/zoom start Again')
  assert.match(text, /Your meeting is open/)
  await w.zoom('POST', `/meetings/${number}/end`)
  const again = await postThat(
    chat,
    'maths',
    'is the second and has ended',
    (post) => hasEnded(post) && post.props['meeting_topic'] === 'Again',
  )
  assert.notEqual(again.id, maths.id)
  assert.deepEqual(
    (await chat.posts('maths')).filter(({ id }) => id === maths.id),
    [maths],
  )
})

test('who is not in the Zoom account is told which address was looked for', async () => {
  const { text } = await chat.run('ben', '/zoom start')
  assert.match(text, /ben@school\.example/)
  assert.match(text, /Ask an administrator/)
})

test('an address that nobody verified is no proof, unless an administrator vouches for the server', async () => {
  await chat.settings({ RequireEmailVerification: false })
  await chat.control('POST', '/users', { username: 'mallory', email: 'alan@school.example' })
  const { channels, users } = await chat.state()
  const maths = channels.find(({ name }) => name === 'maths')?.id
  const mallory = users.find(({ username }) => username === 'mallory')?.id
  await chat.api('POST', `/channels/${maths}/members`, { user_id: mallory }, 'mm-token-admin')
  const asked = () => Promise.all(['user', 'users', 'meeting', 'meetingCreate'].map((each) => w.calls(each)))
  const calls = await asked()
  assert.match((await chat.run('mallory', '/zoom start')).text, /does not verify e-mail addresses/)
  assert.deepEqual(await asked(), calls)
  const { body } = await w.api<{ findings: { check: string; state: string }[] }>(
    'GET',
    `/mattermost/servers/${server.id}`,
  )
  assert.ok(body.findings.some(({ check, state }) => /e-mail/.test(check) && state === 'warning'))
  await w.api('PATCH', `/mattermost/servers/${server.id}`, { trust_emails: true })
  assert.match((await chat.run('mallory', '/zoom connect')).text, /alan@school.example/)
  await chat.settings({ RequireEmailVerification: true })
})

test('whom the school’s own directory vouches for is found at Zoom, beside others whom nobody does', async () => {
  await w.api('PATCH', `/mattermost/servers/${server.id}`, { trust_emails: false })
  await chat.settings({ RequireEmailVerification: false })
  for (const [username, auth_service] of [
    ['alan', 'ldap'],
    ['eve', ''],
  ] as const) {
    const { body } = await chat.control<{ id: string }>('POST', '/users', {
      username,
      email: 'Alan@School.example',
      auth_service,
    })
    const maths = (await chat.state()).channels.find(({ name }) => name === 'maths')?.id
    await chat.api('POST', `/channels/${maths}/members`, { user_id: body.id }, 'mm-token-admin')
  }
  const number = pmiOf('alan@school.example')
  assert.match((await chat.run('eve', '/zoom start Stolen')).text, /does not verify e-mail addresses/)
  const ofAlan = async (): Promise<Post[]> => (await chat.posts()).filter(({ props }) => props['meeting_id'] === number)
  assert.deepEqual(await ofAlan(), [], 'nothing of Alan’s was started')
  await chat.run('alan', '/zoom start Office hour')
  assert.equal((await ofAlan())[0]?.props['meeting_topic'], 'Office hour')
  await chat.settings({ RequireEmailVerification: true })
})

test('a server that hides e-mail addresses says what to change', async () => {
  await chat.settings({ ShowEmailAddress: false })
  assert.match((await chat.run('grace', '/zoom start')).text, /Show Email Address/)
  await chat.settings({ ShowEmailAddress: true })
})

test('a Zoom user whose address Zoom has not verified is not taken for whoever has it, until Zoom has', async () => {
  await w.zoom('POST', '/people', { email: 'ben@school.example', verified: false })
  await w.settled()
  const posts = (await chat.posts()).length
  assert.match((await chat.run('ben', '/zoom start')).text, /Zoom has not verified that ben@school\.example/)
  assert.equal((await chat.posts()).length, posts)
  await w.zoom('PATCH', '/people/ben@school.example', { verified: true })
  await w.settled()
  const calls = await w.calls('user')
  assert.match((await chat.run('ben', '/zoom connect')).text, /connected already, as ben@school\.example/)
  assert.equal((await w.calls('user')) - calls, 1, 'Zoom is asked')
  await chat.run('ben', '/zoom connect')
  assert.equal((await w.calls('user')) - calls, 1, 'and once')
  await w.zoom('DELETE', '/people/ben@school.example')
  await w.settled()
})

test('Zoom’s word that an address is verified holds for that address and that user alone', async () => {
  const { items } = (await w.api<{ items: ZoomUser[] }>('GET', '/zoom_users?q=grace')).body
  const [grace] = items
  assert.ok(grace)
  const { db } = w.server.hub
  // As if grace had another address at Zoom by now, and no event had told of it.
  const was = { ...grace, email: 'was-grace@school.example' }
  await sql`update zoom_user set email = ${was.email}, verified = false where id = ${grace.id}`.execute(db)
  const actor = { workspace_id: w.workspace_id, name: 'test' }
  assert.equal(await hasVerifiedEmail(w.server.hub, actor, was), false)
  const { rows } = await sql<{ verified: boolean }>`select verified from zoom_user where id = ${grace.id}`.execute(db)
  assert.deepEqual(rows, [{ verified: false }], 'and nothing is kept')
  await sql`update zoom_user set email = ${grace.email}, verified = true where id = ${grace.id}`.execute(db)
})

test('at level user nobody consents for all, and an app must fit its level', async () => {
  const { items } = (await w.api<{ items: { id: string; kind: string }[] }>('GET', '/zoom_apps')).body
  const admin = items.find(({ kind }) => kind === 'admin_managed')?.id
  const wrong = await w.api('POST', '/mattermost/servers', {
    name: 'Other',
    url: chat.url,
    bot_token: 'mm-token-greenroom',
    level: 'user',
    zoom_app_id: admin,
  })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /user_managed/)
})

test('who was deleted from the Zoom account is found no more', async () => {
  await w.zoom('DELETE', '/people/grace@school.example')
  await w.settled()
  assert.match(
    (await chat.run('grace', '/zoom start')).text,
    /has no user with the e-mail address grace@school.example/,
  )
})

test('with the account’s own server-to-server app nobody needs to consent', async (t) => {
  const other = await mattermostWorld(t, { connected: true })
  const { status, body, text } = await other.api<{ connection_id: string }>('POST', '/mattermost/servers', {
    name: 'School chat',
    url: other.chat.url,
    bot_token: 'mm-token-greenroom',
    level: 'account',
    meeting_ids: 'unique',
  })
  assert.equal(status, 201, text)
  assert.equal(body.connection_id, other.connection_id)
  const calls = await other.calls()
  await other.chat.run('ada', '/zoom start Staff meeting')
  assert.equal((await other.calls()) - calls, 1)
  assert.equal((await other.chat.posts())[0]?.props['meeting_personal'], false)
})
