import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { createLog } from '#core/log.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { migrateJobs } from '#hub/jobs/worker.ts'
import { openDb, openPool } from '#store/db.ts'
import { insertEvents, type NewEvent } from '#store/events.ts'
import { testDatabase } from './database.ts'
import { until } from './world.ts'

const subject = '91234567890'
const key = `inbox:ws_1:${subject}`

const event = (id: string): NewEvent => ({
  id,
  workspace_id: 'ws_1',
  zoom_app_id: 'zoa_1',
  event_ts: 1_767_609_000_000,
  digest: Buffer.from(id).toString('hex'),
  event: 'meeting.started',
  account_id: null,
  subject,
  body: '{}',
})

/** Each way to add a job for the subject; the first call makes one, the second comes while a worker takes that one. */
const ways: [string, (pool: pg.Pool, id: string) => Promise<unknown>][] = [
  ['an event', (pool, id) => insertEvents(pool, [event(id)])],
  ['a job', (pool) => addJobs(openDb(pool), [{ task: 'inbox', payload: {}, queue: key, key }])],
]

for (const [what, add] of ways) {
  test(`${what} that arrives while a worker takes the job of its meeting is followed by a job of its own`, async (t) => {
    const { connection, drop } = await testDatabase({ after: () => {} })
    const pool = openPool(connection, { onError: () => {} })
    t.after(async () => {
      await pool.end()
      await drop()
    })
    await migrateJobs(pool, createLog({ level: 'warn' }))
    await pool.query(`insert into workspace (id, name) values ('ws_1', 'School')`)
    await add(pool, 'evt_1')

    const worker = await pool.connect()
    await worker.query('begin')
    await worker.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker', attempts = 1 where key = $1`,
      [key],
    )
    const added = add(pool, 'evt_2')
    await until(async () => {
      const { rows } = await pool.query(`select 1 from pg_locks where not granted`)
      return rows.length > 0
    }, 'the second to wait for the worker')
    await worker.query('commit')
    worker.release()
    await added

    const { rows } = await pool.query<{ locked_by: string | null }>(
      'select locked_by from graphile_worker._private_jobs order by id',
    )
    assert.deepEqual(
      rows.map((row) => row.locked_by),
      ['worker', null],
    )
  })
}
