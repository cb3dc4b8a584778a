import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulateWithEvents, type Json } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

const stream = { stream_url: 'rtmp://x.example/live', stream_key: 'key', page_url: 'https://x.example/live' }

test('the recording is started, paused, resumed and stopped from outside, each with its event', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  const { id } = await zoom.schedule()
  const path = `/live_meetings/${id}/events`
  assert.equal((await zoom.api('PATCH', path, { method: 'recording.start' })).body.code, 3001)
  await zoom.control('POST', `/meetings/${id}/start`)
  for (const what of ['pause', 'start', 'start', 'pause', 'pause', 'resume', 'stop'])
    assert.equal((await zoom.api('PATCH', path, { method: `recording.${what}` })).status, 202)
  await zoom.control('POST', '/settle')
  const names = endpoint.names().filter((name) => name.startsWith('recording.'))
  assert.deepEqual(names, [
    'recording.started',
    'recording.paused',
    'recording.resumed',
    'recording.stopped',
    'recording.completed',
    'recording.transcript_completed',
  ])
  const resumed = endpoint.received.find(({ body }) => body.event === 'recording.resumed')?.body
  assert.equal(resumed.payload.object.recording_file.recording_end, null)
})

test('somebody of the account is called into a meeting that runs', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  const params = { contacts: [{ email: 'grace@school.example' }] }
  const { status } = await zoom.api('PATCH', `/live_meetings/${id}/events`, { method: 'participant.invite', params })
  assert.equal(status, 202)
  const [event] = await events('meeting.invitation_dispatched')
  assert.equal(event.payload.object.participant.email, 'grace@school.example')
  assert.equal((await zoom.api('PATCH', `/live_meetings/${id}/events`, { method: 'sing' })).body.code, 300)
})

test('no recording begins while the cloud is full', async (t) => {
  const { control, api, schedule } = await simulate(t)
  const { id } = await schedule()
  await control('POST', `/meetings/${id}/start`)
  await control('PATCH', '/settings', { cloud_storage_full: true })
  const { status, body } = await api('PATCH', `/live_meetings/${id}/events`, { method: 'recording.start' })
  assert.deepEqual([status, body.code], [400, 3309])
})

test('a live stream is set up, started and stopped, and ends with the meeting', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const path = `/meetings/${(await zoom.schedule()).id}`
  const status = (action: string) => zoom.api('PATCH', `${path}/livestream/status`, { action })
  assert.equal((await status('start')).body.code, 300)
  assert.equal((await zoom.api('PATCH', `${path}/livestream`, { stream_url: 'x' })).body.code, 300)
  assert.equal((await zoom.api('PATCH', `${path}/livestream`, stream)).status, 204)
  const { body } = await zoom.api('GET', `${path}/livestream`)
  assert.deepEqual(body, { ...stream, resolution: '720p' })
  assert.deepEqual(differences(publishedSample('meetings-{meetingId}-livestream_GET'), body), [])
  assert.deepEqual((await status('start')).body.message, `Meeting ${path.slice(10)} has not started.`)
  await zoom.control('POST', `${path}/start`)
  for (const action of ['start', 'start', 'stop', 'start']) assert.equal((await status(action)).status, 204)
  await zoom.control('POST', `${path}/end`)
  const [started, stopped] = [
    await events('meeting.live_streaming_started'),
    await events('meeting.live_streaming_stopped'),
  ]
  assert.deepEqual([started.length, stopped.length], [2, 2])
  assert.equal(started[0].payload.object.live_streaming.custom_live_streaming_settings.stream_key, 'key')
})

test('a webinar without a stream cannot be streamed', async (t) => {
  const { control, api } = await simulate(t)
  await control('PATCH', '/people/ada@school.example', { webinar: true })
  const { id } = (await api('POST', '/users/ada@school.example/webinars', {})).body
  const start = () => api('PATCH', `/webinars/${id}/livestream/status`, { action: 'start' })
  const { status, body } = await start()
  assert.deepEqual([status, body.code], [400, 3000])
  assert.match(body.message, /not configured with a custom streaming service/)
  await api('PATCH', `/webinars/${id}/livestream`, stream)
  await control('POST', `/meetings/${id}/start`)
  assert.equal((await start()).status, 204)
})

test('what AI Companion wrote is told, listed, read and deleted', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { id } = await zoom.schedule()
  const { uuid } = await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', '/clock', { advance_s: 600 })
  await zoom.control('POST', `/meetings/${id}/end`)
  const path = `/meetings/${encodeURIComponent(encodeURIComponent(uuid))}/meeting_summary`
  assert.equal((await zoom.api('GET', path)).status, 404)
  const text = { title: 'Algebra', details: [{ label: 'Rings', summary: 'What they are' }], next_steps: ['Read on'] }
  await zoom.control('POST', `/meetings/${id}/summary`, text)
  await zoom.control('POST', `/meetings/${id}/summary`, { ...text, title: 'Algebra, again' })
  const [completed] = await events('meeting.summary_completed')
  assert.deepEqual([completed.payload.object.meeting_uuid, completed.payload.object.summary_title], [uuid, 'Algebra'])
  const [updated] = await events('meeting.summary_updated')
  assert.equal(updated.payload.operator, 'ada@school.example')
  const read: Json = (await zoom.api('GET', path)).body
  assert.match(read.summary_content, /Algebra, again[^]*Rings[^]*Read on/)
  const absent = differences(publishedSample('meetings-{meetingId}-meeting_summary_GET'), read)
  assert.deepEqual(absent, ['edited_summary is absent', 'summary_doc_url is absent'])
  const on = { in_meeting: { meeting_summary_with_ai_companion: { enable: true } } }
  await zoom.api('PATCH', '/users/ada@school.example/settings', on)
  const list = (await zoom.api('GET', '/meetings/meeting_summaries')).body
  assert.deepEqual(
    list.summaries.map((one: Json) => one.meeting_uuid),
    [uuid],
  )
  assert.deepEqual(differences(publishedSample('meetings-meeting_summaries_GET'), list), [])
  assert.equal((await zoom.api('GET', '/meetings/meeting_summaries?from=yesterday')).body.code, 300)
  assert.equal((await zoom.api('DELETE', path)).status, 204)
  assert.equal((await zoom.api('GET', path)).status, 404)
  const [deleted] = await events('meeting.summary_deleted')
  assert.equal(deleted.payload.object.meeting_uuid, uuid)
})

test('the list of summaries is refused while they are off in the account, as they are at first', async (t) => {
  const { api } = await simulate(t)
  const { status, body } = await api('GET', '/meetings/meeting_summaries')
  assert.deepEqual([status, body.code], [400, 3000])
})
