import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulateWithEvents, type Json, type Zoom } from './simulator-client.ts'

async function recorded(zoom: Zoom) {
  const meeting = await zoom.schedule()
  const { uuid } = await zoom.control('POST', `/meetings/${meeting.id}/start`)
  await zoom.control('POST', `/meetings/${meeting.id}/recording`)
  await zoom.control('POST', '/clock', { advance_s: 300 })
  await zoom.control('POST', `/meetings/${meeting.id}/end`)
  return {
    id: meeting.id,
    uuid: encodeURIComponent(encodeURIComponent(uuid)),
    path: `/meetings/${meeting.id}/recordings`,
  }
}

test('a recording is started, stopped, completed and transcribed, in that order', async (t) => {
  const { zoom, endpoint, events } = await simulateWithEvents(t)
  const { id } = await recorded(zoom)
  const [completed] = await events('recording.completed')
  assert.deepEqual(
    endpoint.names().filter((name) => name.startsWith('recording') || name === 'meeting.ended'),
    [
      'recording.started',
      'recording.stopped',
      'meeting.ended',
      'recording.completed',
      'recording.transcript_completed',
    ],
  )
  const { object } = completed.payload
  assert.equal(object.id, id)
  assert.equal(object.host_email, 'ada@school.example')
  assert.deepEqual(
    object.recording_files.map(({ file_type }: Json) => file_type),
    ['MP4', 'M4A'],
  )
  assert.equal(
    object.total_size,
    object.recording_files.reduce((sum: number, file: Json) => sum + file.file_size, 0),
  )
})

test('a file is given to an access token, a download token of an event and a download_access_token, and to nobody else', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { path } = await recorded(zoom)
  const [{ payload, download_token }] = (await events('recording.completed')) as [Json]
  const { download_url, file_size } = payload.object.recording_files[0]
  const get = async (headers: Record<string, string>, query = '') => await fetch(download_url + query, { headers })
  for (const token of [
    download_token,
    await zoom.accessToken(),
    (await zoom.api('GET', `${path}?include_fields=download_access_token&ttl=60`)).body.download_access_token,
  ]) {
    const response = await get({ authorization: `Bearer ${token}` })
    assert.equal(response.status, 200)
    assert.equal((await response.arrayBuffer()).byteLength, file_size)
    assert.equal(response.headers.get('content-type'), 'video/mp4')
  }
  assert.equal((await get({}, `?access_token=${download_token}`)).status, 200)
  assert.equal((await get({})).status, 401)
  assert.equal((await get({ authorization: 'Bearer made-up' })).status, 401)
  await zoom.control('POST', '/clock', { advance_s: 86_401 })
  assert.equal((await get({ authorization: `Bearer ${download_token}` })).status, 401)
})

test('a meeting without a recording is 404 with code 3301', async (t) => {
  const { api, schedule } = await simulate(t)
  const { id } = await schedule()
  const { status, body } = await api('GET', `/meetings/${id}/recordings`)
  assert.deepEqual([status, body], [404, { code: 3301, message: 'There is no recording for this meeting.' }])
})

test('a recording is found by number and by UUID; number and type are text here', async (t) => {
  const zoom = await simulate(t)
  const { id, uuid, path } = await recorded(zoom)
  const { body } = await zoom.api('GET', path)
  assert.deepEqual([body.id, body.type, body.recording_count, body.duration], [String(id), '2', 3, 5])
  assert.equal((await zoom.api('GET', `/meetings/${uuid}/recordings`)).body.uuid, body.uuid)
})

test("a host's recordings are listed by day, a month at most", async (t) => {
  const zoom = await simulate(t)
  await recorded(zoom)
  const list = async (query = '') => await zoom.api('GET', `/users/ada@school.example/recordings${query}`)
  assert.equal((await list()).body.meetings.length, 1)
  assert.equal((await list('?from=2020-01-01&to=2020-01-31')).body.meetings.length, 0)
  assert.equal((await list('?from=2020-01-01&to=2020-03-31')).body.errors[0].field, 'from')
  assert.equal((await zoom.api('GET', '/users/grace@school.example/recordings')).body.meetings.length, 0)
})

test('a recording goes to the trash and comes back; thirty days later it does not', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  await zoom.control('PATCH', '/settings', { token_expires_in: 90 * 86_400 })
  const { uuid, path } = await recorded(zoom)
  const recover = () => zoom.api('PUT', `/meetings/${uuid}/recordings/status`, { action: 'recover' })
  assert.equal((await zoom.api('DELETE', path)).status, 204)
  assert.equal((await zoom.api('GET', path)).status, 404)
  assert.equal((await zoom.api('GET', '/users/ada@school.example/recordings?trash=true')).body.meetings.length, 1)
  assert.equal((await recover()).status, 204)
  assert.equal((await zoom.api('GET', path)).status, 200)
  await zoom.api('DELETE', path)
  await zoom.control('POST', '/clock', { advance_s: 31 * 86_400 })
  assert.equal((await recover()).body.code, 3301)
  const told = endpoint.names().filter((name) => /trashed|recovered/.test(name))
  assert.deepEqual(told, ['recording.trashed', 'recording.recovered', 'recording.trashed'])
})

test('a deleted recording is gone for good', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { uuid, path } = await recorded(zoom)
  assert.equal((await zoom.api('DELETE', `${path}?action=delete`)).status, 204)
  assert.equal((await zoom.api('PUT', `/meetings/${uuid}/recordings/status`, { action: 'recover' })).status, 404)
  assert.equal((await events('recording.deleted')).length, 1)
})

test('one file can be trashed and recovered alone', async (t) => {
  const zoom = await simulate(t)
  const { path } = await recorded(zoom)
  const files = async () => (await zoom.api('GET', path)).body.recording_files
  const [{ id }] = await files()
  assert.equal((await zoom.api('DELETE', `${path}/${id}`)).status, 204)
  assert.equal((await files()).length, 2)
  assert.equal((await zoom.api('PUT', `${path}/${id}/status`, { action: 'recover' })).status, 204)
  assert.equal((await files()).length, 3)
})

test('a recording is worked on for as long as the setting says', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  await zoom.control('PATCH', '/settings', { recording_delay_s: 600 })
  const { path } = await recorded(zoom)
  assert.deepEqual(await events('recording.completed'), [])
  assert.equal((await zoom.api('GET', path)).body.recording_files[0].status, 'processing')
  await zoom.control('POST', '/clock', { advance_s: 600 })
  assert.equal((await events('recording.completed')).length, 1)
  assert.equal((await zoom.api('GET', path)).body.recording_files[0].status, 'completed')
})

test('a Basic host has no cloud recording', async (t) => {
  const zoom = await simulate(t)
  const { id } = await zoom.schedule({}, 'alan@school.example')
  await zoom.control('POST', `/meetings/${id}/start`)
  assert.equal((await zoom.send('POST', `/_/meetings/${id}/recording`)).status, 409)
})
