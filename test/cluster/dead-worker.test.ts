import assert from 'node:assert/strict'
import { test } from 'node:test'
import { receiveWebhook } from '#hub/inbox/receive.ts'
import { lockSubject } from '#store/events.ts'
import { until } from '../world.ts'
import { cluster, joined } from './cluster.ts'

test('the jobs of a worker that was killed are done by another within ten seconds', async (t) => {
  const one = await cluster(t)
  const { hub, db, workspace_id, zoom_app_id } = one
  const meeting_id = '81234567890'
  const held = async () =>
    (await db.query(`select from graphile_worker._private_jobs where key like 'inbox:%' and locked_by is not null`))
      .rowCount === 1

  const dying = await one.worker()
  const killed_at = await hub.db.transaction().execute(async (trx) => {
    // Whoever handles this meeting waits for us, in the middle of the job.
    await lockSubject(trx, workspace_id, meeting_id)
    const { body, headers } = joined({ meeting_id, user_id: 1 })
    await receiveWebhook(hub, zoom_app_id, Buffer.from(body), {
      timestamp: headers['x-zm-request-timestamp'],
      signature: headers['x-zm-signature'],
    })
    await until(held, 'the worker to take the job')
    await one.worker()
    await dying.kill()
    return Date.now()
  })
  const left = async () => (await db.query<{ state: string }>('select state from event')).rows.map(({ state }) => state)
  assert.deepEqual(await left(), ['waiting'], 'the killed worker holds the job still')

  await until(async () => (await left())[0] === 'handled', 'the other worker to do the job', 20)
  assert.ok(Date.now() - killed_at < 10_000, `it took ${Date.now() - killed_at} ms`)
})
