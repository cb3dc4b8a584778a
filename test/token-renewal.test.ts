import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { connectWithCode } from '#hub/grants/connect.ts'
import { finishRenewals } from '#hub/grants/renew.ts'
import { outcomeOf } from '#hub/token-outcome.ts'
import { accessToken, createRenewals } from '#hub/tokens.ts'
import { zoomAppById, type ZoomAppRow } from '#store/zoom-apps.ts'
import { ZoomOAuthError, ZoomUnreachableError } from '#zoom/errors.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
let app: ZoomAppRow

before(async () => {
  const { body, text } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'user',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  const found = await zoomAppById(hub.db, body.id)
  assert.ok(found, text)
  app = found
})

/** A connection whose access token has run out. */
async function expired(): Promise<string> {
  const given = { client_id: app.client_id, redirect_uri: 'http://127.0.0.1/cb' }
  const { location } = await w.zoom<{ location: string }>('POST', '/consent', {
    ...given,
    user: 'grace@school.example',
  })
  const { connection } = await connectWithCode(
    hub,
    { workspace_id: w.workspace_id, name: 'cli' },
    {
      zoom_app_id: app.id,
      authorization_code: new URL(location).searchParams.get('code') ?? '',
      redirect_uri: given.redirect_uri,
    },
  )
  await hub.db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .where('id', '=', connection.id)
    .execute()
  return connection.id
}

const rowOf = (id: string) => hub.db.selectFrom('connection').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const token = (id: string) => accessToken(hub, app, id, undefined)
const fault = (action: object): Promise<unknown> =>
  w.zoom('POST', '/faults', { match: { path: '/oauth/token' }, action })
async function tokenCalls(): Promise<number> {
  const { calls } = await w.zoom<{ calls: { path: string }[] }>('GET', '/calls')
  return calls.filter((call) => call.path === '/oauth/token').length
}

test('an answer that is lost after Zoom changed the tokens: the old one is tried once, then the connection says why', async () => {
  const id = await expired()
  await fault({ drop: 'after' })
  await assert.rejects(token(id), { name: 'ZoomUnreachableError', outcome: 'unknown' })
  const unknown = await rowOf(id)
  assert.ok(unknown.refresh_sent_at)
  assert.equal(unknown.refresh_lease_until, null)
  assert.equal(unknown.state, 'connected')
  await assert.rejects(token(id), /connects to Zoom again/)
  const { state, failure_code, failure_message } = await rowOf(id)
  assert.deepEqual({ state, failure_code }, { state: 'disconnected', failure_code: 'refresh_outcome_unknown' })
  assert.match(failure_message ?? '', /the answer to an earlier renewal was lost/)
  const asked = await tokenCalls()
  await assert.rejects(token(id), /the answer to an earlier renewal was lost/)
  assert.equal(await tokenCalls(), asked)
})

test('a new consent makes the lost connection whole, under the same id', async () => {
  const lost = await hub.db.selectFrom('connection').selectAll().where('zoom_app_id', '=', app.id).execute()
  const id = await expired()
  assert.deepEqual(
    lost.map((row) => row.id),
    [id],
  )
  await token(id)
  const { state, failure_code, refresh_sent_at } = await rowOf(id)
  assert.deepEqual(
    { state, failure_code, refresh_sent_at },
    { state: 'connected', failure_code: null, refresh_sent_at: null },
  )
})

test('an answer that never came because Zoom never did anything costs one more try', async () => {
  const id = await expired()
  await fault({ drop: 'before' })
  await assert.rejects(token(id), { outcome: 'unknown' })
  await token(id)
  assert.equal((await rowOf(id)).state, 'connected')
})

test('while Zoom is asked, no transaction is open and nothing is locked', async () => {
  const id = await expired()
  await fault({ delay_ms: 400 })
  const renewing = token(id)
  await until(async () => (await rowOf(id)).refresh_lease_until !== null, 'the lease to be taken')
  const { rows } = await sql`select from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`.execute(
    hub.db,
  )
  assert.equal(rows.length, 0)
  await hub.db.updateTable('connection').set({ scope: 'changed meanwhile' }).where('id', '=', id).execute()
  await renewing
})

test('a lease that somebody died with runs out, and the next one takes it with a higher fence', async () => {
  const id = await expired()
  await sql`update connection set refresh_fence = refresh_fence + 1, refresh_sent_at = now(),
    refresh_lease_until = now() + interval '300 ms' where id = ${id}`.execute(hub.db)
  const { refresh_fence } = await rowOf(id)
  const asked = await tokenCalls()
  await token(id)
  const row = await rowOf(id)
  assert.ok(BigInt(row.refresh_fence) > BigInt(refresh_fence))
  assert.equal(row.refresh_sent_at, null)
  assert.equal((await tokenCalls()) - asked, 1)
})

test('a lease is that of one connection: others whose lease has run out keep their fence', async () => {
  const id = await expired()
  await hub.db
    .insertInto('connection')
    .values({
      id: 'zoc_other',
      state: 'connected',
      account_id: null,
      workspace_id: w.workspace_id,
      zoom_app_id: app.id,
      refresh_lease_until: new Date(0),
    })
    .execute()
  await token(id)
  const other = await rowOf('zoc_other')
  assert.deepEqual([other.refresh_fence, other.refresh_sent_at], ['0', null])
  await hub.db.deleteFrom('connection').where('id', '=', 'zoc_other').execute()
})

test('a renewal that nobody finished is finished by the clock, and a consent that did not survive it is known', async () => {
  const id = await expired()
  await fault({ drop: 'after' })
  await assert.rejects(token(id), { outcome: 'unknown' })
  await finishRenewals(hub)
  assert.equal((await rowOf(id)).failure_code, 'refresh_outcome_unknown')
})

test('somebody who sits before it is told after seconds, while the renewal goes on for the others', async () => {
  const id = await expired()
  await sql`update connection set refresh_fence = refresh_fence + 1, refresh_sent_at = now(),
    refresh_lease_until = now() + interval '1 second' where id = ${id}`.execute(hub.db)
  const impatient = { ...hub.runtime, sleep: (ms: number, signal?: AbortSignal) => hub.runtime.sleep(ms / 100, signal) }
  const person = { ...hub, runtime: impatient, errand: { integration: 'hub', waiting: 'person' as const } }
  const job = accessToken({ ...hub, errand: { integration: 'hub', waiting: 'job' } }, app, id, undefined)
  await assert.rejects(accessToken(person, app, id, undefined), { name: 'UnavailableError', retryAfter: 10 })
  await job
  assert.equal((await rowOf(id)).state, 'connected')
})

test('a refusal that is about an older pair ends nothing: the newer one is used', async () => {
  const id = await expired()
  const before = await rowOf(id)
  await fault({ delay_ms: 500 })
  const late = token(id)
  await until(async () => (await rowOf(id)).refresh_lease_until !== null, 'the lease to be taken')
  // The first one's lease runs out; a second process renews, so that Zoom refuses the first one's token.
  await sql`update connection set refresh_lease_until = now() where id = ${id}`.execute(hub.db)
  const other = await accessToken({ ...hub, renewals: createRenewals() }, app, id, undefined)
  assert.equal((await late).access_token.reveal(), other.access_token.reveal())
  const row = await rowOf(id)
  assert.equal(row.state, 'connected')
  assert.ok(before.refresh_token && !row.refresh_token?.equals(before.refresh_token))
})

test('what a failed renewal says about the tokens', () => {
  const user = { kind: 'user_managed' } as ZoomAppRow
  const s2s = { kind: 'server_to_server' } as ZoomAppRow
  const refused = new ZoomOAuthError(400, 'invalid_grant', 'Invalid Token!')
  const codeOf = (outcome: ReturnType<typeof outcomeOf>) => (typeof outcome === 'string' ? outcome : outcome.code)
  const cases: [ZoomAppRow, unknown, boolean, string][] = [
    [user, refused, false, 'invalid_grant'],
    [user, refused, true, 'refresh_outcome_unknown'],
    [s2s, refused, true, 'invalid_grant'],
    [user, new ZoomOAuthError(401, 'invalid_client', 'Invalid client_id or client_secret'), true, 'invalid_client'],
    [user, new ZoomOAuthError(429, '', 'Too many'), true, 'unchanged'],
    [user, new ZoomOAuthError(502, '', 'Bad gateway'), false, 'unknown'],
    [user, new ZoomOAuthError(200, '', 'cut'), false, 'unknown'],
    [user, new ZoomUnreachableError('refused', 'not_sent'), true, 'unchanged'],
    [user, new ZoomUnreachableError('late', 'unknown'), false, 'unknown'],
    [user, new TypeError('ours'), false, 'unknown'],
  ]
  for (const [of, error, sentBefore, outcome] of cases)
    assert.equal(codeOf(outcomeOf(of, error, sentBefore)), outcome, String(error))
})
