import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, type Json, type Zoom } from './simulator-client.ts'

const day = (ms = 0): string => new Date(Date.now() + ms).toISOString().slice(0, 10)
const days = `from=${day()}&to=${day(86_400_000)}`

async function running(zoom: Zoom): Promise<{ id: number; uuid: string }> {
  const { id } = await zoom.schedule()
  const { uuid } = await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Ada', email: 'ada@school.example' })
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Max', customer_key: 'pas_1' })
  return { id, uuid }
}

test('a dashboard shows what is live, then what is past, with its duration as a clock has it', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { token_expires_in: 7200 })
  const { id, uuid } = await running(zoom)
  const live = (await zoom.api('GET', `/metrics/meetings?${days}`)).body
  assert.deepEqual(
    live.meetings.map((meeting: Json) => [meeting.id, meeting.participants, 'end_time' in meeting]),
    [[id, 2, false]],
  )
  const refused = await zoom.api('GET', `/metrics/meetings/${id}?type=past`)
  assert.deepEqual([refused.status, refused.body.code], [404, 3001])
  await zoom.control('POST', '/clock', { advance_s: 4210 })
  await zoom.control('POST', `/meetings/${id}/end`)
  assert.equal((await zoom.api('GET', `/metrics/meetings?${days}`)).body.total_records, 0)
  const { body } = await zoom.api('GET', `/metrics/meetings/${encodeURIComponent(encodeURIComponent(uuid))}?type=past`)
  assert.match(body.duration, /^01:10:1\d$/)
})

test('a dashboard lists every stay with why it ended', async (t) => {
  const zoom = await simulate(t)
  const { id } = await running(zoom)
  await zoom.control('POST', `/meetings/${id}/leave`, { name: 'Max' })
  await zoom.control('POST', `/meetings/${id}/end`)
  const { body } = await zoom.api('GET', `/metrics/meetings/${id}/participants?type=past&page_size=1`)
  const next = await zoom.api(
    'GET',
    `/metrics/meetings/${id}/participants?type=past&page_size=1&next_page_token=${body.next_page_token}`,
  )
  const rows = [...body.participants, ...next.body.participants]
  assert.deepEqual(
    rows.map(({ role, customer_key, leave_reason }) => [role, customer_key, leave_reason]),
    [
      ['host', '', 'Host ended the meeting.'],
      ['attendee', 'pas_1', 'Max left the meeting.'],
    ],
  )
})

test('a dashboard wants Business, both days, a month at most and one of three types', async (t) => {
  const { api, control } = await simulate(t)
  const code = async (path: string): Promise<number> => (await api('GET', path)).body.code
  assert.equal(await code('/metrics/meetings'), 300)
  assert.equal(await code(`/metrics/webinars?${days}&type=all`), 300)
  assert.equal(await code(`/metrics/webinars?from=${day(-40 * 86_400_000)}&to=${day()}`), 300)
  assert.equal(await code(`/metrics/webinars?from=${day(-300 * 86_400_000)}&to=${day(-290 * 86_400_000)}`), 300)
  await control('PATCH', '/settings', { plan: 'pro' })
  assert.equal(await code(`/metrics/meetings?${days}`), 200)
})
