import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { connectWithCode } from '#hub/grants/connect.ts'
import { disconnect } from '#hub/grants/end.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { ada, callsMade, developer, grace, plannedMeeting, redirect_uri, userApp } from './bots-world.ts'
import type { Bot, Connection, Listing } from './bots-world.ts'
import { until, world } from './world.ts'

interface Order {
  path: string
  bot_id: string
  meeting_number: string
  passcode: string
  display_name: string
  signature: string
  recording_token?: string
  report_url: string
  report_token: string
}

/** A runner that does nothing but note its orders, and answers as told. */
const orders: Order[] = []
const answers: number[] = []
const runner = createServer((request, response) => {
  void (async () => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    orders.push({ path: request.url ?? '', ...(JSON.parse(text) as Omit<Order, 'path'>) })
    response.writeHead(answers.shift() ?? 202).end('{}')
  })()
}).listen(0, '127.0.0.1')
await once(runner, 'listening')
const w = await world(
  {
    after: (close) => {
      after(async () => {
        runner.close()
        await close()
      })
    },
  },
  { connected: false },
)
w.server.hub.botRunnerUrl = `http://127.0.0.1:${(runner.address() as AddressInfo).port}`

const guide = await developer(w)
await guide.register()
const { body: connection } = await guide.connect(ada)

/** The bot's latest order. */
async function orderOf(bot_id: string, path = '/join'): Promise<Order> {
  const found = () => orders.findLast((order) => order.bot_id === bot_id && order.path === path)
  await until(async () => found() !== undefined, `the order ${path} for ${bot_id}`)
  const order = found()
  assert.ok(order)
  return order
}

const report = async (order: Order, event: string, more: object = {}) => {
  const answer = await fetch(order.report_url, {
    method: 'POST',
    headers: { authorization: `Bearer ${order.report_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ bot_id: order.bot_id, event, at: new Date().toISOString(), ...more }),
  })
  return { status: answer.status, body: (await answer.json()) as { outcome?: string; reason?: string } }
}

/** Jobs that wait, also for a time to come. */
const waitingJobs = async (bot_id: string): Promise<number> =>
  (await sql`select from graphile_worker.jobs where key like ${`bots_%:${bot_id}%`}`.execute(w.server.hub.db)).rows
    .length

const sent = async (more: Record<string, unknown> = {}): Promise<{ bot: Bot; order: Order }> => {
  const { join_url } = await plannedMeeting(w, ada)
  const { body: bot, text } = await guide.bot({
    meeting_url: join_url,
    zoom_oauth_connection_id: connection.id,
    ...more,
  })
  assert.ok(bot.id, text)
  return { bot, order: await orderOf(bot.id) }
}

test('the runner is told what a join needs, signed in the app’s name, and no secret of the app', async () => {
  const { bot, order } = await sent()
  const [head = '', claims = '', signature = ''] = order.signature.split('.')
  assert.equal(createHmac('sha256', 'sim-user-secret').update(`${head}.${claims}`).digest('base64url'), signature)
  const { appKey, mn, role } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  assert.deepEqual({ appKey, mn, role }, { appKey: 'sim-user-app', mn: order.meeting_number, role: 0 })
  assert.equal(order.display_name, 'Note taker')
  assert.ok(order.recording_token)
  assert.equal(order.passcode, new URL(bot.meeting_url).searchParams.get('pwd'))
  assert.equal(order.report_url, `${w.hubUrl}/bots/${bot.id}/reports`)
  assert.doesNotMatch(JSON.stringify(order), /sim-user-secret|sim-user-app-webhook|gr_/)
  assert.ok(!w.log.join('').includes(order.report_token) && !w.log.join('').includes(order.recording_token))
})

test('a report that comes twice or too late changes nothing and is told why; another bot’s token is none', async () => {
  const { bot, order } = await sent()
  const other = await sent()
  assert.equal((await report(order, 'joined')).body.outcome, 'handled')
  const twice = await report(order, 'joined')
  assert.equal(twice.status, 200)
  assert.deepEqual(twice.body, { outcome: 'ignored', reason: 'a bot in state joined_not_recording is past joined' })
  assert.equal((await report(order, 'could_not_join')).body.outcome, 'ignored')
  assert.equal((await report({ ...order, report_token: other.order.report_token }, 'left')).status, 401)
  assert.equal((await report(order, 'flew_away')).status, 422)
  assert.equal((await report(order, 'left', { sub_type: 'removed_from_meeting' })).body.outcome, 'handled')
  const { events, state } = (await guide.ask<Bot>('GET', `/bots/${bot.id}`)).body
  assert.equal(state, 'ended')
  assert.deepEqual(
    events.map(({ type, sub_type }) => [type, sub_type]),
    [
      ['join_requested', undefined],
      ['joined_meeting', undefined],
      ['meeting_ended', 'removed_from_meeting'],
      ['post_processing_completed', undefined],
    ],
  )
  assert.equal((await guide.ask<Bot>('GET', `/bots/${other.bot.id}`)).body.state, 'joining')
})

test('who was in the meeting is listed, hosts apart if wished', async () => {
  const { bot, order } = await sent()
  await report(order, 'joined', {
    participants: [
      { uuid: 'A', name: 'Ada', is_host: true },
      { uuid: 'B', name: 'Bo', user_uuid: 'U' },
      { name: 'Somebody whom the runner cannot tell apart' },
      { uuid: 'A', name: 'Ada Lovelace', is_host: true },
    ],
  })
  const list = async (query: string) =>
    (await guide.ask<Listing<object>>('GET', `/bots/${bot.id}/participants${query}`)).body.results
  const [host, guest] = [
    { id: 'A', uuid: 'A', name: 'Ada Lovelace', user_uuid: null, is_host: true },
    { id: 'B', uuid: 'B', name: 'Bo', user_uuid: 'U', is_host: false },
  ]
  assert.deepEqual(await list(''), [host, guest])
  assert.deepEqual(await list('?is_host=true'), [host])
  assert.deepEqual(await list('?id=B'), [guest])
  assert.equal((await guide.ask('GET', `/bots/${bot.id}/participants?is_host=maybe`)).status, 400)
  const { status, body } = await guide.ask('GET', `/bots/${bot.id}/participants?cursor=x`)
  assert.equal(status, 404)
  assert.deepEqual(body, { detail: 'Invalid cursor' })
})

test('a runner in trouble is tried again, with a new token; one that refuses is believed', async () => {
  await w.zoom('DELETE', '/calls')
  answers.push(503)
  const { bot } = await sent()
  await until(async () => orders.filter(({ bot_id }) => bot_id === bot.id).length === 2, 'the second try')
  assert.deepEqual(await callsMade(w), ['GET meetingLocalRecordingJoinToken', 'GET meetingLocalRecordingJoinToken'])
  const [first, second] = orders.filter(({ bot_id }) => bot_id === bot.id)
  assert.notEqual(first?.recording_token, second?.recording_token)
  assert.ok(first && second)
  assert.equal((await report(first, 'joined')).status, 401)
  assert.equal((await report(second, 'joined')).body.outcome, 'handled')

  answers.push(422)
  const refused = await sent()
  const { events } = await guide.becomes(refused.bot.id, 'fatal_error')
  assert.equal(events.at(-1)?.sub_type, 'bot_not_launched')
})

test('a bot that the runner has lost has left when it is asked to', async () => {
  const { bot, order } = await sent()
  await report(order, 'joined')
  answers.push(404)
  // The runner may be asked, and may have answered, before our own answer is written.
  assert.match((await guide.ask<Bot>('POST', `/bots/${bot.id}/leave`)).body.state, /^(leaving|ended)$/)
  const { events } = await guide.becomes(bot.id, 'ended')
  assert.ok(events.some(({ type }) => type === 'leave_requested'))
})

test('a bot whose runner is gone is given up ten minutes after it was asked to leave, not before', async () => {
  const { bot, order } = await sent()
  await report(order, 'joined')
  answers.push(503, 503)
  await guide.ask<Bot>('POST', `/bots/${bot.id}/leave`)
  await orderOf(bot.id, '/leave')
  assert.equal((await guide.ask<Bot>('GET', `/bots/${bot.id}`)).body.state, 'leaving')
  await sql`update bot_event set created_at = created_at - interval '10 minutes'
    where bot_id = ${bot.id} and type = 'leave_requested'`.execute(w.server.hub.db)
  const { events } = await guide.becomes(bot.id, 'fatal_error')
  assert.equal(events.at(-1)?.sub_type, 'heartbeat_timeout')
})

test('a bot that is called back at once is sent first and called back then, and is over however it fared', async () => {
  const { join_url } = await plannedMeeting(w, ada)
  const { body: bot } = await guide.bot({ meeting_url: join_url, zoom_oauth_connection_id: connection.id })
  assert.equal((await guide.ask<Bot>('POST', `/bots/${bot.id}/leave`)).body.state, 'leaving')
  await until(async () => (await waitingJobs(bot.id)) === 0, 'the jobs to be done')
  assert.equal(orders.findLast(({ bot_id }) => bot_id === bot.id)?.path, '/leave')
  const late = await sent()
  await guide.ask('POST', `/bots/${late.bot.id}/leave`)
  await orderOf(late.bot.id, '/leave')
  assert.equal((await report(late.order, 'could_not_join', { sub_type: 'meeting_not_found' })).body.outcome, 'handled')
  assert.equal((await guide.ask<Bot>('GET', `/bots/${late.bot.id}`)).body.state, 'ended')
})

test('a bot that was planned anew for an earlier time is sent once, to the meeting that it is planned for now', async () => {
  const [first, second] = [await plannedMeeting(w, ada), await plannedMeeting(w, ada)]
  await w.settled()
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
  const { body: bot } = await guide.bot({ meeting_url: first.join_url, join_at: at(2) })
  const { status, text } = await guide.ask('PATCH', `/bots/${bot.id}`, { join_at: at(1), meeting_url: second.join_url })
  assert.equal(status, 200, text)
  await until(async () => (await waitingJobs(bot.id)) === 0, 'both times to be past')
  const its = orders.filter(({ bot_id }) => bot_id === bot.id)
  assert.deepEqual(
    its.map(({ path, meeting_number }) => [path, meeting_number]),
    [['/join', String(second.id)]],
  )
})

test('a bot that is called off stands on no meeting’s page any more', async () => {
  const { body: planned } = await w.api<{ id: string; join_url: string }>('POST', '/meetings', {
    host: ada,
    topic: 'Later',
  })
  const join_at = new Date(Date.now() + 3_600_000).toISOString()
  const { body: bot } = await guide.bot({ meeting_url: planned.join_url, join_at })
  const shown = async () =>
    (await w.api<{ items: { ref: string; state: string }[] }>('GET', `/meetings/${planned.id}/placements`)).body.items
      .filter(({ ref }) => ref === bot.id)
      .map(({ state }) => state)
  assert.deepEqual(await shown(), ['shown'])
  await guide.ask('DELETE', `/bots/${bot.id}`)
  assert.deepEqual(await shown(), ['removed'])
})

test('a bot is taken away from the meeting’s page: one that is planned is called off, one that is there leaves', async () => {
  const { body: planned } = await w.api<{ id: string; join_url: string }>('POST', '/meetings', {
    host: ada,
    topic: 'Now',
  })
  const placed = async (bot_id: string) =>
    (
      await w.api<{ items: { id: string; ref: string; state: string }[] }>('GET', `/meetings/${planned.id}/placements`)
    ).body.items.find(({ ref }) => ref === bot_id)
  const take = async (bot_id: string) => (await w.api('DELETE', `/placements/${(await placed(bot_id))?.id}`)).status

  const join_at = new Date(Date.now() + 3_600_000).toISOString()
  const { body: later } = await guide.bot({ meeting_url: planned.join_url, join_at })
  assert.equal(await take(later.id), 204)
  assert.equal((await guide.ask('GET', `/bots/${later.id}`)).status, 404)

  const { body: there } = await guide.bot({ meeting_url: planned.join_url })
  await orderOf(there.id)
  await until(async () => (await guide.ask<Bot>('GET', `/bots/${there.id}`)).body.state !== 'ready', 'the bot to go')
  assert.equal(await take(there.id), 204)
  assert.equal((await placed(there.id))?.state, 'removed')
  await until(async () => orders.some(({ bot_id, path }) => bot_id === there.id && path === '/leave'), 'it to leave')
})

test('a planned bot goes when its time has come, not before; until then it can be changed', async () => {
  const soon = () => new Date(Date.now() + 1500).toISOString()
  const { join_url } = await plannedMeeting(w, ada)
  const later = new Date(Date.now() + 3_600_000).toISOString()
  const { body: bot } = await guide.bot({ meeting_url: join_url, join_at: later, metadata: { k: 'v' } })
  assert.equal(bot.state, 'scheduled')
  const changed = await guide.ask<Bot & { join_at: string; metadata: object }>('PATCH', `/bots/${bot.id}`, {
    join_at: soon(),
    bot_name: 'Early bird',
    nobody_knows: 1,
  })
  assert.equal(changed.status, 200, changed.text)
  assert.deepEqual(changed.body.metadata, { k: 'v' })
  const order = await orderOf(bot.id)
  assert.ok(Date.now() >= Date.parse(changed.body.join_at))
  assert.equal(order.display_name, 'Early bird')
  const { events } = (await guide.ask<Bot>('GET', `/bots/${bot.id}`)).body
  assert.deepEqual(
    events.map(({ type }) => type),
    ['staged', 'join_requested'],
  )
  assert.equal((await guide.ask('PATCH', `/bots/${bot.id}`, { bot_name: 'Too late' })).status, 400)
  const noted = await guide.ask<{ metadata: object }>('PATCH', `/bots/${bot.id}`, { metadata: { k: 'w' } })
  assert.deepEqual(noted.body.metadata, { k: 'w' })
})

test('“Put it in… Bots” sends a bot to the meeting; a place that is switched off takes none', async () => {
  const { body: place } = await w.api<{ items: { id: string; integration: string }[] }>('GET', '/places')
  const place_id = place.items.find(({ integration }) => integration === 'bots')?.id
  const { join_url } = await plannedMeeting(w, ada)
  const known = (await w.api<{ items: { id: string; join_url: string }[] }>('GET', '/meetings?when=all')).body.items
  const meeting = known.find((each) => each.join_url === join_url) ?? known[0]
  assert.ok(meeting, 'a meeting that the hub knows')
  const put = (target: object) =>
    w.api<{ ref: string; title: string }>('POST', `/meetings/${meeting.id}/placements`, { place_id, target })
  const placed = await put({ bot_name: 'Minutes' })
  assert.equal(placed.status, 201, placed.text)
  assert.equal(placed.body.title, 'Minutes')
  assert.equal((await orderOf(placed.body.ref)).display_name, 'Minutes')
  assert.equal((await put({ channel: 'x' })).status, 422)

  await w.api('PATCH', `/places/${place_id}`, { state: 'off' })
  const off = await guide.bot({ meeting_url: join_url })
  assert.equal(off.status, 400)
  assert.match(off.text, /switched off/)
  await w.api('PATCH', `/places/${place_id}`, { state: 'on' })
})

test('without a runner no bot is taken on, and the doctor names the setting', async () => {
  const { botRunnerUrl } = w.server.hub
  w.server.hub.botRunnerUrl = undefined
  const findings = async () =>
    (await w.api<{ findings: { check: string; state: string; fix?: string }[] }>('GET', '/doctor')).body.findings.find(
      ({ check }) => check === 'bots',
    )
  const { status, text } = await guide.bot({ meeting_url: 'https://zoom.us/j/85447691908' })
  assert.equal(status, 400)
  assert.match(text, /BOT_RUNNER_URL/)
  const found = await findings()
  w.server.hub.botRunnerUrl = botRunnerUrl
  assert.equal(found?.state, 'warning')
  assert.match(found.fix ?? '', /BOT_RUNNER_URL/)
  assert.equal((await findings())?.state, 'ok')
})

test('an administrator’s consent is good for every host of the account', async () => {
  await ensureWorkspace(w.server.hub, 'Account')
  const account = await developer(w, await w.key('admin', 'Account'))
  await w.zoom('PATCH', '/apps/sim-admin-app', { redirect_uris: [redirect_uri] })
  await account.register({ client_id: 'sim-admin-app', client_secret: 'sim-admin-secret', kind: 'admin_managed' })
  const authorization_code = await account.consent(ada, 'sim-admin-app')
  const made = await account.ask<Connection>('POST', '/zoom_oauth_connections', { authorization_code, redirect_uri })
  assert.equal(made.status, 201, made.text)
  const { join_url } = await plannedMeeting(w, grace)
  const { body: bot, text } = await account.bot({ meeting_url: join_url })
  assert.ok(bot.id, text)
  assert.ok((await orderOf(bot.id)).recording_token)
  assert.equal((await account.ask<Bot>('GET', `/bots/${bot.id}`)).body.zoom_join_mode, 'local_recording')
})

test('a consent that was given elsewhere in the product is a connection here, too', async () => {
  const { id: workspace_id } = await ensureWorkspace(w.server.hub, 'Chat')
  const chat = await developer(w, await w.key('admin', 'Chat'))
  const zoom_app_id = await chat.register({ ...userApp(w.simulatorUrl) })
  const authorization_code = await chat.consent(grace)
  await connectWithCode(w.server.hub, { workspace_id, name: 'zoom' }, { zoom_app_id, authorization_code, redirect_uri })
  let found: Connection[] = []
  await until(async () => {
    found = (await chat.ask<Listing<Connection>>('GET', '/zoom_oauth_connections')).body.results
    return found.length === 1
  }, 'the connection in the list')
  assert.equal(found[0]?.state, 'connected')
  assert.equal(found[0]?.metadata, null)
})

test('of several consents of a host one that holds counts, though another is newer', async () => {
  const second = { client_id: 'second-app', client_secret: 'second-secret' }
  await w.zoom('POST', '/apps', { ...second, type: 'user_managed', meeting_sdk: true, redirect_uris: [redirect_uri] })
  const zoom_oauth_app_id = await guide.register(second)
  const newer = await guide.connect(ada, {
    zoom_oauth_app_id,
    authorization_code: await guide.consent(ada, 'second-app'),
  })
  assert.equal(newer.status, 201, newer.text)
  await disconnect(w.server.hub, { workspace_id: w.workspace_id, name: 'test' }, newer.body.id)
  const { bot, order } = await sent({ zoom_oauth_connection_id: null })
  assert.ok(order.recording_token)
  assert.equal((await guide.ask<Bot>('GET', `/bots/${bot.id}`)).body.zoom_join_mode, 'local_recording')
})

test('a grant that is over is noticed without any event, at the next bot: it joins the standard way, and the connection says why', async () => {
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: ada })
  const { bot, order } = await sent()
  assert.equal(order.recording_token, undefined)
  const { zoom_join_mode, zoom_join_mode_reason } = (await guide.ask<Bot>('GET', `/bots/${bot.id}`)).body
  assert.equal(zoom_join_mode, 'standard')
  assert.match(zoom_join_mode_reason ?? '', /^no local recording token by zoc_\w+: The consent to .* is over/)
  const { body } = await guide.ask<Connection>('GET', `/zoom_oauth_connections/${connection.id}`)
  assert.equal(body.state, 'disconnected')
  assert.match(body.connection_failure_data?.error ?? '', /^Zoom Authentication error: .*"error":"invalid_grant"/)
})
