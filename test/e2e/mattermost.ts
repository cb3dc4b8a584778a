// The journey through a real Mattermost server (5.37 or later) on this machine: npm run e2e:mattermost. Zoom is simulated.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addApp, browser, chatAt, connectChat, fieldOf, followLink, linkIn, type Post } from '../mattermost-server.ts'
import { until, world } from '../world.ts'

const { GREENROOM_E2E_MATTERMOST_URL, GREENROOM_E2E_MATTERMOST_ADMIN, GREENROOM_E2E_MATTERMOST_PASSWORD } = process.env
if (!GREENROOM_E2E_MATTERMOST_URL || !GREENROOM_E2E_MATTERMOST_ADMIN || !GREENROOM_E2E_MATTERMOST_PASSWORD) {
  console.error(
    'Say which Mattermost server to use: GREENROOM_E2E_MATTERMOST_URL, and a system administrator of it: GREENROOM_E2E_MATTERMOST_ADMIN and GREENROOM_E2E_MATTERMOST_PASSWORD.',
  )
  process.exit(1)
}
const url = GREENROOM_E2E_MATTERMOST_URL.replace(/\/+$/, '')

interface Reply {
  status: number
  token: string | null
  body: Record<string, unknown>
}
async function call(method: string, path: string, body?: unknown, token?: string): Promise<Reply> {
  const answer = await fetch(`${url}/api/v4${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-requested-with': 'XMLHttpRequest',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  assert.ok(answer.ok, `Mattermost answered ${answer.status} to ${method} ${path}: ${text}`)
  return {
    status: answer.status,
    token: answer.headers.get('token'),
    body: JSON.parse(text) as Record<string, unknown>,
  }
}
const text = (reply: Reply, field: string): string => String(reply.body[field])
const logIn = async (login_id: string, password: string): Promise<string> =>
  (await call('POST', '/users/login', { login_id, password })).token ?? ''

const unique = Date.now().toString(36)
const admin = await logIn(GREENROOM_E2E_MATTERMOST_ADMIN, GREENROOM_E2E_MATTERMOST_PASSWORD)
const config = await call('GET', '/config', undefined, admin)
  .then(({ body }) => (body['ServiceSettings'] ?? {}) as Record<string, unknown>)
  .catch(() => ({}) as Record<string, unknown>)
const { AllowedUntrustedInternalConnections: before } = config
const allowed = typeof before === 'string' ? before : ''
const patchConfig = (ServiceSettings: object): Promise<Reply> =>
  call('PUT', '/config/patch', { ServiceSettings }, admin)
await patchConfig({
  EnableCommands: true,
  EnableBotAccountCreation: true,
  EnableUserAccessTokens: true,
  AllowedUntrustedInternalConnections: `${allowed} localhost 127.0.0.1`.trim(),
})

const team_id = text(
  await call('POST', '/teams', { name: `greenroom-${unique}`, display_name: `Greenroom ${unique}`, type: 'O' }, admin),
  'id',
)
after(async () => {
  await call('DELETE', `/teams/${team_id}`, undefined, admin)
  await patchConfig({ AllowedUntrustedInternalConnections: allowed })
})
const join = (user_id: string): Promise<Reply> => call('POST', `/teams/${team_id}/members`, { team_id, user_id }, admin)
const channel = { team_id, name: `maths-${unique}`, display_name: 'Maths', type: 'O' }
const channel_id = text(await call('POST', '/channels', channel, admin), 'id')

const username = `ada-${unique}`
const person = { username, email: `${username}@school.example`, password: `Correct-Horse-${unique}-1` }
const user_id = text(await call('POST', '/users', person, admin), 'id')
await join(user_id)
await call('POST', `/channels/${channel_id}/members`, { user_id }, admin)
const ada = await logIn(username, person.password)

const bot = `greenroom-${unique}`
const bot_id = text(await call('POST', '/bots', { username: bot, display_name: 'Greenroom' }, admin), 'user_id')
await join(bot_id)
// So that its token may make the slash command.
await call('PUT', `/teams/${team_id}/members/${bot_id}/roles`, { roles: 'team_user team_admin' }, admin)
const bot_token = text(await call('POST', `/users/${bot_id}/tokens`, { description: 'Greenroom' }, admin), 'token')

const w = { ...(await world({ after }, { connected: false })), chat: chatAt(url) }
await addApp(w, 'user_managed')
const type = async (command: string): Promise<Record<string, unknown>> =>
  (await call('POST', '/commands/execute', { channel_id, team_id, command }, ada)).body
const posts = async (): Promise<Post[]> => {
  const { body } = await call('GET', `/channels/${channel_id}/posts`, undefined, ada)
  return Object.values(body['posts'] as Record<string, Post & { user_id: string }>).filter(
    (post) => post.user_id === bot_id && post.type.startsWith('custom_'),
  )
}

const server = await connectChat(w, { level: 'user', url, bot_token, team_ids: [team_id] })

test('the server is connected and its slash command is made', () => {
  assert.deepEqual(server.commands, [{ team_id, made: true }])
  assert.ok(
    server.findings.every(({ state }) => state === 'ok'),
    JSON.stringify(server.findings),
  )
})

test('help is answered', async () => {
  assert.match(String((await type('/zoom help'))['text']), /start \[topic\]/)
})

test('the first start asks to connect, and holds the meeting after the consent', async () => {
  const { text: asked } = await type('/zoom start Weekly sync')
  await followLink(w, browser(), linkIn(String(asked)), 'ada@school.example')
  const [post] = await posts()
  assert.equal(post?.props['meeting_topic'], 'Weekly sync')
})

test('the next start posts the meeting and leads its starter in; the post follows the meeting to its end', async () => {
  // Half a minute after another one the recent meeting is shown instead, with a button.
  const calls = await w.calls()
  const shown = await type('/zoom start Another')
  assert.match(String(shown['text']), /already/)
  assert.equal(await w.calls(), calls)
  const [post] = await posts()
  const number = String(post?.props['meeting_id'])
  await w.zoom('POST', `/meetings/${number}/start`)
  await w.zoom('POST', '/clock', { advance_s: 110 })
  await w.zoom('POST', `/meetings/${number}/end`)
  await until(async () => (await posts())[0]?.props['meeting_status'] === 'ENDED', 'the post to say that it has ended')
  const [ended] = await posts()
  assert.equal(ended?.id, post?.id)
  assert.equal(fieldOf(ended as Post, 'Length'), '2 minutes')
  assert.equal((await posts()).length, 1)
})

test('a start after that is one call to Zoom, and the client is led to the Door', async () => {
  const calls = await w.calls()
  const { goto_location } = await type('/zoom start Third')
  assert.match(String(goto_location), /\/j\//)
  assert.ok((await w.calls()) - calls >= 1)
  assert.equal((await posts()).length, 2)
})

test('a disconnected person is asked to connect again', async () => {
  assert.match(String((await type('/zoom disconnect'))['text']), /not connected any more/)
  assert.match(String((await type('/zoom start'))['text']), /Connect your Zoom account/)
})

test('disconnecting the server removes its slash command', async () => {
  assert.equal((await w.api('DELETE', `/mattermost/servers/${server.id}`)).status, 204)
  const { body } = await call('GET', `/commands?team_id=${team_id}&custom_only=true`, undefined, admin)
  assert.deepEqual(Object.values(body), [])
})
