import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDb, openPool } from '#store/db.ts'
import { dropPartitionsBefore, ensurePartitions } from '#store/partitions.ts'
import { testDatabase } from './database.ts'

const { connection, drop } = await testDatabase({ after: () => {} })
const pool = openPool(connection, { onError: () => {} })
const db = openDb(pool)
after(async () => {
  await pool.end()
  await drop()
})

const partitionOf = async (id: string): Promise<string> =>
  (await pool.query('select tableoid::regclass::text as name from event where id = $1', [id])).rows[0]?.name

const insert = (id: string, event_ts: string) =>
  pool.query(
    `insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, subject, body)
     values ($1, 'ws', 'zoa', $2, $3, 'e', 's', '{}')`,
    [id, event_ts, Buffer.from(id)],
  )

test('an event that is dated ahead of all months is kept, and moves to its month once that is made', async () => {
  await ensurePartitions(db, new Date('2026-01-15T00:00:00Z'), 1)
  await insert('now', '2026-01-20T00:00:00Z')
  await insert('ahead', '2026-04-02T00:00:00Z')
  await insert('never', '1970-01-01T00:00:00Z')
  assert.deepEqual(
    [await partitionOf('now'), await partitionOf('ahead'), await partitionOf('never')],
    ['event_2026_01', 'event_unplaced', 'event_unplaced'],
  )
  await ensurePartitions(db, new Date('2026-02-15T00:00:00Z'), 3)
  assert.deepEqual([await partitionOf('ahead'), await partitionOf('never')], ['event_2026_04', 'event_unplaced'])
  await assert.rejects(insert('ahead', '2026-04-02T00:00:00Z'), /duplicate key/, 'the same event stays one')
})

test('many processes may make the partitions at once, again and again', async () => {
  await Promise.all([1, 2, 3].map(() => ensurePartitions(db, new Date('2027-01-15T00:00:00Z'), 2)))
  await ensurePartitions(db, new Date('2027-01-15T00:00:00Z'), 2)
  const { rows } = await pool.query("select count(*)::int as made from pg_inherits where inhparent = 'audit'::regclass")
  assert.ok(rows[0].made >= 4)
})

test('a month whose time is over is dropped whole, but not while something in it waits', async () => {
  await ensurePartitions(db, new Date('2024-01-15T00:00:00Z'), 2)
  await insert('old', '2024-01-20T00:00:00Z')
  await insert('waits', '2024-02-20T00:00:00Z')
  await insert('last', '2024-03-20T00:00:00Z')
  await insert('unplaced', '2001-01-01T00:00:00Z')
  await pool.query("update event set state = 'handled' where id in ('old', 'last', 'unplaced')")
  assert.deepEqual(await dropPartitionsBefore(db, 'event', new Date('2024-03-31T00:00:00Z')), ['event_2024_01'])
  assert.deepEqual(
    [await partitionOf('old'), await partitionOf('waits'), await partitionOf('last'), await partitionOf('unplaced')],
    [undefined, 'event_2024_02', 'event_2024_03', undefined],
  )
  assert.deepEqual(await dropPartitionsBefore(db, 'delivery', new Date('2024-02-15T00:00:00Z')), ['delivery_2024_01'])
})
