import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { personFor } from '#hub/people.ts'
import type { Attendance, Page, Person, Session } from '#hub/resources.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server

const meeting = (
  await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
  })
).body
await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/start`)
await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/join`, { name: 'Maxi' })
await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/join`, { name: 'Somebody else' })
await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/end`)
await w.settled()
const { items: sessions } = (await w.api<Page<Session>>('GET', `/meetings/${meeting.id}/sessions`)).body
const uuid = sessions[0]?.uuid ?? ''
const max = await personFor(hub, w.workspace_id, {
  source: 'lti:plc_1',
  id: 'max',
  name: 'Max Mustermann',
  email: 'max@school.example',
  email_verified: true,
})
const read = async () => (await w.api<Attendance>('GET', `/attendance?uuid=${encodeURIComponent(uuid)}`)).body
const of = ({ attendees }: Attendance, name: string) => attendees.find((each) => each.name === name)
const assign = (body: object, headers?: Record<string, string>) =>
  w.api<Attendance>('PUT', '/attendance/assignment', body, headers)

test('people are found by name and address, with what ties them', async () => {
  for (const q of ['muster', 'MAX@school'])
    assert.deepEqual(
      (await w.api<Page<Person>>('GET', `/persons?q=${q}`)).body.items.map(({ id, links }) => [id, links[0]?.source]),
      [[max, 'lti:plc_1']],
    )
  assert.deepEqual((await w.api<Page<Person>>('GET', '/persons?q=nobody')).body.items, [])
})

test('somebody of whom only a name is known is said to be a person, and that stays when the report comes', async () => {
  const before = of(await read(), 'Maxi')
  assert.deepEqual([before?.person_id, before?.known_by], [null, 'name'])
  const heard = async () =>
    hub.db
      .selectFrom('hub_event')
      .select('id')
      .where('type', '=', 'attendance.changed')
      .where('cause', '=', 'api')
      .execute()
  assert.equal((await heard()).length, 0)
  const answer = await assign({ uuid, key: before?.key, person_id: max })
  assert.equal(answer.status, 200, answer.text)
  assert.deepEqual([of(answer.body, 'Maxi')?.person_id, of(answer.body, 'Maxi')?.known_by], [max, 'assigned'])
  assert.equal(of(answer.body, 'Somebody else')?.person_id, null)
  assert.equal((await heard()).length, 1, 'whoever counts attendance hears of it')
  await until(async () => (await read()).session.report.state !== 'waiting', 'the report to be read')
  assert.equal(of(await read(), 'Maxi')?.person_id, max)
})

test('it is taken back, too', async () => {
  const { key } = of(await read(), 'Maxi') ?? {}
  const answer = await assign({ uuid, key, person_id: null })
  assert.deepEqual([of(answer.body, 'Maxi')?.person_id, of(answer.body, 'Maxi')?.known_by], [null, 'name'])
})

test('nobody is assigned who is not there, to nobody, by nobody, or from elsewhere', async () => {
  const { key } = of(await read(), 'Maxi') ?? {}
  assert.equal((await assign({ uuid, key: 'name:nobody', person_id: max })).status, 404)
  assert.equal((await assign({ uuid, key, person_id: 'per_nobody' })).status, 404)
  assert.equal((await assign({ uuid: 'nothing', key, person_id: max })).status, 404)
  const viewer = { authorization: `Bearer ${await w.key('viewer')}` }
  assert.equal((await assign({ uuid, key, person_id: max }, viewer)).status, 403)
  await ensureWorkspace(hub, 'Elsewhere')
  const elsewhere = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  assert.equal((await assign({ uuid, key, person_id: max }, elsewhere)).status, 404)
  assert.deepEqual((await w.api<Page<Person>>('GET', '/persons', undefined, elsewhere)).body.items, [])
})
