import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, type Json, type Zoom } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

const max = { email: 'max@home.example', first_name: 'Max', last_name: 'M' }

async function recorded(zoom: Zoom, settings?: object): Promise<string> {
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/recording`)
  await zoom.control('POST', '/clock', { advance_s: 60 })
  await zoom.control('POST', `/meetings/${id}/end`)
  if (settings) assert.equal((await zoom.api('PATCH', `/meetings/${id}/recordings/settings`, settings)).status, 204)
  return `/meetings/${id}/recordings`
}

const emails = async (zoom: Zoom, path: string, status = 'approved'): Promise<string[]> =>
  (await zoom.api('GET', `${path}/registrants?status=${status}`)).body.registrants.map((one: Json) => one.email)

test('nobody registers for a recording that is not on demand, or that wants no registration', async (t) => {
  const zoom = await simulate(t)
  for (const settings of [undefined, { on_demand: true }, { approval_type: 0 }]) {
    const { status, body } = await zoom.api('POST', `${await recorded(zoom, settings)}/registrants`, max)
    assert.deepEqual([status, body.code], [404, 404], JSON.stringify(settings))
  }
})

test('who registers for an open recording is approved at once, has its link, and is one however often', async (t) => {
  const zoom = await simulate(t)
  const path = await recorded(zoom, { on_demand: true, approval_type: 0 })
  const asked = { ...max, custom_questions: [{ title: 'Why?', value: 'So' }] }
  const first = await zoom.api('POST', `${path}/registrants`, { ...asked, city: 'Graz' })
  const again = await zoom.api('POST', `${path}/registrants`, asked)
  assert.deepEqual([first.status, again.status], [201, 201])
  assert.equal(first.body.registrant_id, again.body.registrant_id)
  assert.equal(first.body.share_url, (await zoom.api('GET', path)).body.share_url)
  assert.deepEqual(differences(publishedSample('meetings-{meetingId}-recordings-registrants_POST'), first.body), [])
  assert.deepEqual(await emails(zoom, path), [max.email])
  const { body } = await zoom.api('GET', `${path}/registrants`)
  assert.deepEqual(differences(publishedSample('meetings-{meetingId}-recordings-registrants_GET'), body), [])
})

test('where the host decides, a registrant waits, is approved or denied, and strangers change nothing', async (t) => {
  const zoom = await simulate(t)
  const path = await recorded(zoom, { on_demand: true, approval_type: 1 })
  const { body } = await zoom.api('POST', `${path}/registrants`, max)
  assert.equal('share_url' in body, false)
  assert.deepEqual([await emails(zoom, path), await emails(zoom, path, 'pending')], [[], [max.email]])
  const decide = (action: string, ...ids: string[]) =>
    zoom.api('PUT', `${path}/registrants/status`, { action, registrants: ids.map((id) => ({ id })) })
  assert.equal((await decide('approve', body.registrant_id, 'nobody')).body.code, 300)
  assert.deepEqual(await emails(zoom, path), [])
  assert.equal((await decide('approve', body.registrant_id)).status, 204)
  assert.deepEqual(await emails(zoom, path), [max.email])
  assert.equal((await decide('deny', body.registrant_id)).status, 204)
  assert.deepEqual([await emails(zoom, path), await emails(zoom, path, 'denied')], [[], [max.email]])
})

test("a recording's form asks what the host wants, and what is required must be answered", async (t) => {
  const zoom = await simulate(t)
  const path = await recorded(zoom, { on_demand: true, approval_type: 0 })
  const custom_questions = [{ title: 'Why?', type: 'short', required: true, answers: ['So'] }]
  const asked = { questions: [{ field_name: 'city', required: true }], custom_questions }
  assert.equal((await zoom.api('PATCH', `${path}/registrants/questions`, asked)).status, 204)
  const { body } = await zoom.api('GET', `${path}/registrants/questions`)
  assert.deepEqual(body, asked)
  assert.deepEqual(differences(publishedSample('meetings-{meetingId}-recordings-registrants-questions_GET'), body), [])
  const refused = await zoom.api('POST', `${path}/registrants`, max)
  assert.deepEqual(
    refused.body.errors.map(({ field }: Json) => field),
    ['city', 'custom_questions'],
  )
  const answered = { ...max, city: 'Graz', custom_questions: [{ title: 'Why?', value: 'So' }] }
  assert.equal((await zoom.api('POST', `${path}/registrants`, answered)).status, 201)
})

test('who looked at a recording and who took a copy is counted by day and told one by one', async (t) => {
  const zoom = await simulate(t)
  const path = await recorded(zoom)
  const look = (body: object) => zoom.control('POST', `${path.replace(/recordings$/, 'recording_views')}`, body)
  await look({ name: 'Max', email: max.email, duration: 90 })
  await look({ name: 'Eva' })
  await look({ name: 'Eva', what: 'download' })
  const today = (await zoom.control('GET', '/clock')).now.slice(0, 10)
  const summary = (await zoom.api('GET', `${path}/analytics_summary`)).body
  assert.deepEqual(summary.analytics_summary, [{ date: today, views_total_count: 2, downloads_total_count: 1 }])
  assert.deepEqual(differences(publishedSample('meetings-{meetingId}-recordings-analytics_summary_GET'), summary), [])
  const details = async (type: string): Promise<Json[]> =>
    (await zoom.api('GET', `${path}/analytics_details?type=${type}`)).body.analytics_details
  assert.deepEqual(
    (await details('by_view')).map(({ name, duration }) => [name, duration]),
    [
      ['Max', 90],
      ['Eva', 60],
    ],
  )
  assert.deepEqual(
    (await details('by_download')).map(({ name }) => name),
    ['Eva'],
  )
  assert.equal((await zoom.api('GET', `${path}/analytics_details?type=by_ear`)).body.code, 300)
  assert.deepEqual(
    (await zoom.api('GET', `${path}/analytics_summary?from=2020-01-01&to=2020-01-02`)).body.analytics_summary,
    [],
  )
})
