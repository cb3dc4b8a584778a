import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { deleteWhatIsDue, dueAt } from '#hub/grants/deletions.ts'
import { consented } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { db } = w.server.hub

interface Connection {
  id: string
  state: string
  zoom_user_email: string | null
  failure: { code: string; message: string; at: string } | null
}
interface Deletion {
  id: string
  connection_id: string
  state: string
  due_at: string
  compliance: string
  counts: Record<string, number>
}

const app = (
  await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'user',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    secret_token: 'sim-user-app-webhook',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
).body
await w.zoom('POST', '/apps/sim-user-app/subscriptions', { url: `${w.hubUrl}/zoom/webhooks/${app.id}`, events: ['*'] })
const hasAddress = async () =>
  (await w.api<{ has_deauthorization_url: boolean }>('GET', `/zoom_apps/${app.id}`)).body.has_deauthorization_url
assert.equal(await hasAddress(), false)
const { url: address } = (await w.api<{ url: string }>('POST', `/zoom_apps/${app.id}/deauthorization_url`)).body
assert.equal(await hasAddress(), true)

/** The user consents in a browser; answers the connection. */
async function connect(user: string): Promise<Connection> {
  const found = await consented<Connection>(w, app.id, user)
  assert.equal(found.state, 'connected')
  return found
}

async function of(user: string): Promise<Connection> {
  const { items } = (await w.api<{ items: Connection[] }>('GET', '/connections')).body
  const found = items.find((each) => each.zoom_user_email === user)
  assert.ok(found, `no connection of ${user}`)
  return found
}

const read = async (id: string): Promise<Connection> => (await w.api<Connection>('GET', `/connections/${id}`)).body
const deletions = async (): Promise<Deletion[]> => (await w.api<{ items: Deletion[] }>('GET', '/deletions')).body.items
const deletionOf = async (id: string, state: string): Promise<Deletion | undefined> =>
  (await deletions()).find((each) => each.connection_id === id && each.state === state)

const ended = (id: string): Promise<void> =>
  until(async () => (await read(id)).state === 'disconnected', 'the connection to be disconnected')

async function userIdOf(id: string): Promise<string> {
  const row = await db.selectFrom('connection').select('zoom_user_id').where('id', '=', id).executeTakeFirstOrThrow()
  return row.zoom_user_id ?? ''
}

const notify = async (url: string, payload: object): Promise<number> =>
  (await fetch(url, { method: 'POST', body: JSON.stringify({ event: 'app_deauthorized', payload }) })).status

const [grace, alan] = ['grace@school.example', 'alan@school.example']

test('data is due a week after the consent ended, whatever time the notification names', () => {
  const day = 86_400_000
  assert.equal(dueAt(10 * day, 10 * day), 17 * day)
  assert.equal(dueAt(9 * day, 10 * day), 16 * day)
  assert.equal(dueAt(99 * day, 10 * day), 17 * day)
  assert.equal(dueAt(0, 10 * day), 10 * day)
})

test('a consent that ends is noted for deletion, and one that is given again keeps the id and calls it off', async () => {
  const { id } = await connect(grace)
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: grace })
  await ended(id)
  const { due_at, compliance } = (await deletionOf(id, 'due')) ?? assert.fail('nothing is due')
  const days = (Date.parse(due_at) - Date.now()) / 86_400_000
  assert.ok(days > 6 && days <= 7, `${days} days`)
  assert.equal(compliance, 'not_asked')
  assert.equal((await connect(grace)).id, id)
  assert.ok(await deletionOf(id, 'cancelled'))
  assert.equal(await deletionOf(id, 'due'), undefined)
})

test('an unsigned notification at a wrong address, or about another app, changes nothing', async () => {
  const { id } = await of(grace)
  const payload = { account_id: 'sim-account', user_id: await userIdOf(id), client_id: 'sim-user-app' }
  const calls = await w.calls()
  assert.equal(await notify(address.replace(/secret=.*/, 'secret=guess'), payload), 401)
  assert.equal(await notify(address.replace(/\?.*/, ''), payload), 401)
  assert.equal(await notify(address.replace(/zoa_\w+/, 'zoa_unknown'), payload), 404)
  assert.equal(await notify(address, { ...payload, client_id: 'another' }), 401)
  assert.equal(await w.calls(), calls)
})

test('an unsigned notification has Zoom asked, and a consent that stands stays', async () => {
  const { id } = await of(grace)
  const payload = { account_id: 'sim-account', user_id: await userIdOf(id), client_id: 'sim-user-app' }
  const calls = await w.calls()
  assert.equal(await notify(address, payload), 200)
  assert.equal((await w.calls()) - calls, 1)
  assert.equal((await read(id)).state, 'connected')
  assert.equal(await deletionOf(id, 'due'), undefined)
})

test('a signed notification at that address is acted on at once, and one signed with another secret changes nothing', async () => {
  const { id } = await connect(alan)
  const payload = { account_id: 'sim-account', user_id: await userIdOf(id), client_id: 'sim-user-app' }
  const body = JSON.stringify({
    event: 'app_deauthorized',
    event_ts: Date.now(),
    payload: { ...payload, deauthorization_time: new Date().toISOString(), signature: '' },
  })
  const signedWith = async (secret: string): Promise<number> => {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
    const headers = { 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature }
    return (await fetch(address, { method: 'POST', body, headers })).status
  }
  const calls = await w.calls()
  assert.equal(await signedWith('another'), 401)
  assert.equal((await read(id)).state, 'connected')
  assert.equal(await signedWith('sim-user-app-webhook'), 200)
  await ended(id)
  assert.equal(await w.calls(), calls, 'Zoom has signed, and is not asked')
  assert.equal((await connect(alan)).id, id)
})

test('an address that was replaced is good no more', async () => {
  const { url } = (await w.api<{ url: string }>('POST', `/zoom_apps/${app.id}/deauthorization_url`)).body
  const payload = { account_id: 'sim-account', user_id: 'nobody', client_id: 'sim-user-app' }
  assert.equal(await notify(address, payload), 401)
  assert.equal(await notify(url, payload), 200)
})

for (const code of ['refresh_outcome_unknown', 'user_deactivated', 'user_deleted', 'user_disassociated'])
  test(`an unsigned notification about a consent that is over as ${code} has its data deleted`, async () => {
    const { id } = await connect(alan)
    const { url } = (await w.api<{ url: string }>('POST', `/zoom_apps/${app.id}/deauthorization_url`)).body
    const payload = { account_id: 'sim-account', user_id: await userIdOf(id), client_id: 'sim-user-app' }
    const over = { state: 'disconnected' as const, failure_code: code, failure_message: 'It is over' }
    await db.updateTable('connection').set(over).where('id', '=', id).execute()
    const calls = await w.calls()
    assert.equal(await notify(url, payload), 200)
    assert.equal(await w.calls(), calls, 'there is nothing to ask with')
    assert.ok(await deletionOf(id, 'due'))
  })

test('an unsigned notification that Zoom confirms ends the consent, and after the deletion Zoom is told', async () => {
  const { id } = await of(grace)
  const user_id = await userIdOf(id)
  const made = await w.api<{ id: string }>('POST', '/meetings', { connection_id: id, host: 'me', topic: 'Algebra' })
  assert.equal(made.status, 201)
  await w.settled()
  const { url } = (await w.api<{ url: string }>('POST', `/zoom_apps/${app.id}/deauthorization_url`)).body
  const { notified } = await w.zoom<{ notified: { status: number } }>('POST', '/apps/sim-user-app/deauthorize', {
    user: grace,
    notify: url,
    user_data_retention: 'false',
  })
  assert.equal(notified.status, 200)
  const { state, failure } = await read(id)
  assert.deepEqual([state, failure?.code], ['disconnected', 'app_deauthorized'])
  const due = (await deletionOf(id, 'due')) ?? assert.fail('nothing is due')
  assert.equal(due.compliance, 'due')

  await deleteWhatIsDue(w.server.hub)
  assert.ok(await deletionOf(id, 'due'), 'it was deleted before its time')
  // Known by her own consent alone, not by the account's app that the world has beside.
  await db.updateTable('zoom_user').set({ connection_id: id }).where('email', '=', grace).execute()
  await db
    .updateTable('deletion')
    .set({ due_at: new Date(0) })
    .where('id', '=', due.id)
    .execute()
  await w.zoom('POST', '/faults', { match: { path: '/oauth/data/compliance' }, times: 1, action: { status: 500 } })
  await deleteWhatIsDue(w.server.hub)
  const done = (await deletionOf(id, 'done')) ?? assert.fail('it was not deleted')
  assert.equal(done.counts['meeting'], 1)
  assert.equal(done.counts['zoom_user'], 1)
  assert.equal(done.counts['connection'], 1)

  await until(
    async () => (await deletionOf(id, 'done'))?.compliance === 'done',
    'Zoom to be told, at the second try',
    60,
  )
  const { calls } = await w.zoom<{ calls: { path: string; status: number }[] }>('GET', '/calls')
  const told = calls.filter(({ path }) => path === '/oauth/data/compliance').map(({ status }) => status)
  assert.deepEqual(told, [500, 200])
  for (const table of ['connection', 'zoom_user', 'meeting', 'session', 'event', 'audit']) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`.execute(db)
    const left = rows.filter(({ text }) => text.includes(user_id) && !text.includes(w.zoom_app_id))
    const mails = rows.filter(({ text }) => text.includes(grace) && !text.includes(w.zoom_app_id))
    assert.deepEqual([table, left.length, mails.length], [table, 0, 0])
  }
})

test('what was deleted can be exported, by administrators of the workspace alone', async () => {
  const table = await w.api('GET', '/deletions?format=csv')
  assert.match(table.headers.get('content-type') ?? '', /text\/csv/)
  const [header = '', ...lines] = table.text.trim().split('\r\n')
  assert.match(header, /^id,zoom_app_id,client_id,/)
  assert.equal(lines.length, (await deletions()).length)
  await db.insertInto('workspace').values({ id: 'ws_other', name: 'Other' }).execute()
  const foreign = { authorization: `Bearer ${await w.key('owner', 'Other')}` }
  assert.deepEqual((await w.api<{ items: [] }>('GET', '/deletions', undefined, foreign)).body.items, [])
  assert.equal((await w.api('POST', `/zoom_apps/${app.id}/deauthorization_url`, undefined, foreign)).status, 404)
  assert.equal((await w.api('PATCH', `/zoom_apps/${app.id}`, { data_compliance: true }, foreign)).status, 404)
  const viewer = { authorization: `Bearer ${await w.key('viewer')}` }
  assert.equal((await w.api('GET', '/deletions', undefined, viewer)).status, 403)
})

test('the app’s own setting has Zoom told, too', async () => {
  const changed = await w.api<{ data_compliance: boolean }>('PATCH', `/zoom_apps/${app.id}`, { data_compliance: true })
  assert.equal(changed.body.data_compliance, true)
  const { id } = await connect(alan)
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: alan })
  await ended(id)
  assert.equal((await deletionOf(id, 'due'))?.compliance, 'due')
})

const endings: [event: string, code: string, named: (user_id: string) => object][] = [
  ['user.deactivated', 'user_deactivated', (id) => ({ id })],
  ['user.deleted', 'user_deleted', (id) => ({ id, email: alan })],
  // The id of the user in another account, and the e-mail that Zoom vouched for.
  ['user.disassociated', 'user_disassociated', () => ({ id: 'another-id', email: alan.toUpperCase() })],
]
for (const [event, code, named] of endings) {
  test(`${event} ends the user’s consents at once, and a hub event says so`, async () => {
    const { id } = await connect(alan)
    const object = named(await userIdOf(id))
    const before = await eventsOf(id)
    await w.zoom('POST', '/emit', {
      app: 'sim-user-app',
      event: { event, event_ts: Date.now() + 1000, payload: { account_id: 'sim-account', object } },
    })
    await ended(id)
    const { failure } = await read(id)
    assert.equal(failure?.code, code)
    assert.ok(failure.at)
    assert.equal((await eventsOf(id)) - before, 1)
    const row = await db.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    assert.deepEqual([row.access_token, row.refresh_token, row.refresh_token_at], [null, null, null])
  })
}

test('an old user.deactivated does not end a consent that is younger, nor one by e-mail in another account', async () => {
  const { id } = await connect(alan)
  const emit = (payload: object, event_ts: number) =>
    w.zoom('POST', '/emit', { app: 'sim-user-app', event: { event: 'user.deactivated', event_ts, payload } })
  await emit({ account_id: 'sim-account', object: { id: await userIdOf(id) } }, Date.now() - 3_600_000)
  await emit({ account_id: 'another', object: { id: 'x', email: alan } }, Date.now() + 1000)
  await w.settled()
  assert.equal((await read(id)).state, 'connected')
})

async function eventsOf(connection_id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from hub_event
    where type = 'connection.changed' and payload->>'connection_id' = ${connection_id}
      and payload->>'state' = 'disconnected'`.execute(db)
  return rows[0]?.n ?? 0
}
