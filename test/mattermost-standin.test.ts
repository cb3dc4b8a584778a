import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import mattermostClient from '@mattermost/client'
import { startSimulator } from '#simulator/simulator.ts'
import { chatAt, type Post } from './mattermost-server.ts'

// The server that the tests of our integration run against must refuse what a real one refuses.

const simulator = await startSimulator({ port: 0 })
after(() => simulator.close())
const chat = chatAt(`${simulator.url}/hosts/mattermost`)

interface Call {
  path: string
  authorization: string | undefined
  body: string
}
const calls: Call[] = []
let answer: { status: number; body: string } = { status: 200, body: '{}' }
const integration = createServer((request, response) => {
  void buffer(request).then((body) => {
    calls.push({ path: request.url ?? '', authorization: request.headers.authorization, body: body.toString() })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
})
await new Promise<void>((resolve) => integration.listen(0, '127.0.0.1', resolve))
after(() => integration.close())
const here = `http://127.0.0.1:${(integration.address() as AddressInfo).port}`

const { users, channels, teams } = await chat.state()
const user = (name: string): string => users.find(({ username }) => username === name)?.id ?? ''
const channel = (name: string): string => channels.find((each) => each.name === name)?.id ?? ''
const team_id = teams[0]?.id ?? ''
const command = { team_id, trigger: 'ping', method: 'P', url: `${here}/ping` }

test('Mattermost’s own client speaks to it', async () => {
  const client = new mattermostClient.Client4()
  client.setUrl(chat.url)
  client.setToken('mm-token-greenroom')
  assert.equal((await client.getMe()).username, 'greenroom')
  const post = await client.createPost({ channel_id: channel('maths'), message: 'Good morning' })
  assert.equal((await client.patchPost({ id: post.id, message: 'Good evening' })).message, 'Good evening')
  await assert.rejects(client.getPost('x'.repeat(26)), { status_code: 404, server_error_id: 'app.post.get.app_error' })
})

test('refusals are told as Mattermost tells them', async () => {
  const refused = await chat.api('GET', '/users/me', undefined, 'nobody')
  assert.equal(refused.status, 401)
  assert.deepEqual(Object.keys(refused.body).toSorted(), [
    'detailed_error',
    'id',
    'message',
    'request_id',
    'status_code',
  ])
  assert.equal(refused.body['id'], 'api.context.session_expired.app_error')
  assert.equal((await chat.api('GET', '/nowhere')).body['id'], 'api.context.404.app_error')
  assert.equal((await chat.api('POST', '/posts', '{')).status, 400)
  assert.equal((await chat.api('GET', '/channels/maths')).body['id'], 'api.context.invalid_url_param.app_error')
})

test('a bot posts and edits only where it is a member, and edits only its own posts', async () => {
  const staff = await chat.api('POST', '/posts', { channel_id: channel('staff'), message: 'hello' })
  assert.equal(staff.status, 403)
  const foreign = await chat.api('POST', '/posts', { channel_id: channel('maths'), message: 'mine' }, 'mm-token-ada')
  assert.equal((await chat.api('PUT', `/posts/${foreign.body['id']}/patch`, { message: 'yours' })).status, 403)
  const { body } = await chat.api('POST', '/posts', { channel_id: channel('maths'), message: 'bot' })
  await chat.api('DELETE', `/channels/${channel('maths')}/members/${user('greenroom')}`, undefined, 'mm-token-admin')
  assert.equal((await chat.api('PUT', `/posts/${body['id']}/patch`, { message: 'late' })).status, 403)
  await chat.api('POST', `/channels/${channel('maths')}/members`, { user_id: user('greenroom') })
  assert.equal((await chat.api('PUT', `/posts/${body['id']}/patch`, { message: 'late' })).status, 200)
})

test('a bot enters an open channel by itself and a private one by nobody’s leave but a member’s', async () => {
  const enter = (token?: string) =>
    chat.api('POST', `/channels/${channel('staff')}/members`, { user_id: user('greenroom') }, token)
  assert.equal((await enter()).status, 403)
  assert.equal((await enter('mm-token-ada')).status, 201)
})

test('a reply to a reply, a foreign type of post and an ephemeral post by a bot are refused', async () => {
  const post = (fields: object) => chat.api('POST', '/posts', { channel_id: channel('maths'), message: 'x', ...fields })
  const root = await post({})
  const reply = await post({ root_id: root.body['id'] })
  assert.equal((await post({ root_id: reply.body['id'] })).status, 400)
  assert.equal((await post({ type: 'system_join' })).status, 400)
  const ephemeral = { user_id: user('ada'), post: { channel_id: channel('maths'), message: 'psst' } }
  assert.equal((await chat.api('POST', '/posts/ephemeral', ephemeral)).status, 403)
  assert.equal((await chat.api('POST', '/posts/ephemeral', ephemeral, 'mm-token-admin')).status, 201)
})

test('the same pending_post_id is the same post', async () => {
  const fields = { channel_id: channel('maths'), message: 'once', pending_post_id: 'greenroom:1' }
  const [first, second] = [await chat.api('POST', '/posts', fields), await chat.api('POST', '/posts', fields)]
  assert.equal(first.body['id'], second.body['id'])
})

test('a slash command belongs to one team, and is made by who runs it', async () => {
  assert.equal((await chat.api('POST', '/commands', command, 'mm-token-ada')).status, 403)
  assert.equal((await chat.api('POST', '/commands', command)).status, 201)
  assert.equal((await chat.api('POST', '/commands', command)).status, 400)
})

test('a command goes to its integration as a form with its token, and the answer is seen by one person', async () => {
  answer = { status: 200, body: JSON.stringify({ text: 'pong', goto_location: 'https://example.org' }) }
  const { text, goto_location } = await chat.run('ada', '/ping one  two')
  assert.deepEqual([text, goto_location], ['pong', 'https://example.org'])
  const form = new URLSearchParams(calls.at(-1)?.body)
  const { commands } = await chat.state()
  assert.equal(calls.at(-1)?.authorization, `Token ${commands[0]?.token}`)
  assert.equal(form.get('token'), commands[0]?.token)
  assert.deepEqual(
    ['command', 'text', 'user_name', 'channel_id', 'team_id'].map((name) => form.get(name)),
    ['/ping', 'one  two', 'ada', channel('maths'), team_id],
  )
  const pong = ({ message }: Post): boolean => message === 'pong'
  assert.ok((await chat.posts('maths', 'ada')).some(pong))
  assert.ok(!(await chat.posts('maths', 'grace')).some(pong))
})

test('response_url is good for five answers and half an hour', async () => {
  const later = () =>
    fetch(new URLSearchParams(calls.at(-1)?.body).get('response_url') ?? '', {
      method: 'POST',
      body: '{"text":"later"}',
    })
  const statuses = []
  for (let n = 0; n < 6; n++) statuses.push((await later()).status)
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 400])
  await chat.run('ada', '/ping')
  await fetch(`${simulator.url}/_/clock`, { method: 'POST', body: JSON.stringify({ advance_s: 1801 }) })
  assert.equal((await later()).status, 404)
})

test('whoever may not post may not run a command either, and an unknown command is one', async () => {
  const run = (fields: object) =>
    chat.control('POST', '/run', { user: 'ben', channel: 'staff', command: '/ping', ...fields })
  assert.equal((await run({})).status, 403)
  assert.equal((await run({ channel: 'maths', command: '/pong' })).status, 404)
})

test('an integration that answers anything but 200 is a failure, and one at a private address is not called unless it is listed', async () => {
  const run = () => chat.control('POST', '/run', { user: 'ada', channel: 'maths', command: '/ping' })
  answer = { status: 401, body: '{}' }
  assert.equal((await run()).status, 500)
  answer = { status: 200, body: '{}' }
  const before = calls.length
  await chat.settings({ AllowedUntrustedInternalConnections: '' })
  assert.equal((await run()).status, 400)
  assert.equal(calls.length, before)
  await chat.settings({ AllowedUntrustedInternalConnections: '127.0.0.1' })
  assert.equal((await run()).status, 200)
})

test('what a button sends is hidden from clients, and its answer is applied', async () => {
  const action = {
    id: 'go',
    name: 'Go',
    type: 'button',
    integration: { url: `${here}/go`, context: { secret: 'hidden' } },
  }
  const { body } = await chat.api('POST', '/posts', {
    channel_id: channel('maths'),
    message: 'press',
    props: { attachments: [{ text: 'x', actions: [action] }] },
  })
  assert.ok(!JSON.stringify(body).includes('hidden'))
  answer = { status: 200, body: JSON.stringify({ update: { message: 'pressed' }, ephemeral_text: 'thanks' }) }
  const { status } = await chat.api('POST', `/posts/${body['id']}/actions/go`, {}, 'mm-token-ada')
  assert.equal(status, 200)
  const sent = JSON.parse(calls.at(-1)?.body ?? '') as { user_id: string; context: unknown }
  assert.deepEqual([sent.user_id, sent.context], [user('ada'), { secret: 'hidden' }])
  assert.equal((await chat.api('GET', `/posts/${body['id']}`)).body['message'], 'pressed')
  assert.ok((await chat.posts('maths', 'ada')).some(({ message }) => message === 'thanks'))
  assert.equal((await chat.api('POST', `/posts/${body['id']}/actions/none`, {}, 'mm-token-ada')).status, 404)
})

test('a trigger opens one dialog for the person who acted', async () => {
  const trigger_id = new URLSearchParams(calls.findLast(({ path }) => path === '/ping')?.body).get('trigger_id')
  const dialog = { trigger_id, url: `${here}/dialog`, dialog: { title: 'Plan' } }
  const open = (change: object) =>
    fetch(`${chat.url}/api/v4/actions/dialogs/open`, { method: 'POST', body: JSON.stringify({ ...dialog, ...change }) })
  assert.equal((await open({ trigger_id: 'made up' })).status, 400)
  assert.equal((await open({})).status, 200)
})

test('people look at it in a browser', async () => {
  const page = await fetch(`${chat.url}/`)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /School chat/)
})
