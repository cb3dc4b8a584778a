import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test, type TestContext } from 'node:test'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { Webhook as Svix } from 'svix'
import type { Delivery, Subscription, SubscriptionWithSecret } from '#hub/deliveries/resources.ts'
import { buryDeliveries, deliverDue, startSender } from '#hub/deliveries/sender.ts'
import { settle } from '#hub/deliveries/settle.ts'
import { checkSubscriptions } from '#hub/doctor/subscriptions.ts'
import { emit } from '#hub/hub-events.ts'
import { createOutgoing } from '#hub/outgoing.ts'
import type { Replay } from '#hub/replays/resources.ts'
import { workReplay } from '#hub/replays/work.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { createApiKey } from '#hub/keys.ts'
import { webhooks } from '#integrations/webhooks/integration.ts'
import { takeDue } from '#store/deliveries.ts'
import { bearer, httpHub, json } from './http-hub.ts'
import { until } from './world.ts'

const minute = 60_000
const hour = 60 * minute
let now = Date.now()
const http = await httpHub({ after }, { routes: webhooks.routes?.(undefined as never) ?? [] })
const { hub } = http
Object.assign(hub, {
  integrations: [webhooks],
  outgoing: createOutgoing({}),
  runtime: { ...hub.runtime, now: () => now },
})

interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A consumer on HTTP; undefined as an answer leaves the request hanging. */
async function receiver(t: TestContext, answer: (request: Received) => number | undefined = () => 204) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() }
      received.push(one)
      const status = answer(one)
      if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

async function subscribe(t: TestContext, url: string, more: object = {}): Promise<SubscriptionWithSecret> {
  const answer = await http.send('POST', '/api/v1/subscriptions', { url, allow_private: true, ...more })
  assert.equal(answer.status, 201, await answer.clone().text())
  const made = await json<SubscriptionWithSecret>(answer)
  t.after(async () => {
    await fetch(`${http.url}/api/v1/subscriptions/${made.id}`, { method: 'DELETE', headers: bearer(http.keys.owner) })
  })
  return made
}

const happens = (meeting_id = 'mtg_1') =>
  hub.db
    .transaction()
    .execute((trx) =>
      emit(hub, trx, http.workspace.id, 'api', [
        { type: 'meeting.changed', meeting_id, payload: { fields: ['topic'] } },
      ]),
    )

const listed = async (query: string): Promise<Delivery[]> =>
  (await json<{ items: Delivery[] }>(await http.get(`/api/v1/deliveries?${query}`))).items
const deliveriesOf = ({ id }: Subscription) => listed(`subscription_id=${id}`)
const read = async ({ id }: Subscription): Promise<Subscription> =>
  json<Subscription>(await http.get(`/api/v1/subscriptions/${id}`))
const post = (path: string, body?: unknown) => http.send('POST', `/api/v1/${path}`, body ?? '')

test('a consumer verifies a message with the libraries of Standard Webhooks and Svix, and reads the hub event in it', async (t) => {
  const { url, received } = await receiver(t)
  const { secret } = await subscribe(t, url, { triggers: ['meeting.changed'] })
  now = Date.now()
  await happens('mtg_read')
  await deliverDue(hub)
  assert.equal(received.length, 1)
  const { headers, body } = received[0]!
  const heard = new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, never>
  assert.doesNotThrow(() => new Svix(secret).verify(body, headers as Record<string, string>))
  assert.equal(heard['type'], 'meeting.changed')
  assert.ok(!Number.isNaN(Date.parse(heard['timestamp'] ?? '')))
  const { id, ...data } = heard['data'] as unknown as Record<string, unknown>
  assert.match(String(id), /^hev_/)
  const about = { workspace_id: http.workspace.id, cause: 'api', meeting_id: 'mtg_read', uuid: null }
  assert.deepEqual(data, { ...about, payload: { fields: ['topic'] } })
  for (const Library of [Webhook, Svix])
    assert.throws(() => new Library(secret).verify(`${body} `, headers as Record<string, string>))
})

test('a subscription hears its triggers alone, and nothing of an event that was rolled back', async (t) => {
  const { url } = await receiver(t)
  const deaf = await subscribe(t, url, { triggers: ['session.started'] })
  const hears = await subscribe(t, url)
  const off = await subscribe(t, url)
  await http.send('PATCH', `/api/v1/subscriptions/${off.id}`, { state: 'off' })
  await happens()
  await assert.rejects(
    hub.db.transaction().execute(async (trx) => {
      await emit(hub, trx, http.workspace.id, 'api', [{ type: 'meeting.deleted', meeting_id: 'm', payload: {} }])
      throw new Error('no')
    }),
  )
  const heard = await Promise.all([deaf, hears, off].map(async (each) => (await deliveriesOf(each)).map((d) => d.type)))
  assert.deepEqual(heard, [[], ['meeting.changed'], []])
})

test('a message is tried for three days with growing pauses and one id, then it is a dead letter that can be replayed', async (t) => {
  let status = 500
  const { url, received } = await receiver(t, () => status)
  const made = await subscribe(t, url)
  const begun = now
  await happens()
  for (; now < begun + 75 * hour; now += 2 * minute) {
    await deliverDue(hub)
    if ((await deliveriesOf(made))[0]?.state === 'dead') break
  }
  const [dead] = await deliveriesOf(made)
  assert.equal(dead?.state, 'dead')
  assert.ok(now - begun > 71 * hour && now - begun < 73 * hour, `${(now - begun) / hour} hours`)
  assert.ok(received.length >= 8 && received.length <= 14, `${received.length} tries`)
  assert.deepEqual([...new Set(received.map((each) => each.headers['webhook-id']))], [dead.id])
  assert.equal(new Set(received.map((each) => each.body)).size, 1)
  assert.equal(dead.error, 'The destination answered 500')

  status = 200
  now += hour
  assert.equal((await post(`deliveries/${dead.id}/replay`)).status, 202)
  assert.equal((await post(`deliveries/${dead.id}/replay`)).status, 409, 'it waits already')
  await deliverDue(hub)
  assert.equal((await deliveriesOf(made))[0]?.state, 'delivered')
  assert.equal(received.at(-1)?.headers['webhook-id'], dead.id)
})

test('a destination that fails five times in a row is left alone, then one probe finds it well and everything arrives', async (t) => {
  let status = 503
  const { url, received } = await receiver(t, () => status)
  const made = await subscribe(t, url)
  for (let i = 0; i < 20; i++) await happens(`mtg_${i}`)
  await deliverDue(hub)
  assert.equal(received.length, 8, 'one batch, and no more')
  assert.equal((await read(made)).circuit, 'open')
  await deliverDue(hub)
  assert.equal(received.length, 8)
  now += minute
  await deliverDue(hub)
  assert.equal(received.length, 9, 'one probe')
  status = 200
  now += 3 * minute
  await deliverDue(hub)
  assert.equal((await read(made)).circuit, 'closed')
  now += 3 * minute
  await deliverDue(hub)
  const all = await deliveriesOf(made)
  assert.equal(all.filter((each) => each.state === 'delivered').length, 20)
})

test('what waited three days for a destination that does not answer is given up, and what waits for a healthy one is not', async (t) => {
  const { url } = await receiver(t, () => 500)
  const [sick, healthy] = [await subscribe(t, url), await subscribe(t, (await receiver(t)).url)]
  for (let i = 0; i < 6; i++) await happens()
  await hub.db.updateTable('subscription').set({ failures: 5 }).where('id', '=', sick.id).execute()
  now += 73 * hour
  await buryDeliveries(hub)
  assert.deepEqual([...new Set((await deliveriesOf(sick)).map((each) => each.state))], ['dead'])
  assert.deepEqual([...new Set((await deliveriesOf(healthy)).map((each) => each.state))], ['waiting'])
})

test('after a rotation both secrets verify for a day, then the new one alone', async (t) => {
  const { url, received } = await receiver(t)
  const made = await subscribe(t, url)
  now = Date.now()
  const renewed = await json<SubscriptionWithSecret>(await post(`subscriptions/${made.id}/rotate_secret`))
  assert.notEqual(renewed.secret, made.secret)
  await happens()
  await deliverDue(hub)
  const { body, headers } = received[0]!
  assert.equal(String(headers['webhook-signature']).split(' ').length, 2)
  for (const secret of [made.secret, renewed.secret])
    new Webhook(secret).verify(body, headers as Record<string, string>)
  now += 25 * hour
  await happens()
  await deliverDue(hub)
  assert.equal(String(received[1]?.headers['webhook-signature']).split(' ').length, 1)
})

test('after several rotations each secret verifies until its own day is over', async (t) => {
  const { url, received } = await receiver(t)
  const first = await subscribe(t, url)
  const rotate = async () => json<SubscriptionWithSecret>(await post(`subscriptions/${first.id}/rotate_secret`))
  now = Date.now()
  const second = await rotate()
  now += 12 * hour
  const third = await rotate()
  now = Date.now()
  await happens()
  await deliverDue(hub)
  const { body, headers } = received[0]!
  for (const { secret } of [first, second, third]) new Webhook(secret).verify(body, headers as Record<string, string>)
  const signatures = async (hours: number): Promise<number> => {
    now = Date.now() + hours * hour
    await happens()
    await deliverDue(hub)
    return String(received.at(-1)?.headers['webhook-signature']).split(' ').length
  }
  assert.deepEqual([await signatures(13), await signatures(25), await signatures(37)], [3, 2, 1])
})

test('a range is replayed by when its deliveries were made, and by how they ended', async (t) => {
  const { url, received } = await receiver(t)
  const made = await subscribe(t, url)
  const first = now
  for (let i = 0; i < 3; i++, now += hour) await happens()
  await deliverDue(hub)
  const range = { from: new Date(first + minute).toISOString(), to: new Date(now).toISOString() }
  const replay = async (body: object): Promise<Replay> => {
    const { id } = await json<Replay>(await post(`subscriptions/${made.id}/replay`, body))
    await workReplay({ replay_id: id }, hub)
    return json<Replay>(await http.get(`/api/v1/replays/${id}`))
  }
  const none = await replay({ ...range, state: 'dead' })
  assert.deepEqual([none.state, none.of, none.done], ['done', 0, 0])
  const two = await replay(range)
  assert.deepEqual([two.what, two.state, two.of, two.done, two.waiting], ['deliveries', 'running', 2, 0, 2])
  await deliverDue(hub)
  await workReplay({ replay_id: two.id }, hub)
  const { state, done, failed } = await json<Replay>(await http.get(`/api/v1/replays/${two.id}`))
  assert.deepEqual([state, done, failed], ['done', 2, 0])
  await deliverDue(hub)
  assert.equal(received.length, 5)
  assert.equal(new Set(received.map((each) => each.headers['webhook-id'])).size, 3)
})

test('410 Gone switches the subscription off and says why; switched on it starts anew', async (t) => {
  const { url } = await receiver(t, () => 410)
  const made = await subscribe(t, url)
  await happens()
  await deliverDue(hub)
  const off = await read(made)
  assert.deepEqual([off.state, off.reason], ['off', 'The destination answered 410 Gone'])
  const on = await json<Subscription>(await http.send('PATCH', `/api/v1/subscriptions/${made.id}`, { state: 'on' }))
  assert.deepEqual([on.state, on.reason, on.failures], ['on', null, 0])
})

test('a redirect is not followed', async (t) => {
  const { url, received } = await receiver(t, () => 307)
  const made = await subscribe(t, url)
  const tested = await json<Delivery>(await post(`subscriptions/${made.id}/test`))
  assert.deepEqual([tested.type, tested.state, tested.status], ['test', 'dead', 307])
  assert.deepEqual(
    received.map((each) => each.path),
    ['/hook'],
  )
})

const hostile = [
  '127.0.0.1',
  'localhost',
  '2130706433',
  '0x7f.1',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[fd00:ec2::254]',
  '[fe80::1]',
]
for (const host of hostile) {
  test(`https://${host} is not called without an administrator’s allowance`, async (t) => {
    const made = await subscribe(t, `https://${host}:8443/hook`, { allow_private: false })
    const tested = await json<Delivery>(await post(`subscriptions/${made.id}/test`))
    assert.equal(tested.state, 'dead')
    assert.match(tested.error ?? '', /is not an address that may be called/)
  })
}

test('a URL that is plain http without the allowance, holds a password or is no URL is refused', async () => {
  for (const url of ['http://hooks.example/', 'https://u:p@hooks.example/', 'ftp://hooks.example/', 'hooks'])
    assert.equal((await post('subscriptions', { url })).status, 422, url)
  assert.equal((await post('subscriptions', { url: 'https://hooks.example/', signer: 'constructor' })).status, 422)
  assert.equal((await post('subscriptions', { url: 'https://hooks.example/', triggers: ['nothing'] })).status, 422)
})

test('secrets are shown once, viewers read and do not write, and another workspace finds nothing', async (t) => {
  const { url } = await receiver(t)
  const made = await subscribe(t, url, { name: 'Ours' })
  await happens()
  const [delivery] = await deliveriesOf(made)
  const texts = [
    await (await http.get(`/api/v1/subscriptions/${made.id}`)).text(),
    await (await http.get('/api/v1/subscriptions?q=ours&state=on')).text(),
    http.logged.join(),
  ]
  assert.match(texts[1] ?? '', /Ours/)
  for (const text of texts) assert.ok(!text.includes(made.secret.slice(6)))

  await ensureWorkspace(hub, 'Other')
  const foreign = bearer((await createApiKey(hub, { workspace: 'Other', name: 'o', role: 'owner' })).key)
  const paths = [`subscriptions/${made.id}`, `deliveries/${delivery?.id}`, `deliveries?subscription_id=${made.id}`]
  for (const path of paths) {
    assert.equal((await http.get(`/api/v1/${path}`, foreign)).status, 404, path)
    assert.equal((await http.get(`/api/v1/${path}`, bearer(http.keys.viewer))).status, 200, path)
  }
  const writes = [
    ['POST', 'subscriptions', { url: 'https://hooks.example/' }],
    ['PATCH', `subscriptions/${made.id}`, { name: 'Mine' }],
    ['DELETE', `subscriptions/${made.id}`, ''],
    ['POST', `subscriptions/${made.id}/rotate_secret`, ''],
    ['POST', `subscriptions/${made.id}/test`, ''],
    ['POST', `subscriptions/${made.id}/replay`, { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }],
    ['POST', `deliveries/${delivery?.id}/replay`, ''],
  ] as const
  for (const [method, path, body] of writes) {
    assert.equal((await http.send(method, `/api/v1/${path}`, body, bearer(http.keys.operator))).status, 403, path)
    if (path !== 'subscriptions')
      assert.equal((await http.send(method, `/api/v1/${path}`, body, foreign)).status, 404, `${method} ${path}`)
  }
})

test('deliveries are paged, searched and written as a table', async (t) => {
  const { url } = await receiver(t)
  const made = await subscribe(t, url)
  for (let i = 0; i < 3; i++) await happens(`mtg_page_${i}`)
  const path = `/api/v1/deliveries?subscription_id=${made.id}&limit=2`
  const first = await json<{ items: Delivery[]; next_cursor: string }>(await http.get(path))
  const rest = await json<{ items: Delivery[]; next_cursor: null }>(
    await http.get(`${path}&cursor=${first.next_cursor}`),
  )
  assert.deepEqual([first.items.length, rest.items.length, rest.next_cursor], [2, 1, null])
  assert.equal((await listed(`subscription_id=${made.id}&q=MTG_page_1&state=waiting`)).length, 1)
  const table = await http.get(`${path}&format=csv`)
  assert.match(table.headers.get('content-type') ?? '', /^text\/csv/)
  assert.equal((await table.text()).trim().split('\r\n').length, 1 + 3, 'all of them, whatever the page')
})

test('an allowance does not go along to another destination', async (t) => {
  const { url } = await receiver(t)
  const made = await subscribe(t, url)
  const change = async (body: object) => {
    const answer = await http.send('PATCH', `/api/v1/subscriptions/${made.id}`, body)
    return { status: answer.status, body: await json<Subscription>(answer) }
  }
  const same = await change({ url: url.replace('/hook', '/elsewhere') })
  assert.deepEqual([same.status, same.body.allow_private], [200, true])
  const away = await change({ url: 'https://hooks.school.example/greenroom' })
  assert.deepEqual([away.status, away.body.allow_private], [200, false])
  assert.equal((await change({ url: 'http://10.0.0.7/hook' })).status, 422)
  const allowed = await change({ url: 'http://10.0.0.7/hook', allow_private: true })
  assert.deepEqual([allowed.status, allowed.body.allow_private], [200, true])
})

test('who wakes up late neither unsays what another delivered nor spoils what another holds', async (t) => {
  const { url } = await receiver(t)
  const made = await subscribe(t, url)
  await happens('mtg_late')
  const lease = (seconds: number) => ({
    now: new Date(now),
    leased_until: new Date(now + seconds * 1000),
    limit: 1,
  })
  const [mine] = await takeDue(hub.db, made.id, lease(30))
  now += minute
  const [theirs] = await takeDue(hub.db, made.id, lease(30))
  assert.ok(mine && theirs)
  const failed = { result: 'failed', status: null, error: 'This process slept' } as const
  await settle(hub, made.id, [{ delivery: mine, tried: failed }])
  const [held] = await deliveriesOf(made)
  assert.deepEqual([held?.state, held?.attempts, held?.error], ['waiting', 0, null])
  await settle(hub, made.id, [{ delivery: theirs, tried: { result: 'delivered', status: 204 } }])
  await settle(hub, made.id, [{ delivery: mine, tried: { result: 'gone', status: 410, error: 'Gone' } }])
  const [ended] = await deliveriesOf(made)
  assert.deepEqual([ended?.state, ended?.status], ['delivered', 204])
})

test('what is added while its subscription is deleted goes with it', async (t) => {
  const { url } = await receiver(t)
  const made = await subscribe(t, url)
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const { promise: added, resolve: isAdded } = Promise.withResolvers<void>()
  const adding = hub.db.transaction().execute(async (trx) => {
    await emit(hub, trx, http.workspace.id, 'api', [
      { type: 'meeting.changed', meeting_id: 'mtg_orphan', payload: { fields: ['topic'] } },
    ])
    isAdded()
    await mayCommit
  })
  await added
  const deleting = http.send('DELETE', `/api/v1/subscriptions/${made.id}`, '')
  await until(async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(hub.db)
    return rows[0]?.n === 1
  }, 'the deletion to wait for whoever adds')
  commit()
  await adding
  assert.equal((await deleting).status, 204)
  assert.deepEqual(
    await hub.db.selectFrom('delivery').select('id').where('subscription_id', '=', made.id).execute(),
    [],
  )
})

test('the doctor names the destination that is off, that fails and that lost messages', async (t) => {
  const subscription = async (...answers: number[]) => {
    const { url } = await receiver(t, () => answers.shift() ?? 204)
    return subscribe(t, url, { name: `answers ${answers.join(' ')}` })
  }
  await subscription(204)
  await subscription(410)
  await subscription(500, 500, 500, 500, 500)
  for (let i = 0; i < 5; i++) await happens(`mtg_doctor_${i}`)
  await deliverDue(hub)
  const findings = await checkSubscriptions(hub, http.workspace.id)
  const of = (name: string) => findings.find(({ check }) => check === `webhook ${name}`)
  assert.deepEqual(
    ['answers 204', 'answers 410', 'answers 500 500 500 500 500'].map((name) => of(name)?.state),
    ['ok', 'warning', 'failed'],
  )
  assert.match(
    of('answers 410')?.message ?? '',
    /switched off: .* 410 Gone; \d messages of the last three days were given up/,
  )
  assert.match(of('answers 500 500 500 500 500')?.message ?? '', /has failed 5 times in a row and is left alone until/)
  const elsewhere = await ensureWorkspace(hub, 'Doctor elsewhere')
  assert.deepEqual(await checkSubscriptions(hub, elsewhere.id), [])
})

test('a destination that hangs holds nobody else’s messages', async (t) => {
  const hanging = await receiver(t, () => undefined)
  const healthy = await receiver(t)
  await subscribe(t, hanging.url)
  await subscribe(t, healthy.url)
  for (let i = 0; i < 60; i++) await happens(`mtg_${i}`)
  const sender = startSender(hub)
  await until(async () => healthy.received.length === 60, 'all messages at the healthy destination', 10)
  assert.equal(hanging.received.length, 8, 'as many as may be under way')
  await sender.stop()
  const left = (await listed('state=waiting&limit=200')).map((each) => [each.attempts, each.error])
  assert.deepEqual([...new Set(left.map(String))], ['0,'], 'what a stop cuts off is not held against the destination')
})
