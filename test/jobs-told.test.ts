import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { addJobs } from '#hub/jobs/add.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { db } = w.server.hub

const dailyLimit = (path: string, retry_at: number) =>
  w.zoom('POST', '/faults', {
    match: { method: 'GET', path },
    action: {
      status: 429,
      headers: { 'x-ratelimit-type': 'Daily-limit', 'retry-after': new Date(retry_at).toISOString() },
      body: { code: 429, message: 'You have reached the maximum daily rate limit for this API.' },
    },
    times: 1,
  })
const askedAt = async (path: RegExp): Promise<{ at: number; status: number }[]> => {
  const { calls } = await w.zoom<{ calls: { at: string; path: string; status: number }[] }>('GET', '/calls')
  return calls.filter((call) => path.test(call.path)).map(({ at, status }) => ({ at: Date.parse(at), status }))
}
const waiting = async (task: string) =>
  (
    await sql<{ attempts: number; run_at: Date }>`
      select attempts, run_at from graphile_worker.jobs where task_identifier = ${task} and locked_at is null`.execute(
      db,
    )
  ).rows[0]

test('a job whose only try meets a spent day comes again when Zoom says, and is done', async () => {
  const told = Date.now() + 4_000
  await dailyLimit('/v2/users', told)
  await w.zoom('DELETE', '/calls')
  await addJobs(db, [{ task: 'zoom_users', payload: { connection_id: w.connection_id }, max_attempts: 1 }])
  await until(
    async () => (await askedAt(/^\/v2\/users$/)).length === 1 && (await waiting('zoom_users')) !== undefined,
    'the job to be put off',
  )
  const job = await waiting('zoom_users')
  assert.equal(job?.attempts, 0)
  assert.ok(job && job.run_at.getTime() >= told && job.run_at.getTime() < told + 1_500, String(job?.run_at))
  await until(async () => (await askedAt(/^\/v2\/users$/)).some(({ status }) => status === 200), 'Zoom to answer')
  const asked = await askedAt(/^\/v2\/users$/)
  assert.deepEqual(
    asked.map(({ status }) => status),
    [429, 200],
  )
  assert.ok((asked[1]?.at ?? 0) >= told)
  await until(async () => (await waiting('zoom_users')) === undefined, 'the job to be done')
})

test('a report that meets a spent day is asked for when Zoom says, and its own tries are not used up', async () => {
  const { body } = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
    start_time: new Date(Date.now() + 60_000).toISOString(),
    duration: 30,
  })
  const at = `/meetings/${body.zoom_meeting_id}`
  const told = Date.now() + 5_000
  await dailyLimit('/v2/report/meetings/*/participants', told)
  await w.zoom('POST', `${at}/start`, {})
  for (const name of ['Ada Lovelace', 'Grace Hopper']) await w.zoom('POST', `${at}/join`, { name })
  await w.zoom('POST', `${at}/end`, {})
  await until(
    async () => (await waiting('report'))?.attempts === 0 && (await askedAt(/report/)).length === 1,
    'the refusal',
  )
  const { rows } = await sql<{ asked: number }>`
    select (payload ->> 'asked')::int as asked from graphile_worker._private_jobs where key like 'report:%'`.execute(db)
  assert.deepEqual(rows, [{ asked: 0 }])
  const state = async () =>
    (await w.api<{ items: { source: string }[] }>('GET', `/meetings/${body.id}/sessions`)).body.items[0]?.source
  await until(async () => (await state()) === 'report', 'the report')
  const asked = await askedAt(/report/)
  assert.equal(asked.length, 2)
  assert.ok((asked[1]?.at ?? 0) >= told)
})
