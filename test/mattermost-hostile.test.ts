import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { forgetToken } from '#hub/tokens.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { sayYes } from './at-zoom.ts'
import { addApp, browser, connectChat, connectPerson, linkIn, mattermostWorld, type Post } from './mattermost-server.ts'
import { until } from './world.ts'

const w = await mattermostWorld({ after })
const { chat } = w
await addApp(w, 'user_managed')
const server = await connectChat(w, { level: 'user' })
const { users, channels, commands } = await chat.state()
const idOf = (name: string): string =>
  [...users, ...channels.map(({ id, name: username }) => ({ id, username }))].find((each) => each.username === name)
    ?.id ?? ''
await connectPerson(w, 'ada', 'ada@school.example')

const slash = (fields: Record<string, string> = {}, headers: Record<string, string> = {}, url = server.urls.command) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({
      token: commands[0]?.token ?? '',
      channel_id: idOf('maths'),
      user_id: idOf('ada'),
      user_name: 'ada',
      text: 'help',
      ...fields,
    }),
  })

test('a slash command with its token is answered', async () => {
  const answer = await slash()
  assert.equal(answer.status, 200)
  assert.match(((await answer.json()) as { text: string }).text, /\/zoom start/)
})

test('a slash command with a wrong token, without one, or at another server’s address does nothing', async () => {
  const calls = await w.calls()
  const start = { text: 'start Algebra' }
  const attempts = [
    slash({ ...start, token: 'x'.repeat(26) }),
    slash({ ...start, token: '' }),
    slash(start, { authorization: `Token ${'y'.repeat(26)}` }),
    slash(start, {}, server.urls.command.replace(server.id, 'plc_unknown')),
    slash({ ...start, user_id: "' or 1=1" }),
    slash({ ...start, user_name: 'ada\0' }),
    slash(start, {}, server.urls.command.replace(server.id, '%00')),
  ]
  assert.deepEqual(
    (await Promise.all(attempts)).map(({ status }) => status),
    [401, 400, 400, 401, 400, 400, 400],
  )
  assert.equal(await w.calls(), calls)
  assert.deepEqual(await chat.posts(), [])
})

const noticeWithNul = JSON.stringify({
  event: 'app_deauthorized',
  payload: { client_id: 'sim-user-app', user_id: '\0' },
})

test('no route takes null, a list, no JSON or more than a mebibyte', async () => {
  const paths = ['/mattermost/actions/' + server.id, server.old_urls.deauthorization.slice(w.hubUrl.length)]
  for (const path of paths)
    for (const body of ['null', '[]', '{', '""', '{"event":null,"payload":null}', noticeWithNul]) {
      const answer = await fetch(w.hubUrl + path, { method: 'POST', body })
      assert.ok([400, 422].includes(answer.status), `${path} answered ${answer.status} to ${body}`)
    }
  const large = 'x'.repeat(1024 * 1024 + 100)
  for (const path of [
    ...paths,
    server.urls.command.slice(w.hubUrl.length),
    server.old_urls.webhook.slice(w.hubUrl.length),
  ]) {
    const answer = await fetch(w.hubUrl + path, { method: 'POST', body: large })
    assert.equal(answer.status, 413, path)
  }
  for (const body of ['null', '[]', '{}', '{"name":null}']) {
    const { status } = await w.api('POST', '/mattermost/servers', body)
    assert.equal(status, 422, body)
    const { status: patched } = await w.api('PATCH', `/mattermost/servers/${server.id}`, body)
    assert.equal(patched, 422, body)
  }
})

test('a link that one browser has opened is of no use in another', async () => {
  const link = linkIn((await chat.run('grace', '/zoom connect')).text)
  const [hers, theirs] = [browser(), browser()]
  const page = await hers(link)
  assert.equal(page.status, 200)
  assert.match(page.text, /@grace/)
  assert.equal((await theirs(link)).status, 403)
  assert.equal((await theirs(link, 'POST')).status, 403)
  const pressed = await hers(link, 'POST')
  assert.equal(pressed.status, 303)
  // The consent itself is bound to the browser, too.
  const location = await sayYes(w, pressed.location, 'grace@school.example')
  const stolen = await theirs(location)
  assert.equal(stolen.status, 400)
  assert.match(stolen.text, /another browser/)
  assert.match((await chat.run('grace', '/zoom start')).text, /Connect your Zoom account/)
  assert.equal((await hers(location)).status, 200)
  assert.match((await chat.run('grace', '/zoom connect')).text, /connected already, as grace@school.example/)
})

test('a link works once, and a state works once', async () => {
  await chat.control('POST', '/users', { username: 'ida', email: 'ida@school.example' })
  const { id } = (await chat.state()).users.find(({ username }) => username === 'ida') ?? { id: '' }
  await chat.api('POST', `/channels/${idOf('maths')}/members`, { user_id: id }, 'mm-token-admin')
  const link = linkIn((await chat.run('ida', '/zoom connect')).text)
  const go = browser()
  await go(link)
  const pressed = await go(link, 'POST')
  assert.equal((await go(link)).status, 410)
  assert.equal((await go(link, 'POST')).status, 410)
  const location = await sayYes(w, pressed.location, 'alan@school.example')
  assert.equal((await go(location)).status, 200)
  const again = await go(location)
  assert.equal(again.status, 400)
  assert.match(again.text, /Nothing was connected/)
})

test('a preview by the chat server opens no link', async () => {
  const link = linkIn((await chat.run('ben', '/zoom connect')).text)
  const preview = await fetch(link, { headers: { 'user-agent': 'Mattermost-Bot/1.1' } })
  assert.equal(preview.status, 200)
  assert.deepEqual(preview.headers.getSetCookie(), [])
  assert.equal((await fetch(link, { method: 'POST', headers: { 'user-agent': 'Mattermost-Bot/1.1' } })).status, 403)
  assert.equal((await browser()(link)).status, 200)
})

test('a connection link that is made up is not known', async () => {
  assert.equal((await browser()(`${w.hubUrl}/mattermost/connect/${'a'.repeat(43)}`)).status, 404)
})

test('Zoom’s “Install”, a decline and the plugin’s own connect page are explained, and nothing is connected', async () => {
  const go = browser()
  const install = await go(`${w.hubUrl}/plugins/zoom/oauth2/complete?code=abc`)
  assert.equal(install.status, 200)
  assert.match(install.text, /Install/)
  assert.match((await go(`${w.hubUrl}/plugins/zoom/oauth2/connect`)).text, /\/zoom connect/)
  const link = linkIn((await chat.run('ben', '/zoom connect')).text)
  await go(link)
  const state = new URL((await go(link, 'POST')).location).searchParams.get('state')
  const declined = await go(
    `${w.hubUrl}/plugins/zoom/oauth2/complete/${new URL(w.simulatorUrl).host}?error=access_denied&state=${state}`,
  )
  assert.match(declined.text, /You declined/)
  assert.match((await chat.run('ben', '/zoom disconnect')).text, /You are not connected/)
})

const signed = (body: string, secret = 'sim-user-app-webhook', at = Date.now()): Record<string, string> => {
  const timestamp = String(Math.floor(at / 1000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return { 'content-type': 'application/json', 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature }
}

test('the old webhook address takes what Zoom signed, and nothing else', async () => {
  const body = JSON.stringify({
    event: 'meeting.sharing_started',
    event_ts: Date.now(),
    payload: { object: { id: '1', uuid: 'u' } },
  })
  const send = (url: string, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body, headers }).then(({ status }) => status)
  const { webhook } = server.old_urls
  assert.equal(await send(webhook, { 'content-type': 'application/json' }), 401)
  assert.equal(await send(webhook, signed(body, 'another secret')), 401)
  assert.equal(await send(webhook, signed(body, '')), 401)
  assert.equal(await send(webhook, signed(body, undefined, Date.now() - 600_000)), 401)
  assert.equal(await send(webhook, signed(body, undefined, Date.now() + 600_000)), 401)
  assert.equal(await send(webhook.replace(/secret=.*/, 'secret=wrong'), signed(body)), 401)
  assert.equal(await send(webhook.replace(/\?.*/, ''), signed(body)), 401)
  assert.equal(await send(webhook, signed(body)), 200)
})

test('an unsigned deauthorization is a hint alone: Zoom is asked, and a consent that stands stays', async () => {
  const notify = (payload: object, url = server.old_urls.deauthorization) =>
    fetch(url, { method: 'POST', body: JSON.stringify({ event: 'app_deauthorized', payload }) }).then(
      ({ status }) => status,
    )
  const payload = { client_id: 'sim-user-app', user_id: 'simAdaAAAAAAAAAAAAAAAA', account_id: 'sim-account' }
  assert.equal(await notify({ ...payload, client_id: 'another-app' }), 401)
  assert.equal(await notify(payload, server.old_urls.deauthorization.replace(/secret=.*/, 'secret=wrong')), 401)
  const calls = await w.calls()
  assert.equal(await notify(payload), 200)
  assert.equal(await w.calls(), calls + 1)
  assert.match((await chat.run('ada', '/zoom connect')).text, /connected already/)
})

test('a signed deauthorization is acted on, a forged one is not', async () => {
  const payload = { user_id: 'simAlanAAAAAAAAAAAAAAA', account_id: 'sim-account', client_id: 'sim-user-app' }
  const at = new Date(Date.now() + 1000).toISOString()
  const body = JSON.stringify({
    event: 'app_deauthorized',
    event_ts: Date.now(),
    payload: { ...payload, deauthorization_time: at },
  })
  const send = (headers: Record<string, string>) =>
    fetch(server.old_urls.deauthorization, { method: 'POST', body, headers }).then(({ status }) => status)
  assert.equal(await send(signed(body, 'another secret')), 401)
  assert.match((await chat.run('ida', '/zoom connect')).text, /connected already/)
  assert.equal(await send(signed(body)), 200)
  await w.settled()
  assert.match((await chat.run('ida', '/zoom start')).text, /Connect your Zoom account/)
})

const offered = async (): Promise<Post> => {
  await chat.run('ada', '/zoom start Algebra')
  const { ephemerals } = await chat.run('grace', '/zoom start Geometry')
  assert.ok(ephemerals[0])
  return ephemerals[0]
}

test('the button of somebody else, a forged one and one pressed twice start no meeting', async () => {
  const offer = await offered()
  const integration = offer.props.attachments?.[0]?.actions?.[0]?.integration
  assert.ok(integration)
  const press = async (change: object, context: object = {}) => {
    const body = {
      user_id: idOf('grace'),
      user_name: 'grace',
      channel_id: idOf('maths'),
      context: { ...integration.context, ...context },
      ...change,
    }
    return fetch(integration.url, { method: 'POST', body: JSON.stringify(body) })
  }
  const before = await w.calls()
  assert.equal((await press({ user_id: idOf('ada'), user_name: 'ada' })).status, 403)
  assert.equal((await press({ user_id: idOf('ada') }, { user_id: idOf('ada') })).status, 403)
  assert.equal((await press({}, { topic: 'Lunch' })).status, 403)
  assert.equal((await press({ channel_id: idOf('staff') })).status, 403)
  assert.equal((await press({}, { nonce: undefined })).status, 400)
  assert.equal((await press({ context: null })).status, 400)
  assert.equal(await w.calls(), before)
  const { status, body } = await chat.control<{ ephemerals: Post[] }>('POST', '/click', {
    user: 'grace',
    post_id: offer.id,
    action: 'createnew',
  })
  assert.equal(status, 200)
  assert.match(body.ephemerals[0]?.message ?? '', /Your meeting is open/)
  assert.equal(await w.calls(), before + 1)
  assert.match(await (await press({})).text(), /pressed already/)
  assert.equal(await w.calls(), before + 1)
  const topics = (await chat.posts()).map(({ props }) => props['meeting_topic'])
  assert.deepEqual(topics, ['Algebra', 'Geometry'])
})

test('who is not connected is asked to connect and is not shown the meeting of somebody else', async () => {
  const { text, ephemerals } = await chat.run('ben', '/zoom start')
  assert.match(text, /Connect your Zoom account/)
  assert.ok(!JSON.stringify(ephemerals).includes('/j/'))
})

test('servers of another workspace do not exist, and little roles may not change ours', async () => {
  await w.server.hub.db.insertInto('workspace').values({ id: 'ws_other', name: 'Other' }).execute()
  const stranger = { authorization: `Bearer ${await w.key('owner', 'Other')}` }
  const viewer = { authorization: `Bearer ${await w.key('viewer')}` }
  const one = `/mattermost/servers/${server.id}`
  const change = { trust_emails: true }
  const wishes: [method: string, path: string, body?: unknown][] = [
    ['GET', one],
    ['PATCH', one, change],
    ['DELETE', one],
    ['POST', `${one}/consent`],
  ]
  for (const [method, path, body] of wishes) {
    assert.equal((await w.api(method, path, body, stranger)).status, 404, `${method} ${path}`)
    assert.equal((await w.api(method, path, body, { authorization: 'Bearer gr_wrong' })).status, 401)
    if (method !== 'GET') assert.equal((await w.api(method, path, body, viewer)).status, 403)
  }
  const { body } = await w.api<{ items: unknown[] }>('GET', '/mattermost/servers', undefined, stranger)
  assert.deepEqual(body.items, [])
  assert.equal((await w.api('GET', one, undefined, viewer)).status, 200)
})

test('nothing that was secret can be read back or found in the log', async () => {
  const { text } = await w.api('GET', `/mattermost/servers/${server.id}`)
  const secret = new URL(server.old_urls.webhook).searchParams.get('secret') ?? 'none'
  const secrets = ['mm-token-greenroom', commands[0]?.token ?? 'none', secret]
  const dump = await tablesAsText()
  for (const each of secrets) {
    assert.ok(!text.includes(each))
    assert.ok(!w.log.join('\n').includes(each))
    assert.ok(!dump.includes(each))
  }
})

async function tablesAsText(): Promise<string> {
  const { sql } = await import('kysely')
  const names = ['server', 'command', 'user', 'link', 'post', 'press'].map((name) => `mattermost_${name}`)
  const rows = await Promise.all(
    names.map((name) => sql<{ t: string }>`select t::text as t from ${sql.table(name)} t`.execute(w.server.hub.db)),
  )
  const text = rows.flatMap((each) => each.rows.map(({ t }) => t)).join('\n')
  // Sealed values are bytes: what they would hold if they were not sealed is looked for as bytes.
  return `${text}\n${[...text.matchAll(/\\x([0-9a-f]+)/g)].map((match) => Buffer.from(match[1] ?? '', 'hex').toString('latin1')).join('\n')}`
}

async function toldDirectly(): Promise<Post[]> {
  const { channels: all } = await chat.state()
  const found = all.find(({ name }) => name.includes(idOf('ada')))
  return found ? chat.posts(found.id) : []
}

test('each time that Zoom is lost its user is told in a direct message, once, and connects again or waits', async () => {
  type Connection = { id: string; zoom_app_id: string; zoom_user_email: string; state: string }
  const ofAda = async (): Promise<Connection> => {
    const { items } = (await w.api<{ items: Connection[] }>('GET', '/connections')).body
    return items.find(({ zoom_user_email }) => zoom_user_email === 'ada@school.example') as Connection
  }
  const { id, zoom_app_id } = await ofAda()
  await w.zoom('PATCH', '/apps/sim-user-app', { client_secret: 'another' })
  await forgetToken(w.server.hub, id)
  await assert.rejects(async () => (await zoomClient(w.server.hub, id)).accessToken())
  await until(async () => (await toldDirectly()).length > 0, 'the direct message')
  assert.match((await toldDirectly())[0]?.message ?? '', /ada@school.example is not connected any more/)
  assert.equal((await w.api('PATCH', `/zoom_apps/${zoom_app_id}`, { client_secret: 'another' })).status, 200)
  await until(async () => (await ofAda()).state === 'connected', 'the connection to be mended')

  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: 'ada@school.example' })
  await until(async () => (await toldDirectly()).length > 1, 'the second direct message')
  assert.match((await toldDirectly())[1]?.message ?? '', /You removed the app at Zoom/)
  assert.match((await chat.run('ada', '/zoom start')).text, /Connect your Zoom account/)
  await w.settled()
  assert.equal((await toldDirectly()).length, 2)
})

test('who disconnects is not connected at Zoom either', async () => {
  assert.match((await chat.run('grace', '/zoom disconnect')).text, /grace@school.example is not connected any more/)
  assert.match((await chat.run('grace', '/zoom disconnect')).text, /You are not connected/)
  const { body } = await w.api<{ items: { zoom_user_email: string; state: string }[] }>('GET', '/connections')
  assert.equal(
    body.items.find(({ zoom_user_email }) => zoom_user_email === 'grace@school.example')?.state,
    'disconnected',
  )
})
