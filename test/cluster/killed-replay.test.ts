import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { cluster } from './cluster.ts'

test('a replay whose worker is killed goes on elsewhere, and replays no event twice', async (t) => {
  const one = await cluster(t)
  const server = await one.server()
  await one.db.query(`create table seen_again (id text not null)`)
  await one.db.query(`create function see_again() returns trigger language plpgsql as
    $$ begin insert into seen_again values (new.id); return null; end $$`)
  await one.db.query(`create trigger see_again after update on event for each row
    when (old.state <> 'waiting' and new.state = 'waiting') execute function see_again()`)
  await one.db.query(
    `insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body, state, settled_at)
     select 'evt_' || lpad(n::text, 5, '0'), $1, $2, timestamptz '2026-03-01' + n * interval '1 second', sha256(n::text::bytea),
       'meeting.chat', 'acc', (n % 40)::text, '{"event":"meeting.chat","event_ts":1,"payload":{"account_id":"acc"}}', 'ignored', '2026-03-02'
     from generate_series(1, 600) as n`,
    [one.workspace_id, one.zoom_app_id],
  )
  interface Replay {
    id: string
    state: string
    of: number
    done: number
  }
  const ask = async (url: string, method: string, path: string, body?: object): Promise<Replay> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${one.key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return (await answer.json()) as Replay
  }
  const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' }
  const { id, of } = await ask(server.url, 'POST', '/events/replay', range)
  assert.equal(of, 600)
  while ((await ask(server.url, 'GET', `/replays/${id}`)).done < 20) await sleep(20)
  await server.kill()
  const killed = await one.db.query(`select count(*)::int as n from seen_again`)
  assert.ok(killed.rows[0].n < 600, 'it was not through')

  const next = await one.server()
  while ((await ask(next.url, 'GET', `/replays/${id}`)).state !== 'done') await sleep(200)
  assert.equal((await ask(next.url, 'GET', `/replays/${id}`)).done, 600)
  const { rows } = await one.db.query(
    `select count(*)::int as times, count(distinct id)::int as events from seen_again`,
  )
  assert.deepEqual(rows, [{ times: 600, events: 600 }])
})
