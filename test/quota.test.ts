import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { UnavailableError } from '#core/errors.ts'
import type { Errand, Hub } from '#hub/hub.ts'
import { createQuota } from '#hub/quota/quota.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { getUser } from '#zoom/users.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server

/** The hub as another process has it, on the same database. */
const process = (integration: string, waiting: Errand['waiting'] = 'job'): Hub => ({
  ...hub,
  quota: createQuota(),
  errand: { integration, waiting },
})
const ask = async (as: Hub): Promise<unknown> => getUser(await zoomClient(as, w.connection_id), 'ada@school.example')
const refusals = (): number => w.log.filter((line) => line.includes('"status":429')).length
const drain = (label: string, tokens: number) =>
  sql`update quota set tokens = ${tokens}, filled_at = clock_timestamp() where label = ${label}`.execute(hub.db)
const quota = async () => {
  const { body } = await w.api<{ items: Shown[] }>('GET', '/quota')
  const [first] = body.items
  assert.ok(first)
  return first
}
interface Shown {
  account_id: string
  labels: { label: string; requests: number; per_day: number | null; used_today: number; left_today: number | null }[]
  hosts: { host_id: string; used_today: number; left_today: number }[]
  resets_at: string
}

test('two hundred calls in three processes provoke no 429, and all are answered', async () => {
  const hubs = ['lti', 'site', 'bots'].map((name) => process(name))
  await Promise.all(Array.from({ length: 200 }, (_, index) => ask(hubs[index % 3] ?? hub)))
  assert.equal(refusals(), 0)
  const light = (await quota()).labels.find(({ label }) => label === 'light')
  assert.ok(light && light.used_today >= 200)
  assert.equal(light.requests, 80)
})

test('a person goes before jobs that wait in another process', async () => {
  await ask(process('site'))
  await drain('light', 0)
  const order: string[] = []
  const jobs = process('lti')
  const waiting = Array.from({ length: 60 }, () => ask(jobs).then(() => order.push('job')))
  while (jobs.quota.queues.size === 0) await hub.runtime.sleep(5)
  await ask(process('site', 'person')).then(() => order.push('person'))
  await Promise.all(waiting)
  assert.ok(order.indexOf('person') < 40, `the person was number ${order.indexOf('person')} of 61`)
})

test('a greedy integration does not keep the others from their share', async () => {
  await drain('light', 0)
  const greedy = process('lti')
  const modest = process('site')
  let greedyDone = 0
  const all = Array.from({ length: 150 }, () => ask(greedy).then(() => greedyDone++))
  while (greedy.quota.queues.size === 0) await hub.runtime.sleep(5)
  await Promise.all(Array.from({ length: 40 }, () => ask(modest)))
  assert.ok(greedyDone < 75, `${greedyDone} of the greedy one's 150 were done before the other's 40`)
  await Promise.all(all)
  assert.equal(refusals(), 0)
})

test('when the day is spent a person is told when, and Zoom is not asked', async () => {
  await sql`update quota set spent_on = (clock_timestamp() at time zone 'UTC')::date where label = 'light'`.execute(
    hub.db,
  )
  const before = await w.calls()
  await assert.rejects(ask(process('site', 'person')), (error) => {
    assert.ok(error instanceof UnavailableError)
    assert.match(error.message, /00:00 UTC/)
    assert.ok(error.retryAfter && error.retryAfter <= 86_400)
    return true
  })
  assert.equal(await w.calls(), before)
  await sql`update quota set spent_on = spent_on - 1 where label = 'light'`.execute(hub.db)
  await ask(process('site', 'person'))
})

test('a host’s hundredth change of the day is the last; the next is not asked and is told when', async () => {
  const plan = () => w.api<{ detail?: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Algebra' })
  const { status, text } = await plan()
  assert.equal(status, 201, text)
  const [host] = (await quota()).hosts
  assert.ok(host && host.left_today === 100 - host.used_today)
  await sql`update quota_host set used = 100`.execute(hub.db)
  const before = await w.calls()
  const refused = await plan()
  assert.equal(refused.status, 503, refused.text)
  assert.match(refused.text, /00:00 UTC/)
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  assert.equal(await w.calls(), before)
})

test('the limit per host that Zoom alone knows of is learned from its words', async () => {
  await sql`delete from quota_host`.execute(hub.db)
  const plan = () => w.api('POST', '/meetings', { host: 'grace@school.example', topic: 'Algebra' })
  for (let made = 0; made < 100; made++) await sql`delete from quota_host`.execute(hub.db).then(plan)
  await sql`delete from quota_host`.execute(hub.db)
  assert.notEqual((await plan()).status, 201)
  const [host] = (await quota()).hosts
  assert.deepEqual([host?.used_today, host?.left_today], [100, 0])
})

test('the plan is learned from the headers of a reply', async () => {
  await w.zoom('PATCH', '/settings', { plan: 'pro' })
  await ask(process('site'))
  assert.equal((await quota()).labels.find(({ label }) => label === 'light')?.requests, 30)
})
