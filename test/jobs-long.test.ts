import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { addJobs } from '#hub/jobs/add.ts'
import { startWorker } from '#hub/jobs/worker.ts'
import { openPool } from '#store/db.ts'
import { until, world } from './world.ts'

const w = await world({ after }, { connected: false })

/** Longer than a dead worker's jobs stay held. */
const long_ms = 9_000

test('a job that takes long is run once, while its worker lives', async (t) => {
  const begun: number[] = []
  const ended: number[] = []
  const integration = {
    name: 'long',
    jobs: {
      long_job: async () => {
        begun.push(Date.now())
        await setTimeout(long_ms)
        ended.push(Date.now())
      },
    },
  }
  const pool = openPool({ connectionString: w.env['DATABASE_URL'] ?? '' }, { onError: () => {} })
  const worker = await startWorker({ ...w.server.hub, integrations: [integration] }, pool)
  t.after(async () => {
    await worker.stop()
    await pool.end()
  })
  await addJobs(w.server.hub.db, [{ task: 'long_job', payload: {} }])
  await until(async () => ended.length > 0, 'the job to end')
  // A second run would have begun by now.
  assert.equal(begun.length, 1)
  assert.ok(!w.log.some((line) => line.includes('freed the jobs of dead workers')))
})
