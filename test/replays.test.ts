import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { lockSubject } from '#store/events.ts'
import { until, world, type Answer } from './world.ts'

interface Replay {
  id: string
  what: string
  state: string
  of: number
  done: number
  failed: number
  waiting: number
  ended_at: string | null
}

const w = await world({ after })
const { db } = w.server.hub
// What a replay does to an event, seen from the table itself: each time that it waits anew.
await sql`create table seen_again (id text not null)`.execute(db)
await sql`create function see_again() returns trigger language plpgsql as
  $$ begin insert into seen_again values (new.id); return null; end $$`.execute(db)
await sql`create trigger see_again after update on event for each row
  when (old.state <> 'waiting' and new.state = 'waiting') execute function see_again()`.execute(db)

const from = '2026-03-01T00:00:00.000Z'
const to = '2026-03-02T00:00:00.000Z'

/** Events of that day which were handled long ago, one every second. */
async function past(
  events: number,
  { subject, event = 'meeting.chat', body }: { subject: string; event?: string; body?: string },
) {
  const text = body ?? JSON.stringify({ event, event_ts: Date.parse(from), payload: { account_id: 'acc' } })
  await sql`insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body, state, settled_at)
    select 'evt_' || ${subject} || '_' || lpad(n::text, 5, '0'), ${w.workspace_id}, ${w.zoom_app_id},
      ${from}::timestamptz + n * interval '1 second', sha256((${subject} || n)::bytea), ${event}, 'acc', ${subject}, ${text}, 'ignored', ${to}
    from generate_series(1, ${events}::int) as n`.execute(db)
}

const begin = (body: object, headers = {}): Promise<Answer<Replay>> => w.api('POST', '/events/replay', body, headers)
const read = async (id: string): Promise<Replay> => (await w.api<Replay>('GET', `/replays/${id}`)).body
async function reaches(id: string, state: string): Promise<Replay> {
  let now = await read(id)
  await until(
    async () => (now = await read(id)).state === state,
    () => `${state}, not ${JSON.stringify(now)}`,
  )
  return now
}
const seen = async (subject: string): Promise<{ times: number; events: number }> => {
  const { rows } = await sql<{ times: number; events: number }>`
    select count(*)::int as times, count(distinct id)::int as events from seen_again where id like ${`evt_${subject}_%`}`.execute(
    db,
  )
  return rows[0] ?? { times: 0, events: 0 }
}

test('the events of a time are counted, and handled again in the background, each once', async () => {
  await past(250, { subject: 'many' })
  await past(3, { subject: 'other', event: 'meeting.sharing_started' })
  const range = { from, to, event: 'meeting.chat' }
  const counted = await w.api<{ events: number }>('GET', `/events/count?${new URLSearchParams(range).toString()}`)
  assert.deepEqual(counted.body, { events: 250 })
  const { status, headers, body } = await begin(range)
  assert.equal(status, 202)
  assert.equal(headers.get('location'), `${w.hubUrl}/api/v1/replays/${body.id}`)
  assert.deepEqual([body.what, body.state, body.of], ['events', 'running', 250])
  const { done, failed, waiting, ended_at } = await reaches(body.id, 'done')
  assert.deepEqual([done, failed, waiting], [250, 0, 0])
  assert.ok(ended_at)
  assert.deepEqual(await seen('many'), { times: 250, events: 250 })
  assert.deepEqual(await seen('other'), { times: 0, events: 0 })
  const listed = await w.api<{ items: Replay[] }>('GET', '/replays?what=events')
  assert.deepEqual(
    listed.body.items.map(({ id }) => id),
    [body.id],
  )
  assert.deepEqual((await w.api<{ items: Replay[] }>('GET', '/replays?what=deliveries')).body.items, [])
})

test('what is dead again is counted as failed', async () => {
  await past(2, { subject: 'broken', event: 'broken', body: '{"event":"meeting.started"}' })
  const { body } = await begin({ from, to, event: 'broken' })
  const { of, done, failed } = await reaches(body.id, 'done')
  assert.deepEqual([of, done, failed], [2, 2, 2])
})

test('a replay that is stopped begins nothing else; it goes on when somebody says so, and replays nothing twice', async (t) => {
  await past(450, { subject: 'slow', event: 'slow' })
  const released = Promise.withResolvers<void>()
  t.after(() => released.resolve())
  const held = Promise.withResolvers<void>()
  // Somebody handles events of this meeting, and takes long.
  const handling = db.transaction().execute(async (trx) => {
    await lockSubject(trx, w.workspace_id, 'slow')
    held.resolve()
    await released.promise
  })
  await held.promise
  const { body } = await begin({ from, to, event: 'slow' })
  await until(async () => (await read(body.id)).waiting > 0, 'the first to be begun')
  const stop = await w.api<Replay>('POST', `/replays/${body.id}/stop`)
  assert.deepEqual([stop.status, stop.body.state, stop.body.done, stop.body.of], [200, 'stopped', 0, 450])
  assert.equal((await w.api('POST', `/replays/${body.id}/stop`)).status, 409)
  released.resolve()
  await handling
  await until(async () => (await read(body.id)).waiting === 0, 'what was begun to be handled')
  const { state, done } = await read(body.id)
  assert.equal(state, 'stopped')
  assert.ok(done > 0 && done < 450, `${done} done`)
  assert.equal((await seen('slow')).events, done)

  const run = await w.api<Replay>('POST', `/replays/${body.id}/run`)
  assert.equal(run.status, 202)
  assert.equal((await w.api('POST', `/replays/${body.id}/run`)).status, 409)
  assert.equal((await reaches(body.id, 'done')).done, 450)
  assert.equal((await w.api('POST', `/replays/${body.id}/run`)).status, 409)
  assert.deepEqual(await seen('slow'), { times: 450, events: 450 })
  const audit = await w.api<{ items: { action: string }[] }>('GET', `/audit?object_id=${body.id}`)
  assert.deepEqual(
    audit.body.items.map(({ action }) => action),
    ['replay.run', 'replay.stopped', 'replay.begun'],
  )
})

test('two replays of the same time that run at once replay each event once', async () => {
  await past(300, { subject: 'twice', event: 'twice' })
  const both = await Promise.all([begin({ from, to, event: 'twice' }), begin({ from, to, event: 'twice' })])
  const ended = await Promise.all(both.map(({ body }) => reaches(body.id, 'done')))
  assert.equal(
    ended.reduce((sum, { done, waiting }) => sum + done + waiting, 0),
    300,
  )
  assert.deepEqual(await seen('twice'), { times: 300, events: 300 })
})

test('a replay is an administrator’s to begin, and an unknown field begins none', async () => {
  const headers = { authorization: `Bearer ${await w.key('operator')}` }
  assert.equal((await begin({ from, to }, headers)).status, 403)
  assert.equal((await begin({ from, to, dry_run: true })).status, 422)
})
