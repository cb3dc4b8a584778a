import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { simulate, type Json, type Zoom } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

async function held(zoom: Zoom): Promise<string> {
  const { id } = await zoom.schedule()
  const { uuid } = await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Ada', email: 'ada@school.example' })
  await zoom.control('POST', `/meetings/${id}/chat`, { name: 'Ada', message: 'Good morning' })
  await zoom.control('POST', `/meetings/${id}/end`)
  return `/past_meetings/${encodeURIComponent(encodeURIComponent(uuid))}/archive_files`
}

const days = async (zoom: Zoom): Promise<string> => {
  const at = Date.parse((await zoom.control('GET', '/clock')).now)
  return `from=${new Date(at - 3_600_000).toISOString()}&to=${new Date(at + 3_600_000).toISOString()}`
}

test('with archiving on, the end of a meeting puts away what was seen and said, and the files can be fetched', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { archiving: true })
  const { body } = await zoom.api('GET', await held(zoom))
  const chat = body.archive_files.find((file: Json) => file.file_type === 'CHAT')
  assert.equal(chat.number_of_messages, 1)
  const authorization = `Bearer ${await zoom.accessToken()}`
  const file = await zoom.send('GET', new URL(chat.download_url).pathname, undefined, { authorization })
  assert.deepEqual(
    file.body.map(({ sender, content }: Json) => [sender, content]),
    [['Ada', 'Good morning']],
  )
  const digest = createHash('sha256').update(JSON.stringify(file.body)).digest('hex')
  assert.equal(chat.encryption_fingerprint, digest)
  assert.equal(body.meeting_type, 'internal')
  const perPerson = ['participant_email', 'participant_join_time', 'participant_leave_time', 'file_path']
  const ofMessages = 'number_of_messages'
  const absent = [...perPerson, ofMessages].map((field) => `archive_files.${field} is absent`)
  const sample = publishedSample('past_meetings-{meetingUUID}-archive_files_GET')
  assert.deepEqual(differences(sample, body).toSorted(), [...absent, 'physical_files is empty'].toSorted())
  const all = (await zoom.api('GET', `/archive_files?${await days(zoom)}`)).body
  assert.deepEqual(all.meetings, [body])
  const statistics = (await zoom.api('GET', `/archive_files/statistics?${await days(zoom)}`)).body
  assert.deepEqual(
    [statistics.statistic_by_file_extension.json_file_count, statistics.statistic_by_file_extension.mp4_file_count],
    [1, 1],
  )
})

test('an archived file is kept when told to, and a meeting loses its archive when told to', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { archiving: true })
  const path = await held(zoom)
  const [{ id }] = (await zoom.api('GET', path)).body.archive_files
  assert.equal((await zoom.api('PATCH', `/archive_files/${id}`, { auto_delete: false })).status, 204)
  assert.equal((await zoom.api('GET', path)).body.archive_files[0].auto_delete, false)
  assert.equal((await zoom.api('PATCH', '/archive_files/nothing', { auto_delete: false })).body.code, 300)
  assert.equal((await zoom.api('DELETE', path)).status, 204)
  const gone = await zoom.api('GET', path)
  assert.deepEqual([gone.status, gone.body.code], [404, 3001])
  assert.deepEqual((await zoom.api('GET', `/archive_files?${await days(zoom)}`)).body.meetings, [])
})

test('an account that does not archive has no archive, and a list is of a week at most', async (t) => {
  const zoom = await simulate(t)
  const path = await held(zoom)
  assert.equal((await zoom.api('GET', path)).body.code, 3001)
  assert.deepEqual((await zoom.api('DELETE', path)).body, { code: 200, message: 'Not available for this account.' })
  const month = 'from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z'
  assert.equal((await zoom.api('GET', `/archive_files?${month}`)).body.errors[0].field, 'from')
})
