import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { faultsOf } from '#simulator/event-shape.ts'
import { hmac, simulateWithEvents, type Json } from './simulator-client.ts'

const host = 'ada@school.example'

/** What is told is signed, and as Zoom's list has it. */
async function watched(t: TestContext) {
  const { zoom, endpoint, events } = await simulateWithEvents(t)
  await zoom.control('PATCH', `/people/${host}`, { webinar: true })
  const told = async (name: string): Promise<Json[]> => {
    const found = await events(name)
    for (const { headers, raw, body } of endpoint.received.filter((one) => one.body.event === name)) {
      const signed = `v0:${String(headers['x-zm-request-timestamp'])}:${raw}`
      assert.equal(headers['x-zm-signature'], `v0=${hmac('sim-s2s-webhook', signed)}`)
      assert.deepEqual(faultsOf(body.event, body), [], body.event)
    }
    return found
  }
  const objects = async (name: string): Promise<Json[]> => (await told(name)).map(({ payload }) => payload.object)
  return { zoom, endpoint, told, objects }
}

const settle = { advance_s: 60 }

for (const kind of ['meeting', 'webinar'] as const) {
  test(`who begins and ends to share in a ${kind} is told, and by leaving one ends`, async (t) => {
    const { zoom, objects } = await watched(t)
    const { id } = await zoom.control('POST', '/meetings', { host, kind })
    await zoom.control('POST', `/meetings/${id}/join`, { name: 'Ada', email: host })
    await zoom.control('POST', `/meetings/${id}/join`, { name: 'Kim' })
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Ada', content: 'whiteboard' })
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Ada', content: 'desktop' })
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Ada', action: 'stop' })
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Ada', action: 'stop' })
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Kim' })
    await zoom.control('POST', `/meetings/${id}/leave`, { name: 'Kim' })
    const contents = async (name: string): Promise<string[]> =>
      (await objects(`${kind}.${name}`)).map(
        ({ participant }) => `${participant.user_name} ${participant.sharing_details.content}`,
      )
    assert.deepEqual(await contents('sharing_started'), ['Ada whiteboard', 'Ada desktop', 'Kim desktop'])
    assert.deepEqual(await contents('sharing_ended'), ['Ada whiteboard', 'Ada desktop', 'Kim desktop'])
  })

  test(`when somebody else becomes the host of a ${kind}, both changes of role are told`, async (t) => {
    const { zoom, objects } = await watched(t)
    const { id } = await zoom.control('POST', '/meetings', { host, kind })
    await zoom.control('POST', `/meetings/${id}/join`, { name: 'Ada', email: host })
    await zoom.control('POST', `/meetings/${id}/join`, { name: 'Kim' })
    await zoom.control('POST', `/meetings/${id}/role`, { name: 'Kim', role: 'co-host' })
    await zoom.control('POST', `/meetings/${id}/role`, { name: 'Kim', role: 'co-host' })
    await zoom.control('POST', `/meetings/${id}/role`, { name: 'Kim', role: 'host' })
    const changes = (await objects(`${kind}.participant_role_changed`)).map(
      ({ participant: { user_name, old_role, new_role } }) => `${user_name}: ${old_role} → ${new_role}`,
    )
    assert.deepEqual(changes, ['Kim: attendee → co-host', 'Ada: host → attendee', 'Kim: co-host → host'])
  })

  test(`a deleted ${kind} can be had back for seven days, and is gone for good after that`, async (t) => {
    const { zoom, told, objects } = await watched(t)
    const start_time = new Date(Date.now() + 30 * 86_400_000).toISOString()
    const made = async (): Promise<string> =>
      String((await zoom.control('POST', '/meetings', { host, kind, start_time })).id)
    const [first, second, third] = [await made(), await made(), await made()]
    const status = async (id: string): Promise<number> => (await zoom.api('GET', `/${kind}s/${id}`)).status
    for (const id of [first, second, third]) await zoom.api('DELETE', `/${kind}s/${id}`)
    await zoom.control('POST', `/meetings/${first}/recover`)
    assert.deepEqual([await status(first), await status(second)], [200, 404])
    const again = await zoom.send('POST', `/_/meetings/${first}/recover`)
    assert.equal(again.status, 409, 'it is not deleted')
    await zoom.control('DELETE', `/meetings/${second}`)
    const ids = async (what: string): Promise<string[]> =>
      (await objects(`${kind}.${what}`)).map((object) => String(object.id))
    assert.deepEqual(await ids('recovered'), [first])
    assert.deepEqual(await ids('permanently_deleted'), [second])
    await zoom.control('POST', '/clock', { advance_s: 7 * 86_400 + 1 })
    assert.deepEqual(await ids('permanently_deleted'), [second, third])
    assert.equal((await zoom.send('POST', `/_/meetings/${third}/recover`)).status, 409)
    assert.equal((await told(`${kind}.recovered`))[0]?.payload.operator, host)
  })
}

test('one occurrence of a series that was deleted alone can be had back, and the whole by the API, too', async (t) => {
  const { zoom, objects, told } = await watched(t)
  const recurrence = { type: 1, repeat_interval: 1, end_times: 3 }
  const series = await zoom.schedule({ type: 8, start_time: '2030-01-07T09:00:00Z', recurrence })
  const [, { occurrence_id }] = series.occurrences
  const statuses = async () =>
    (await zoom.api('GET', `/meetings/${series.id}`)).body.occurrences.map((one: Json) => one.status)
  const back = (occurrence_id: string) => zoom.send('POST', `/_/meetings/${series.id}/recover`, { occurrence_id })
  await zoom.api('DELETE', `/meetings/${series.id}?occurrence_id=${occurrence_id}`)
  assert.deepEqual(await statuses(), ['available', 'deleted', 'available'])
  assert.equal((await back(occurrence_id)).status, 200)
  assert.deepEqual(await statuses(), ['available', 'available', 'available'])
  assert.equal((await back(occurrence_id)).status, 409, 'it is not deleted')
  const [{ occurrences }] = await objects('meeting.recovered')
  assert.deepEqual(
    occurrences.map((one: Json) => one.occurrence_id),
    [occurrence_id],
  )
  assert.equal((await told('meeting.recovered'))[0]?.payload.operation, 'single')
  const recover = () => zoom.api('PUT', `/meetings/${series.id}/status`, { action: 'recover' })
  assert.equal((await recover()).body.code, 3001)
  await zoom.api('DELETE', `/meetings/${series.id}`)
  assert.equal((await recover()).status, 204)
  assert.equal((await statuses()).length, 3)
  assert.equal((await told('meeting.recovered'))[1]?.payload.operation, 'all')
})

test('a meeting becomes a webinar and a meeting again, under the same number, and is told by what it was', async (t) => {
  const { zoom, objects } = await watched(t)
  const { id } = await zoom.control('POST', '/meetings', { host, topic: 'Open day' })
  await zoom.control('POST', `/meetings/${id}/convert`)
  const webinar = (await zoom.api('GET', `/webinars/${id}`)).body
  assert.deepEqual([webinar.topic, webinar.type], ['Open day', 5])
  assert.equal((await zoom.api('GET', `/meetings/${id}`)).body.code, 3000)
  await zoom.control('POST', `/meetings/${id}/convert`)
  assert.equal((await zoom.api('GET', `/meetings/${id}`)).body.type, 2)
  const types = async (name: string): Promise<unknown[]> =>
    (await objects(name)).map((object) => [object.id, object.type])
  assert.deepEqual(await types('meeting.converted_to_webinar'), [[id, 5]])
  assert.deepEqual(await types('webinar.converted_to_meeting'), [[id, 2]])
  const { id: another } = await zoom.control('POST', '/meetings', { host: 'grace@school.example' })
  const refused = await zoom.send('POST', `/_/meetings/${another}/convert`)
  assert.deepEqual([refused.status, /no webinar add-on/.test(JSON.stringify(refused.body))], [409, true])
})

test('a host trashes a recording in the portal, has it back, and deletes it for good; many at once are one event', async (t) => {
  const { zoom, objects, told } = await watched(t)
  const held = async (): Promise<string> => {
    const { id } = await zoom.control('POST', '/meetings', { host })
    await zoom.control('POST', `/meetings/${id}/join`, { name: 'Ada', email: host })
    await zoom.control('POST', `/meetings/${id}/recording`, {})
    await zoom.control('POST', '/clock', settle)
    await zoom.control('POST', `/meetings/${id}/end`)
    return String(id)
  }
  const [one, other] = [await held(), await held()]
  const status = async (id: string): Promise<number> => (await zoom.api('GET', `/meetings/${id}/recordings`)).status
  const by = (path: string, action: string) => zoom.control('POST', `${path}/recordings`, { action })
  await by(`/meetings/${one}`, 'trash')
  assert.equal(await status(one), 404)
  assert.equal((await zoom.send('POST', `/_/meetings/${one}/recordings`, { action: 'trash' })).status, 409)
  await by(`/meetings/${one}`, 'recover')
  assert.equal(await status(one), 200)
  await by(`/people/${host}`, 'trash')
  assert.deepEqual([await status(one), await status(other)], [404, 404])
  await by(`/people/${host}`, 'recover')
  assert.deepEqual([await status(one), await status(other)], [200, 200])
  await by(`/meetings/${one}`, 'delete')
  await by(`/people/${host}`, 'trash')
  await by(`/people/${host}`, 'delete')
  assert.equal((await zoom.send('POST', `/_/people/${host}/recordings`, { action: 'recover' })).status, 409)
  const numbers = async (name: string): Promise<string[]> => (await objects(name)).map(({ id }) => String(id))
  for (const name of ['trashed', 'recovered', 'deleted']) assert.deepEqual(await numbers(`recording.${name}`), [one])
  const counts = async (name: string, list: string): Promise<number[]> =>
    (await objects(`recording.batch_${name}`)).map((object) => object[list].length)
  assert.deepEqual(await counts('trashed', 'meeting_uuids'), [2, 1])
  assert.deepEqual(await counts('recovered', 'meetings'), [2])
  assert.deepEqual(await counts('deleted', 'meetings'), [1])
  const [batch] = await told('recording.batch_deleted')
  assert.equal(batch.payload.object.meetings[0].recording_file_ids.length, 3)
})

test('who signs in and out is told, and stands in the report', async (t) => {
  const { zoom, objects } = await watched(t)
  await zoom.control('POST', `/people/${host}/sign_in`, { client_type: 'mac', version: '6.4.5' })
  await zoom.control('POST', '/clock', settle)
  await zoom.control('POST', `/people/${host}/sign_out`, { client_type: 'mac', version: '6.4.5' })
  const [signedIn] = await objects('user.signed_in')
  assert.deepEqual([signedIn.email, signedIn.client_type, signedIn.login_type], [host, 'mac', '100'])
  assert.equal((await objects('user.signed_out')).length, 1)
  const user = (await zoom.api('GET', `/users/${host}`)).body
  assert.equal(user.last_login_time, signedIn.date_time)
  const day = signedIn.date_time.slice(0, 10)
  const to = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  const { activity_logs } = (await zoom.api('GET', `/report/activities?from=${day}&to=${to}`)).body
  const ofAda = activity_logs.filter(({ email }: { email: string }) => email === host)
  assert.deepEqual(
    ofAda.map(({ type, client_type }: Json) => `${type} ${client_type}`),
    ['Sign in mac', 'Sign out mac'],
  )
})
