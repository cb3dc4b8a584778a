import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { addJobs } from '#hub/jobs/add.ts'
import type { DeadJob, JobsNow } from '#hub/resources.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { db } = w.server.hub
await ensureWorkspace(w.server.hub, 'Elsewhere')
const elsewhere = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }

interface Dead {
  items: DeadJob[]
  next_cursor: string | null
}
async function dead(query = '', headers?: Record<string, string>): Promise<Dead> {
  const answer = await w.api<Dead>('GET', `/jobs/dead${query}`, undefined, headers)
  assert.equal(answer.status, 200, `${answer.text} ${w.log.slice(-3).join('')}`)
  return answer.body
}
const retry = async (id: string, headers?: Record<string, string>): Promise<number> =>
  (await w.api('POST', `/jobs/dead/${id}/retry`, undefined, headers)).status

/** A job that nobody knows how to do, as it is left after its last try. */
async function giveUp(key: string, payload: Record<string, unknown>, task = 'of_nobody'): Promise<void> {
  await addJobs(db, [{ task, payload, key, max_attempts: 1, run_at: new Date(Date.now() + 86_400_000) }])
  await sql`update graphile_worker._private_jobs set attempts = 1, run_at = now(), last_error = ${`It broke: ${key}`}
    where key = ${key}`.execute(db)
}
const forget = () => sql`delete from graphile_worker._private_jobs where attempts >= max_attempts`.execute(db)

test('work that was given up says of what it is and why, and is done when it is tried again', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users' },
    action: { status: 400, body: { code: 300, message: 'This page is on holiday' } },
    times: 1,
  })
  const began = Date.now()
  await addJobs(db, [{ task: 'zoom_users', payload: { connection_id: w.connection_id }, max_attempts: 1 }])
  await until(async () => (await dead()).items.length === 1, 'the job to be given up')
  const [job] = (await dead()).items
  assert.ok(job)
  assert.deepEqual([job.task, job.tries, job.about?.kind, job.about?.id], ['zoom_users', 1, 'zoom_app', w.zoom_app_id])
  assert.match(job.last_error ?? '', /This page is on holiday/)
  assert.ok(!job.last_error?.includes('\n'))
  const failed = Date.parse(job.failed_at)
  assert.ok(failed >= began - 1000 && failed <= Date.now(), job.failed_at)
  const now = (await w.api<JobsNow>('GET', '/jobs')).body
  assert.deepEqual(now.dead_here, [{ task: 'zoom_users', jobs: 1 }])

  const before = await w.calls('users')
  assert.equal(await retry(job.id), 204)
  await until(async () => (await w.calls('users')) > before, 'Zoom to be asked again')
  await until(async () => (await dead()).items.length === 0, 'nothing to be given up')
  assert.equal(await retry(job.id), 404, 'what is not given up is not tried again')
  const audit = (await w.api<{ items: { action: string; object_id: string }[] }>('GET', '/audit?limit=5')).body.items
  assert.ok(audit.some(({ action, object_id }) => action === 'job.retried' && object_id === job.id))
})

test('a job is the workspace’s by whatever it is about; of other workspaces nothing is seen or tried again', async () => {
  const { id, zoom_meeting_id } = (
    await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
      host: 'ada@school.example',
      topic: 'Algebra',
    })
  ).body
  await w.settled()
  const { workspace_id } = w
  const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'Site' })).body.id
  const placement = await w.api<{ id: string }>('POST', `/meetings/${id}/placements`, {
    place_id: site,
    target: { slug: 'algebra' },
  })
  const host = (await w.api<{ items: { id: string }[] }>('GET', '/zoom_users?q=ada@')).body.items[0]?.id
  const trial = (await w.api<{ id: string }>('POST', `/zoom_apps/${w.zoom_app_id}/trials`)).body.id
  const made = (await w.api<{ id: string }>('POST', '/meeting_imports', { format: 'ids', content: '812 3456 7890' }))
    .body
  const hub_event = await db.selectFrom('hub_event').select('id').where('meeting_id', '=', id).executeTakeFirstOrThrow()
  await w.settled()
  await forget()
  const cases: [key: string, payload: Record<string, unknown>, about: string | undefined][] = [
    ['meeting', { workspace_id, meeting_id: id }, `meeting ${id} Algebra`],
    ['number', { workspace_id, zoom_meeting_id }, `meeting ${id} Algebra`],
    ['subject', { workspace_id, subject: zoom_meeting_id }, `meeting ${id} Algebra`],
    ['account', { workspace_id, subject: 'account:sim-account' }, undefined],
    ['placement', { placement_id: placement.body.id }, `meeting ${id} Algebra`],
    ['hub_event', { hub_event_id: hub_event.id, integration: 'site' }, `meeting ${id} Algebra`],
    ['host', { workspace_id, zoom_user_id: host }, `host ${host} ada@school.example`],
    ['drift', { workspace_id, zoom_app_id: w.zoom_app_id, host_id: host }, `host ${host} ada@school.example`],
    ['connection', { connection_id: w.connection_id }, `zoom_app ${w.zoom_app_id} Simulator`],
    ['trial', { trial_id: trial, workspace_id }, `zoom_app ${w.zoom_app_id} Simulator`],
    ['import', { import_id: made.id }, undefined],
  ]
  for (const [key, payload] of cases) await giveUp(key, payload)
  await giveUp('of the server', {})
  await giveUp('of one that is gone', { connection_id: 'zoc_gone' })
  const { items } = await dead()
  const told = Object.fromEntries(
    items.map(({ last_error, about }) => [last_error, about ? `${about.kind} ${about.id} ${about.name}` : undefined]),
  )
  assert.deepEqual(told, Object.fromEntries(cases.map(([key, , about]) => [`It broke: ${key}`, about])))
  assert.deepEqual((await dead('', elsewhere)).items, [])
  assert.deepEqual((await w.api<JobsNow>('GET', '/jobs', undefined, elsewhere)).body.dead_here, [])
  assert.equal(await retry(items[0]?.id ?? '', elsewhere), 404)
  assert.equal((await dead()).items.length, cases.length)
})

test('work that was given up is searched, comes by pages and is a table', async () => {
  const all = (await dead()).items.map(({ id }) => id)
  const paged: string[] = []
  let cursor: string | null = null
  do {
    const page: Dead = await dead(`?limit=4${cursor ? `&cursor=${cursor}` : ''}`)
    paged.push(...page.items.map(({ id }) => id))
    cursor = page.next_cursor
  } while (cursor)
  assert.deepEqual(paged, all)
  assert.equal((await dead('?q=algebra')).items.length, 5)
  assert.equal((await dead('?q=broke:%20host')).items.length, 1)
  const table = parse((await w.api('GET', '/jobs/dead.csv?q=algebra')).text, { columns: true }) as { about: string }[]
  assert.deepEqual(
    table.map(({ about }) => about),
    Array.from({ length: 5 }, () => 'Algebra'),
  )
})

test('what a worker holds, and what waits for a connection, is not tried again by hand', async () => {
  await forget()
  await giveUp('held', { workspace_id: w.workspace_id })
  const [job] = (await dead()).items
  assert.ok(job)
  await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'somebody' where key = 'held'`.execute(
    db,
  )
  assert.equal(await retry(job.id), 404)
  await sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null where key = 'held'`.execute(db)
  await db
    .insertInto('parked_job')
    .values({ job_id: job.id, connection_id: w.connection_id, task: 'of_nobody' })
    .execute()
  assert.equal(await retry(job.id), 404)
  await db.deleteFrom('parked_job').execute()
  const both = await Promise.all([retry(job.id), retry(job.id)])
  assert.deepEqual(
    both.toSorted((a, b) => a - b),
    [204, 404],
    'of two who ask at once one is heard',
  )
  assert.equal(await retry('not a number'), 404)
})
