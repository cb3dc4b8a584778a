import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { personFor } from '#hub/people.ts'
import type { Attendance, Page, Person, Session, Unmatched } from '#hub/resources.ts'
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

const listed = async (query = '') => (await w.api<Page<Unmatched>>('GET', `/attendance/unmatched${query}`)).body
const names = ({ items }: Page<Unmatched>) => items.map(({ name }) => name).toSorted()

test('who is known by a name alone is listed over all sessions, until somebody says who it is', async () => {
  const other = (await w.api<typeof meeting>('POST', '/meetings', { host: 'grace@school.example', topic: 'Biology' }))
    .body
  await w.zoom('POST', `/meetings/${other.zoom_meeting_id}/start`)
  await w.zoom('POST', `/meetings/${other.zoom_meeting_id}/join`, { name: ' Maxi ' })
  await w.zoom('POST', `/meetings/${other.zoom_meeting_id}/join`, { name: 'Ada', email: 'ada@school.example' })
  await w.settled()
  const all = await listed()
  assert.deepEqual(
    names(all).map((name) => name.trim()),
    ['Maxi', 'Maxi', 'Somebody else'],
  )
  assert.deepEqual(names(await listed('?q=somebody')), ['Somebody else'])
  assert.deepEqual(names(await listed('?q=biology')).length, 1)
  assert.deepEqual(names(await listed('?to=2020-01-01T00:00:00Z')), [])
  const pages = [await listed('?limit=2')]
  pages.push(await listed(`?limit=2&cursor=${pages[0]?.next_cursor}`))
  assert.deepEqual(pages.flatMap(names).toSorted(), names(all), 'page by page')
  for (const { uuid: where, key } of all.items)
    assert.equal((await assign({ uuid: where, key, person_id: max })).status, 200)
  assert.deepEqual(names(await listed()), [])
  // Two names of one person are one attendee, whose second name comes up again when the first is taken back.
  for (const { uuid: where, key } of all.items.toReversed()) await assign({ uuid: where, key, person_id: null })
  assert.deepEqual(names(await listed()), names(all))
  const table = (await w.api('GET', '/attendance/unmatched.csv?q=somebody')).text
  assert.match(table, /^name,meeting_id,topic,uuid,started_at,joined_at,left_at,joins\r\nSomebody else,/)
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
  for (const path of ['/persons', '/attendance/unmatched'])
    assert.deepEqual((await w.api<Page<Person>>('GET', path, undefined, elsewhere)).body.items, [])
})
