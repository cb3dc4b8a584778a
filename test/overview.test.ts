import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { withoutPeople } from '#hub/doctor/support.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { forecast } from '#hub/quota/show.ts'
import type { Connection, JobsNow, Quota } from '#hub/resources.ts'
import { world } from './world.ts'

const w = await world({ after })

test('a day of Zoom’s limits is foretold from its pace so far', () => {
  const midnight = Date.UTC(2026, 10, 26)
  const hour = 3_600_000
  for (const [used, hours, expected] of [
    [0, 12, 0],
    [500, 12, 1000],
    [100, 0, 2400],
    [100, 1, 2400],
    [900, 23.999, 900],
  ] as const)
    assert.equal(forecast(used, midnight + hours * hour), expected, `${used} after ${hours} h`)
  fc.assert(
    fc.property(fc.nat(100_000), fc.nat(86_399_999), (used, at) => {
      assert.ok(forecast(used, midnight + at) >= used)
    }),
  )
})

test('quota tells the forecast, a connection its next renewal, and a look at them asks Zoom nothing', async () => {
  const before = await w.calls()
  const { items } = (await w.api<{ items: Quota[] }>('GET', '/quota')).body
  const heavy = items[0]?.labels.find(({ label }) => label === 'heavy' || label === 'light')
  assert.ok(heavy)
  for (const { per_day, forecast_today } of items[0]?.labels ?? [])
    assert.equal(per_day === null, forecast_today === null)
  const { body } = await w.api<Connection>('GET', `/connections/${w.connection_id}`)
  assert.ok(Date.parse(body.next_renewal_at ?? '') > Date.now())
  assert.equal(await w.calls(), before)
})

test('jobs that wait, are planned and have died are counted', async () => {
  const now = async () => (await w.api<JobsNow>('GET', '/jobs')).body
  const before = await now()
  const { db } = w.server.hub
  await addJobs(db, [{ task: 'of_nobody', payload: {}, run_at: new Date(Date.now() + 3_600_000) }])
  await addJobs(db, [{ task: 'of_nobody', payload: {} }])
  await addJobs(db, [{ task: 'of_nobody', payload: {}, max_attempts: 1, key: 'dead' }])
  await sql`update graphile_worker._private_jobs set attempts = max_attempts where key = 'dead'`.execute(db)
  const after = await now()
  assert.equal(after.planned, before.planned + 1)
  assert.equal(after.due, before.due + 1)
  assert.equal(after.dead, before.dead + 1)
  assert.deepEqual(after.dead_by_task, [{ task: 'of_nobody', jobs: 1 }])
  assert.ok(Date.parse(after.oldest_due_at ?? '') <= Date.now())
})

test('the file for support has what one asks for, and no secret and nobody’s address', async () => {
  const answer = await w.api<Record<string, unknown>>('GET', '/support_report')
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-disposition') ?? '', /greenroom-support\.json/)
  for (const key of ['findings', 'zoom_apps', 'connections', 'quota', 'gaps', 'jobs', 'node'])
    assert.ok(key in answer.body, key)
  const { access_tokens } = await w.zoom<{ access_tokens: { access_token: string }[] }>('GET', '/tokens')
  assert.ok(access_tokens.length > 0)
  for (const secret of ['sim-s2s-secret', 'sim-s2s-webhook', ...access_tokens.map(({ access_token }) => access_token)])
    assert.ok(!answer.text.includes(secret))
  assert.ok(!answer.text.includes('ada@'))
  const headers = { authorization: `Bearer ${await w.key('operator')}` }
  assert.equal((await w.api('GET', '/support_report', undefined, headers)).status, 403)
})

test('e-mail addresses are cut down to their domain', () => {
  assert.equal(withoutPeople('of ada.l+x@school.example, äda@schüle.example'), 'of …@school.example, …@schüle.example')
})
