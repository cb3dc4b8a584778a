import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { simulate, simulateWithEvents } from './simulator-client.ts'

const users = '/users/grace@school.example'

async function withWebinars(t: TestContext) {
  const world = await simulateWithEvents(t)
  await world.zoom.control('PATCH', '/people/grace@school.example', { webinar: true })
  return world
}

test('a host without the add-on has no webinars', async (t) => {
  const { api } = await simulate(t)
  const { status, body } = await api('POST', `${users}/webinars`, { topic: 'Open day' })
  assert.deepEqual([status, body.code], [400, 200])
  assert.match(body.message, /^Webinar plan is missing\. You must subscribe to the webinar plan .*: simGrace\w+\.$/)
})

test('a webinar is made, shown, listed, changed and deleted, and each is told', async (t) => {
  const { zoom, endpoint } = await withWebinars(t)
  const { status, body } = await zoom.api('POST', `${users}/webinars`, {
    topic: 'Open day',
    start_time: '2030-06-03T09:00:00Z',
  })
  assert.deepEqual([status, body.type, body.settings.panelists_video], [201, 5, false])
  const path = `/webinars/${body.id}`
  assert.equal((await zoom.api('GET', path)).body.topic, 'Open day')
  assert.deepEqual(
    (await zoom.api('GET', `${users}/webinars`)).body.webinars.map(({ id }: { id: number }) => id),
    [body.id],
  )
  assert.equal((await zoom.api('PATCH', path, { topic: 'Open days' })).status, 204)
  assert.equal((await zoom.api('DELETE', path)).status, 204)
  assert.equal((await zoom.api('GET', path)).body.code, 3001)
  await zoom.control('POST', '/settle')
  assert.deepEqual(endpoint.names(), ['webinar.created', 'webinar.updated', 'webinar.deleted'])
})

test('meetings and webinars do not answer for each other', async (t) => {
  const { zoom } = await withWebinars(t)
  const webinar = (await zoom.api('POST', `${users}/webinars`, {})).body
  assert.equal((await zoom.api('GET', `/meetings/${webinar.id}`)).body.code, 3000)
  assert.equal((await zoom.api('GET', `/webinars/${(await zoom.schedule()).id}`)).body.code, 3001)
  assert.deepEqual((await zoom.api('GET', `${users}/meetings`)).body.meetings, [])
})

test('a webinar that was held has a report', async (t) => {
  const { zoom, endpoint } = await withWebinars(t)
  const { id } = (await zoom.api('POST', `${users}/webinars`, {})).body
  await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Grace', email: 'grace@school.example' })
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Max' })
  assert.equal((await zoom.api('PUT', `/webinars/${id}/status`, { action: 'end' })).status, 204)
  const { body } = await zoom.api('GET', `/report/webinars/${id}/participants`)
  assert.equal(body.participants.length, 2)
  assert.equal((await zoom.api('GET', `/report/webinars/${id}`)).body.topic, 'My Webinar')
  await zoom.control('POST', '/settle')
  assert.ok(endpoint.names().includes('webinar.participant_joined'))
  assert.equal(endpoint.names().at(-1), 'webinar.ended')
})
