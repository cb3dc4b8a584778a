import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addJobs } from '#hub/jobs/add.ts'
import { runProgram } from '../../bench/servers/process.ts'
import { until } from '../world.ts'
import { cluster, type Member } from './cluster.ts'

const caller = new URL('../../bench/servers/zoom-caller.ts', import.meta.url)

test('a spent day that one server is told of holds for the other and for the worker, until Zoom’s time', async (t) => {
  const all = await cluster(t)
  const [one, other] = await Promise.all([all.server(), all.server(), all.worker()])
  const zoom = async <T>(path: string, body?: object): Promise<T> =>
    (
      await fetch(`${all.simulatorUrl}/_${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {})
    ).json() as Promise<T>
  const users = async () =>
    (await zoom<{ calls: { at: string; path: string; status: number }[] }>('/calls')).calls.filter(
      ({ path }) => path === '/v2/users',
    )
  const calls = async () => (await zoom<{ counts: { v2: number } }>('/calls')).counts.v2
  const plan = ({ url }: Member) =>
    fetch(`${url}/api/v1/meetings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${all.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ host: 'ada@school.example', topic: 'Algebra' }),
    })
  await until(async () => (await users()).length > 0 && (await plan(other)).status === 201, 'both to work')

  const told = Date.now() + 8_000
  await zoom('/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: {
      status: 429,
      headers: { 'x-ratelimit-type': 'Daily-limit', 'retry-after': new Date(told).toISOString() },
      body: { code: 429, message: 'You have reached the maximum daily rate limit for this API.' },
    },
    times: 1,
  })
  assert.equal((await plan(one)).status, 503)
  const [before, read] = [await calls(), (await users()).length]
  const refused = await plan(other)
  assert.equal(refused.status, 503)
  assert.ok(Number(refused.headers.get('retry-after')) <= 8)
  const { rows } = await all.db.query<{ id: string }>('select id from connection')
  await addJobs(all.hub.db, [{ task: 'zoom_users', payload: { connection_id: rows[0]?.id }, max_attempts: 1 }])
  await until(async () => {
    const { rowCount } = await all.db.query(
      `select from graphile_worker.jobs where task_identifier = 'zoom_users' and run_at > now() and attempts = 0`,
    )
    return rowCount === 1
  }, 'the job to be put off')
  assert.equal(await calls(), before, 'nobody asks meanwhile')
  await until(async () => (await users()).length > read, 'the job to be done')
  assert.ok(Date.parse((await users()).at(-1)?.at ?? '') >= told - 10)
  assert.equal((await plan(other)).status, 201)
})

test('what a process that was killed had waited for goes to the others', async (t) => {
  const { db, env } = await cluster(t)
  const { rows } = await db.query<{ id: string }>('select id from connection')
  const start = (name: string, wants: number, seconds: number) =>
    runProgram(caller, [String(rows[0]?.id), name, String(wants), String(seconds), 'hub'], env, /^ready/)
  const killed = await start('lti', 400, 60)
  const modest = await start('site', 100, 8)
  killed.child.kill('SIGUSR2')
  await until(async () => (await db.query('select from quota_demand')).rowCount === 1, 'the greedy one to wait')
  killed.child.kill('SIGKILL')
  modest.child.kill('SIGUSR2')
  await modest.ended
  const { answered, refused, failed } = JSON.parse(modest.printed.at(-1) ?? '') as Record<string, number>
  assert.deepEqual([refused, failed], [0, 0])
  // Half of 80 a second for the three seconds in which the dead is still believed to wait, then all of it.
  assert.ok((answered ?? 0) > 0.8 * (3 * 40 + 5 * 80), `${answered} were answered`)
})
