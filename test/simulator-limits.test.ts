import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulatorTime, type Answer, type Zoom } from './simulator-client.ts'

const rate = ({ headers }: Answer) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-ratelimit') || name === 'retry-after'))

/** Sends so many calls one after the other and gives the last answer. */
async function repeat(zoom: Zoom, times: number, method: string, path: string, body?: object): Promise<Answer> {
  let answer = await zoom.api(method, path, body)
  for (let i = 1; i < times; i++) answer = await zoom.api(method, path, body)
  return answer
}

test('an ordinary reply tells category, limit and what remains', async (t) => {
  const { api } = await simulate(t)
  assert.deepEqual(rate(await api('GET', '/users/ada@school.example')), {
    'x-ratelimit-category': 'Light',
    'x-ratelimit-limit': '80',
    'x-ratelimit-remaining': '79',
  })
  const report = rate(await api('GET', '/report/meetings/1/participants'))
  assert.deepEqual([report['x-ratelimit-category'], report['x-ratelimit-limit']], ['Heavy', '60000'])
})

test('too many calls in a second are refused, and a second later they are not', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { plan: 'free' })
  const answers = await Promise.all([1, 2, 3, 4].map(() => zoom.api('GET', '/users')))
  const refused = answers.find(({ status }) => status === 429)
  assert.ok(refused, 'four medium calls at once are more than two')
  assert.equal(
    refused.body.message,
    'You have reached the maximum per-second rate limit for this API. Try again later.',
  )
  assert.deepEqual(rate(refused), {
    'x-ratelimit-category': 'Medium',
    'x-ratelimit-limit': '2',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-type': 'QPS',
  })
  await zoom.control('POST', '/clock', { advance_s: 1 })
  assert.equal((await zoom.api('GET', '/users')).status, 200)
})

test('labels have buckets of their own', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { plan: 'free' })
  await Promise.all([1, 2, 3].map(() => zoom.api('GET', '/users')))
  assert.equal((await zoom.api('GET', '/users/ada@school.example')).status, 200)
})

test('the day of an account ends at midnight in UTC, and Retry-After is that date', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('POST', '/clock', { advance_s: secondsAfterMidnight(await simulatorTime(zoom)) })
  await zoom.control('PATCH', '/settings', { daily_limit: 3, token_expires_in: 1_000_000 })
  const today = await simulatorTime(zoom)
  const last = await repeat(zoom, 3, 'GET', '/report/meetings/1')
  assert.deepEqual([last.status, last.headers.get('x-ratelimit-remaining')], [404, '0'])
  const { status, headers, body } = await zoom.api('GET', '/report/meetings/1')
  assert.equal(status, 429)
  assert.match(body.message, /maximum daily rate limit/)
  assert.equal(headers.get('x-ratelimit-type'), 'Daily-limit')
  assert.equal(headers.get('retry-after'), `${new Date(today + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`)
  await zoom.control('POST', '/clock', { advance_s: 86_400 })
  assert.equal((await zoom.api('GET', '/report/meetings/1')).status, 404)
})

/** To a minute past the next midnight, so that the day does not end while the test runs. */
const secondsAfterMidnight = (at: number): number => 86_460 - Math.floor((at % 86_400_000) / 1000)

test('a host may have a hundred creates and updates a day, of meetings and webinars together', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('POST', '/clock', { advance_s: secondsAfterMidnight(await simulatorTime(zoom)) })
  await zoom.control('PATCH', '/settings', { token_expires_in: 1_000_000 })
  const meeting = await zoom.schedule()
  for (let i = 1; i < 100; i += 33) {
    await zoom.control('POST', '/clock', { advance_s: 1 })
    await repeat(zoom, 33, 'PATCH', `/meetings/${meeting.id}`, { topic: `Algebra ${i}` })
  }
  const { status, headers, body } = await zoom.api('PATCH', `/meetings/${meeting.id}`, { topic: 'once more' })
  assert.equal(status, 429)
  assert.equal(
    body.message,
    'You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.',
  )
  assert.equal(headers.get('retry-after'), null)
  assert.equal(headers.get('x-ratelimit-type'), null)
  assert.equal((await zoom.api('POST', '/users/grace@school.example/meetings', {})).status, 201)
  assert.equal((await zoom.api('DELETE', `/meetings/${meeting.id}`)).status, 204)
})

test('limits can be switched off', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { plan: 'free', rate_limits: false })
  const answers = await Promise.all(Array.from({ length: 10 }, () => zoom.api('GET', '/users')))
  assert.ok(answers.every(({ status }) => status === 200))
})
