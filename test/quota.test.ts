import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { UnavailableError } from '#core/errors.ts'
import type { Errand, Hub } from '#hub/hub.ts'
import { createQuota } from '#hub/quota/quota.ts'
import { waitForPlace } from '#hub/quota/wait.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { createMeeting } from '#zoom/meetings.ts'
import { addRegistrant } from '#zoom/registrants.ts'
import { getUser } from '#zoom/users.ts'
import { consented } from './at-zoom.ts'
import { until, world } from './world.ts'

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
const labelled = async (label: string) => (await quota()).labels.find((each) => each.label === label)
const quota = async () => {
  const { body } = await w.api<{ items: Shown[] }>('GET', '/quota')
  const [first] = body.items
  assert.ok(first)
  return first
}
const dailyLimit = (retry_at: number) => ({
  status: 429,
  headers: { 'x-ratelimit-type': 'Daily-limit', 'retry-after': new Date(retry_at).toISOString() },
  body: { code: 429, message: 'You have reached the maximum daily rate limit for this API.' },
})
const perSecondLimit = (reset_at: number) => ({
  status: 429,
  headers: { 'x-ratelimit-type': 'QPS', 'x-ratelimit-reset': String(Math.floor(reset_at / 1000)) },
  body: { code: 429, message: 'You have reached the maximum per-second rate limit for this API. Try again later.' },
})
interface Shown {
  api_base: string
  account_id: string
  labels: {
    label: string
    requests: number
    left: number
    per_day: number | null
    used_today: number
    left_today: number | null
    back_at: string | null
  }[]
  hosts: { host_id: string; used_today: number; left_today: number; back_at: string | null }[]
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
  // On a slow machine the greedy one may have got some through until the other comes.
  const before = greedyDone
  await Promise.all(Array.from({ length: 40 }, () => ask(modest)))
  // Turn by turn it is some forty; first come, first served, all that are left.
  const meanwhile = greedyDone - before
  assert.ok(meanwhile < (150 - before) * 0.75, `${meanwhile} of the greedy one's were done before the other's 40`)
  await Promise.all(all)
  assert.equal(refusals(), 0)
})

test('when the day is spent a person is told when, and Zoom is not asked', async () => {
  await sql`update quota set spent_until = clock_timestamp() + interval '90 minutes' where label = 'light'`.execute(
    hub.db,
  )
  const before = await w.calls()
  await assert.rejects(ask(process('site', 'person')), (error) => {
    assert.ok(error instanceof UnavailableError)
    assert.match(error.message, /spent; nothing was asked. Try again in 1 h 30 min/)
    assert.ok(error.retryAfter && Math.abs(error.retryAfter - 5400) < 60)
    return true
  })
  assert.equal(await w.calls(), before)
  await sql`update quota set spent_until = clock_timestamp() where label = 'light'`.execute(hub.db)
  await ask(process('site', 'person'))
})

test('a host’s hundredth change of the day is the last; the next is not asked and is told when', async () => {
  const plan = () => w.api<{ detail?: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Algebra' })
  const { status, text } = await plan()
  assert.equal(status, 201, text)
  const [host] = (await quota()).hosts
  assert.ok(host && host.left_today === 100 - host.used_today)
  await sql`update quota_cap set used = 100`.execute(hub.db)
  const before = await w.calls()
  const refused = await plan()
  assert.equal(refused.status, 503, refused.text)
  assert.match(refused.text, /100 meetings and webinars a day .* for one host.* Try again in \d+/)
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  assert.equal(await w.calls(), before)
})

test('the limit per host that Zoom alone knows of is learned from its words', async () => {
  await sql`delete from quota_cap`.execute(hub.db)
  const plan = () => w.api('POST', '/meetings', { host: 'grace@school.example', topic: 'Algebra' })
  for (let made = 0; made < 100; made++) await sql`delete from quota_cap`.execute(hub.db).then(plan)
  await sql`delete from quota_cap`.execute(hub.db)
  assert.notEqual((await plan()).status, 201)
  const [host] = (await quota()).hosts
  assert.deepEqual([host?.used_today, host?.left_today], [100, 0])
})

test('a change that Zoom refuses is given back to its host; one whose outcome is unknown is not', async () => {
  await sql`delete from quota_cap`.execute(hub.db)
  const used = async () => (await quota()).hosts[0]?.used_today ?? 0
  const plan = () => w.api('POST', '/meetings', { host: 'ada@school.example', topic: 'Algebra' })
  const failing = async (action: object) => {
    await w.zoom('POST', '/faults', { match: { method: 'POST', path: '/v2/users/*/meetings' }, action, times: 1 })
    assert.notEqual((await plan()).status, 201)
    return used()
  }
  await plan()
  assert.equal(await used(), 1)
  assert.equal(await failing({ status: 400, body: { code: 300, message: 'Validation Failed.' } }), 1)
  assert.equal(await failing({ status: 500, body: { code: 500, message: 'Internal Server Error' } }), 2)
  assert.equal(await failing({ drop: 'after' }), 3)
})

test('one user who is being changed stops nobody else: the account’s places stay', async () => {
  await w.zoom('POST', '/faults', {
    preset: 'concurrent_requests',
    match: { method: 'GET', path: '/v2/users/*' },
    times: 3,
  })
  await assert.rejects(ask(process('site', 'person')))
  await ask(process('site', 'person'))
  assert.equal((await labelled('light'))?.back_at, null)
})

test('the question who has consented counts against the account, too', async () => {
  const { body: app } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'Consents',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    secret_token: 'sim-user-app-webhook',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  const before = (await labelled('light'))?.used_today ?? 0
  await consented(w, app.id, 'grace@school.example')
  assert.equal((await labelled('light'))?.used_today, before + 1)
})

test('a call that gets no place counts against no host', async () => {
  await sql`delete from quota_cap`.execute(hub.db)
  await sql`update quota set spent_until = clock_timestamp() + interval '1 hour' where label = 'medium'`.execute(hub.db)
  await sql`update quota set spent_until = clock_timestamp() + interval '1 hour' where label = 'light'`.execute(hub.db)
  assert.equal((await w.api('POST', '/meetings', { host: 'ada@school.example', topic: 'Algebra' })).status, 503)
  assert.equal((await quota()).hosts[0]?.used_today ?? 0, 0)
  await sql`update quota set spent_until = null`.execute(hub.db)
})

test('one person is registered three times a day for a meeting; the fourth time Zoom is not asked', async () => {
  const client = await zoomClient(process('site'), w.connection_id)
  const { id } = await createMeeting(client, 'ada@school.example', {
    topic: 'Open day',
    settings: { approval_type: 0 },
  })
  const meeting = { kind: 'meeting', id } as const
  const register = (email: string) => addRegistrant(client, meeting, { email, first_name: 'Emmy' })
  for (let times = 0; times < 3; times++) await register('emmy@home.example')
  const before = await w.calls()
  await assert.rejects(register('Emmy@home.example'), /3 times a day for one meeting.*Try again in/)
  assert.equal(await w.calls(), before)
  await register('other@home.example')
})

test('a day that Zoom ends before midnight begins again when Zoom says', async () => {
  const told = Date.now() + 5_000
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users/*' },
    action: dailyLimit(told),
    times: 1,
  })
  await assert.rejects(ask(process('site', 'person')))
  const light = await labelled('light')
  assert.ok(light?.back_at && Math.abs(Date.parse(light.back_at) - told) < 1000, String(light?.back_at))
  assert.equal(light.left, 0)
  await until(async () => (await labelled('light'))?.back_at === null, 'the label to be back')
  assert.ok(Date.now() >= told - 50)
  await ask(process('site', 'person'))
})

test('a day’s refusal that arrives after its midnight spends nothing of the new day', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users/*' },
    action: dailyLimit(Date.now() - 100),
    times: 1,
  })
  await assert.rejects(ask(process('site', 'person')))
  await ask(process('site', 'person'))
})

test('a person whose place would come late is told when instead of being kept; so are all others', async (t) => {
  const plan = () => w.api('POST', '/meetings', { host: 'ada@school.example', topic: 'Algebra' })
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: perSecondLimit(Date.now() + 40_000),
    times: 1,
  })
  assert.equal((await plan()).status, 503)
  const before = await w.calls()
  const slept = t.mock.method(hub.runtime, 'sleep')
  const answers = await Promise.all(Array.from({ length: 5 }, plan))
  for (const { status, headers, text } of answers) {
    assert.equal(status, 503, text)
    assert.match(text, /Try again in \d+ s/)
    assert.ok(Number(headers.get('retry-after')) > 30)
  }
  assert.equal(await w.calls(), before)
  // Who comes just as a round ends is told in the next.
  assert.ok(slept.mock.callCount() <= 1, 'nobody was kept waiting')
  await sql`update quota set filled_at = clock_timestamp()`.execute(hub.db)
})

test('a clock that is hours ahead does not stop the account for longer than a minute', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users/*' },
    action: perSecondLimit(Date.now() + 7_200_000),
    times: 1,
  })
  await assert.rejects(ask(process('site', 'person')))
  const light = await labelled('light')
  assert.ok(light?.back_at && Date.parse(light.back_at) - Date.now() < 61_000, String(light?.back_at))
  await drain('light', 40)
})

test('the plan is learned from the headers of one reply, for all labels', async () => {
  await w.zoom('PATCH', '/settings', { plan: 'pro' })
  await ask(process('site'))
  assert.equal((await labelled('light'))?.requests, 30)
  assert.equal((await labelled('heavy'))?.per_day, 30_000)
  assert.equal((await labelled('resource-intensive'))?.requests, 10)
})

test('on the free plan every label has a day of its own', async () => {
  await w.zoom('PATCH', '/settings', { plan: 'free' })
  await ask(process('site'))
  await sql`update quota set day = (clock_timestamp() at time zone 'UTC')::date, day_used = 1000 where label = 'heavy'`.execute(
    hub.db,
  )
  assert.deepEqual(
    [await labelled('heavy'), await labelled('resource-intensive')].map((each) => each?.left_today),
    [0, 30_000],
  )
  await waitForPlace(process('site', 'person'), await quota(), 'resource-intensive')
  await assert.rejects(waitForPlace(process('site', 'person'), await quota(), 'heavy'), /Today’s heavy calls/)
})
