import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../world.ts'
import { cluster, deliver, joined } from './cluster.ts'

test('two servers on one database', async (t) => {
  const both = await cluster(t)
  const servers = await Promise.all([both.server(), both.server()])
  const settled = async () => (await both.db.query(`select from event where state = 'waiting'`)).rowCount === 0

  await t.test('an event that is delivered to both at once is one row', async () => {
    const events = Array.from({ length: 20 }, (_, index) => joined({ meeting_id: '81000000001', user_id: index }))
    const statuses = await Promise.all(events.flatMap((event) => servers.map((server) => deliver(server, both, event))))
    assert.deepEqual(new Set(statuses), new Set([200]))
    const { rowCount } = await both.db.query(`select from event where subject = '81000000001'`)
    assert.equal(rowCount, events.length)
  })

  await t.test('the events of a meeting are handled in order, whichever server took them', async () => {
    const meeting_id = '81000000002'
    const begin = Date.now() - 60_000
    for (let index = 0; index < 60; index++) {
      const server = servers[index % servers.length]
      assert.ok(server)
      assert.equal(await deliver(server, both, joined({ meeting_id, user_id: index, event_ts: begin + index })), 200)
    }
    await until(settled, 'all events to be settled', 30)
    const { rows } = await both.db.query<{ state: string; user_id: string }>(
      `select state, body::json #>> '{payload,object,participant,user_id}' as user_id from event
        where subject = $1 order by settled_at, event_ts`,
      [meeting_id],
    )
    assert.deepEqual(
      rows,
      Array.from({ length: 60 }, (_, index) => ({ state: 'handled', user_id: String(index) })),
    )
  })
})
