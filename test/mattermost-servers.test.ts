import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import {
  addApp,
  connectChat,
  connectPerson,
  mattermostWorld,
  type ConnectedServer,
  type Post,
} from './mattermost-server.ts'
import { until } from './world.ts'

const w = await mattermostWorld({ after })
const { chat } = w
const about = { name: 'School chat', url: chat.url, bot_token: 'mm-token-greenroom', level: 'user' }
const connect = (change: object = {}) => w.api<ConnectedServer>('POST', '/mattermost/servers', { ...about, ...change })

test('without a Zoom app that fits the level there is nothing to connect to', async () => {
  const { status, text } = await connect()
  assert.equal(status, 422)
  assert.match(text, /user_managed/)
})

test('what Mattermost refuses is told by the field to change, and nothing is kept', async () => {
  await addApp(w, 'user_managed')
  const wrongToken = await connect({ bot_token: 'wrong' })
  assert.equal(wrongToken.status, 422)
  assert.match(wrongToken.text, /"field":"bot_token".*Invalid or expired session/)
  const notMattermost = await connect({ url: w.simulatorUrl })
  assert.equal(notMattermost.status, 422)
  assert.match(notMattermost.text, /"field":"url"/)
  const nobody = await connect({ url: await closedPort() })
  assert.equal(nobody.status, 503)
  assert.equal((await connect({ level: 'everybody' })).status, 422)
  assert.equal((await connect({ trigger: 'two words' })).status, 422)
  const { body } = await w.api<{ items: unknown[] }>('GET', '/mattermost/servers')
  assert.deepEqual(body.items, [])
  assert.deepEqual((await w.api<{ items: unknown[] }>('GET', '/places')).body.items, [])
})

async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

test('a bot that may make no command is connected all the same, and the token of a command made by hand is entered', async () => {
  const { body: bot } = await chat.control<{ token: string }>('POST', '/users', { username: 'plainbot', is_bot: true })
  const { status, body } = await connect({ bot_token: bot.token, trigger: 'zm' })
  assert.equal(status, 201)
  assert.deepEqual(body.commands, [])
  const lacking = body.findings.find(({ check }) => check.endsWith('/zm'))
  assert.equal(lacking?.state, 'failed')
  assert.match(lacking.fix ?? '', new RegExp(`${body.urls.command}\\)`))

  const { teams } = await chat.state()
  const team_id = teams[0]?.id
  const command = { team_id, trigger: 'zm', method: 'P', url: body.urls.command }
  const made = await chat.api('POST', '/commands', command, 'mm-token-admin')
  assert.equal((await chat.control('POST', '/run', { user: 'ada', channel: 'maths', command: '/zm help' })).status, 500)
  const patched = await w.api<ConnectedServer>('PATCH', `/mattermost/servers/${body.id}`, {
    command_tokens: [{ team_id, token: made.body['token'] }],
  })
  assert.deepEqual(patched.body.commands, [{ team_id, made: false }])
  assert.ok(patched.body.findings.every(({ state }) => state === 'ok'))
  assert.match((await chat.run('ada', '/zm help')).text, /\*\*\/zm start/)
  assert.equal((await w.api('DELETE', `/mattermost/servers/${body.id}`)).status, 204)
  assert.equal((await w.api('GET', `/mattermost/servers/${body.id}`)).status, 404)
})

test('a server without plugins is connected all the same', async () => {
  await chat.settings({ EnablePlugins: false })
  const { status, body } = await connect({ trigger: 'zp' })
  assert.equal(status, 201)
  assert.ok(body.findings.every(({ state }) => state === 'ok'))
  assert.equal((await w.api('DELETE', `/mattermost/servers/${body.id}`)).status, 204)
  await chat.settings({ EnablePlugins: true })
})

test('while the old plugin is installed the posts have a type of their own', async () => {
  await chat.settings({ webapp_plugins: ['zoom'] })
  const server = await connectChat(w, { level: 'user', url_secret: 'the old secret of the plugin' })
  assert.match(server.old_urls.webhook, /secret=the%20old%20secret%20of%20the%20plugin$/)
  await connectPerson(w, 'ada', 'ada@school.example')
  await chat.run('ada', '/zoom start')
  assert.equal((await chat.posts())[0]?.type, 'custom_greenroom')
  assert.equal((await connect({ url_secret: 'the old secret of the plugin' })).status, 409)
})

test('when Zoom takes long, the command is answered at once and the meeting follows', async () => {
  await w.zoom('POST', '/faults', { match: { path: '/v2/users/me/meetings' }, action: { delay_ms: 3000 } })
  const begun = Date.now()
  const { text } = await chat.run('ada', '/zoom start Slow', { channel: 'town-square' })
  assert.ok(Date.now() - begun < 2500)
  assert.match(text, /One moment/)
  const told = async (): Promise<Post | undefined> =>
    (await chat.posts('town-square', 'ada')).find(({ message }) => /Your meeting is open/.test(message))
  await until(async () => (await told()) !== undefined, 'the late answer')
  assert.equal((await chat.posts('town-square'))[0]?.props['meeting_topic'], 'Slow')
})

test('a Zoom that fails is reported in words, and nothing is posted', async () => {
  await chat.control('POST', '/channels', { name: 'quiet', members: ['ada', 'greenroom'] })
  await w.zoom('POST', '/faults', {
    match: { path: '/v2/users/me/meetings' },
    action: { status: 400, body: { code: 300, message: 'The host cannot do this.' } },
  })
  const { text } = await chat.run('ada', '/zoom start', { channel: 'quiet' })
  assert.match(text, /The host cannot do this/)
  assert.deepEqual(await chat.posts('quiet'), [])
})

test('the doctor says when Mattermost does not take the token any more', async () => {
  const { items } = (await w.api<{ items: { id: string }[] }>('GET', '/mattermost/servers')).body
  await chat.settings({ down: true })
  const one = async () => (await w.api<ConnectedServer>('GET', `/mattermost/servers/${items[0]?.id}`)).body.findings[0]
  assert.equal((await one())?.state, 'failed')
  await chat.settings({ down: false })
  assert.equal((await one())?.state, 'ok')
  const { body } = await w.api<{ findings: { check: string }[] }>('GET', '/doctor')
  assert.ok(body.findings.some(({ check }) => check === 'Mattermost School chat'))
})

test('another Zoom app of the same kind takes the place of the one before; who is connected goes on until that is gone', async () => {
  const { items } = (
    await w.api<{ items: (ConnectedServer & { zoom_app_id: string })[] }>('GET', '/mattermost/servers')
  ).body
  const [server] = items
  const before = server?.zoom_app_id
  const path = `/mattermost/servers/${server?.id}`
  await w.zoom('POST', '/apps', { client_id: 'new-app', client_secret: 'new-secret', type: 'user_managed' })
  const { body: app } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'In its place',
    client_id: 'new-app',
    client_secret: 'new-secret',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  const unfit = await addApp(w, 'admin_managed')
  const ofAccount = await w.api<{ errors: { field: string }[] }>('PATCH', path, { zoom_app_id: unfit })
  assert.deepEqual([ofAccount.status, ofAccount.body.errors[0]?.field], [422, 'zoom_app_id'])

  const { status, body } = await w.api<ConnectedServer & { zoom_app_id: string }>('PATCH', path, {
    zoom_app_id: app.id,
  })
  assert.deepEqual([status, body.zoom_app_id], [200, app.id])
  const place = await w.api<{ zoom_app_id: string }>('GET', `/places/${server?.id}`)
  assert.equal(place.body.zoom_app_id, app.id)
  const { items: told } = (
    await w.api<{ items: { object_id: string }[] }>('GET', '/audit?action=place.zoom_app_changed')
  ).body
  assert.deepEqual(
    told.map(({ object_id }) => object_id),
    [server?.id],
  )
  await chat.control('POST', '/channels', { name: 'anew', members: ['ada', 'greenroom'] })
  assert.match((await chat.run('ada', '/zoom start', { channel: 'anew' })).text, /Your meeting is open/)
  assert.equal((await w.api('DELETE', `/zoom_apps/${before}`)).status, 204)
  assert.match((await chat.run('ada', '/zoom start', { channel: 'anew' })).text, /connect/i)
})
