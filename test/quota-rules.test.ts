import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UnavailableError } from '#core/errors.ts'
import { MissingKeyError } from '#hub/encryption.ts'
import { timeTold } from '#hub/jobs/resume.ts'
import { capOf, registrantsOf } from '#hub/quota/caps.ts'
import { assumed, limits, pace, planTold, told } from '#hub/quota/limits.ts'
import { advance, deal, type Demand, type Turns } from '#hub/quota/share.ts'
import { ZoomRateLimitError } from '#zoom/errors.ts'

const demand = (integration: string, wants: number, more: Partial<Demand> = {}): Demand => ({
  process_id: 'one',
  integration,
  waiting: 'job',
  wants,
  since: 0,
  ...more,
})
const start: Turns = { clock: 0, served: {} }

const dealt: { title: string; places: number; demands: Demand[]; turns?: Turns; given: number[] }[] = [
  { title: 'nobody waits', places: 5, demands: [], given: [] },
  { title: 'there are no places', places: 0.9, demands: [demand('lti', 2)], given: [0] },
  { title: 'who is alone gets all that is wanted', places: 9, demands: [demand('lti', 4)], given: [4] },
  {
    title: 'a person goes before jobs that have waited longer',
    places: 2,
    demands: [demand('lti', 50), demand('site', 1, { waiting: 'person', since: 9 })],
    given: [1, 1],
  },
  {
    title: 'persons of a greedy integration leave no place to jobs',
    places: 3,
    demands: [demand('site', 3), demand('lti', 9, { waiting: 'person' })],
    given: [0, 3],
  },
  {
    title: 'four share evenly, however much one wants',
    places: 8,
    demands: [demand('lti', 900), demand('site', 9), demand('bots', 9), demand('mattermost', 9)],
    given: [2, 2, 2, 2],
  },
  {
    title: 'what one does not want goes to the others',
    places: 8,
    demands: [demand('lti', 900), demand('site', 1), demand('bots', 2)],
    given: [5, 1, 2],
  },
  {
    title: 'an integration in two processes has one share, and both have half of it',
    places: 8,
    demands: [demand('lti', 9), demand('lti', 9, { process_id: 'two' }), demand('site', 9)],
    given: [2, 2, 4],
  },
  {
    title: 'who was served more waits for the others',
    places: 2,
    demands: [demand('lti', 9), demand('site', 9)],
    turns: { clock: 10, served: { lti: 12, site: 10 } },
    given: [0, 2],
  },
  {
    title: 'who wanted nothing for long has not saved it up',
    places: 4,
    demands: [demand('lti', 9), demand('site', 9)],
    turns: { clock: 100, served: { lti: 100, site: 3 } },
    given: [2, 2],
  },
  {
    title: 'of two processes the one that waits longer is first',
    places: 1,
    demands: [demand('lti', 1, { since: 7 }), demand('lti', 1, { process_id: 'two', since: 3 })],
    given: [0, 1],
  },
]
for (const { title, places, demands, turns = start, given } of dealt)
  test(title, () => assert.deepEqual(deal(places, demands, turns), given))

test('over many rounds in processes that come one after another the shares are even', () => {
  const names = ['lti', 'site', 'bots', 'mattermost']
  const demands = names.map((name, index) => demand(name, index === 0 ? 1000 : 100, { process_id: name }))
  const got = [0, 0, 0, 0]
  let turns = start
  for (let step = 0, places = 0; step < 400; step++) {
    places += 1
    const mine = step % 4
    const taken = deal(places, demands, turns).map((count, index) => (index === mine ? count : 0))
    turns = advance(demands, taken, turns)
    places -= taken[mine] ?? 0
    got[mine] = (got[mine] ?? 0) + (taken[mine] ?? 0)
  }
  assert.ok(Math.max(...got) - Math.min(...got) <= 4, String(got))
})

test('a limit that Zoom tells names the plan, a day’s with the second’s', () => {
  const light = assumed('light')
  assert.deepEqual(told('light', light, undefined), limits.business.light)
  assert.deepEqual(told('light', light, 30), limits.pro.light)
  assert.deepEqual(told('light', light, 6000), limits.free.light)
  assert.deepEqual(told('heavy', assumed('heavy'), 30_000), limits.pro.heavy)
  assert.deepEqual(told('light', limits.free.light, 80), limits.business.light)
  assert.deepEqual(told('light', light, 50), { ...light, requests: 50 })
  assert.deepEqual(told('light', light, 100), light, 'more than the largest plan is not believed')
  assert.deepEqual(told('heavy', assumed('heavy'), 5000), { ...assumed('heavy'), per_day: 5000 })
  assert.deepEqual(told('light', light, 0), light)
})

test('at most half a period goes out at once', () => {
  assert.deepEqual(pace(limits.business.light), { capacity: 40, fill_rate: 80 })
  assert.deepEqual(pace(limits.business['resource-intensive']), { capacity: 10, fill_rate: 1 / 3 })
  assert.deepEqual(pace(limits.free.heavy), { capacity: 1, fill_rate: 1 / 1.2 })
})

test('a limit that one plan alone has tells all of that plan', () => {
  assert.equal(planTold('light', 30), limits.pro)
  assert.equal(planTold('light', 6000), limits.free)
  assert.equal(planTold('heavy', 60_000), limits.business)
  assert.equal(planTold('heavy', 10), limits.pro)
  assert.equal(planTold('resource-intensive', 30_000), undefined, 'two plans have it')
  assert.equal(planTold('light', 50), undefined)
  assert.equal(planTold('light', undefined), undefined)
  const { free } = limits
  assert.equal(
    told('resource-intensive', free['resource-intensive'], 30_000).day_label,
    'resource-intensive',
    'what is known already stays',
  )
})

test('what counts against a host or a registrant is found by its operation', () => {
  assert.equal(capOf({ method: 'POST', path: '/users/{userId}/meetings' }), 'host')
  assert.equal(capOf({ method: 'PATCH', path: '/webinars/{webinarId}' }), 'host')
  assert.equal(capOf({ method: 'POST', path: '/meetings/{meetingId}/registrants' }), 'registration')
  assert.equal(capOf({ method: 'PUT', path: '/webinars/{webinarId}/registrants/status' }), 'registration_status')
  assert.equal(capOf({ method: 'DELETE', path: '/meetings/{meetingId}' }), undefined)
  assert.equal(capOf({ method: 'GET', path: '/users/{userId}/meetings' }), undefined)
})

test('registrants are told apart by meeting and address, and no address is kept', () => {
  const target = '/meetings/91234567890/registrants'
  const [ada] = registrantsOf({ target, body: { email: 'Ada@school.example' } })
  assert.ok(ada && !ada.includes('@'))
  assert.deepEqual(registrantsOf({ target, body: { email: 'ada@school.example' } }), [ada])
  assert.notDeepEqual(registrantsOf({ target: '/meetings/2/registrants', body: { email: 'ada@school.example' } }), [
    ada,
  ])
  const registrants = [{ email: 'ada@school.example' }, { id: 'x1' }, { email: 'ADA@school.example' }]
  assert.deepEqual(registrantsOf({ target, body: { action: 'deny', registrants } })[0], ada)
  assert.equal(registrantsOf({ target, body: { registrants: registrants.slice(0, 2) } }).length, 2)
  assert.equal(
    new Set(registrantsOf({ target, body: { registrants } })).size,
    registrantsOf({ target, body: { registrants } }).length,
  )
  assert.deepEqual(registrantsOf({ target, body: undefined }), [])
})

test('a job comes again when it was told to', () => {
  const refusal = { status: 429, code: 429, reason: 'daily', errors: [], tracking_id: undefined }
  assert.equal(timeTold(new UnavailableError('later', 60), 1000), 61_000)
  assert.equal(timeTold(new UnavailableError('who knows'), 1000), undefined)
  assert.equal(timeTold(new ZoomRateLimitError(refusal, 'per_day', 5000), 1000), 5000)
  assert.equal(timeTold(new Error('broken'), 1000), undefined)
  assert.equal(timeTold(new MissingKeyError('sealed with another'), 1000), 3_601_000)
  assert.equal(
    timeTold(new ZoomRateLimitError(refusal, 'per_day', 8e15), 1000),
    86_401_000,
    'no limit is longer than a day',
  )
})
