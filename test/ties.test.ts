import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { personFor } from '#hub/people.ts'
import type { Attendance, AuditEntry, Page, Person, Session } from '#hub/resources.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const known = (source: string, id: string, email?: string) =>
  personFor(hub, w.workspace_id, { source, id, name: `${id} of ${source}`, email, email_verified: email !== undefined })
const merge = (id: string, into: string) => w.api<Person>('POST', `/persons/${id}/merge`, { into })
const untie = (id: string, source: string, source_id: string) =>
  w.api<{ person: Person; untied: Person }>('POST', `/persons/${id}/links/untie`, { source, source_id })
const listed = async () => (await w.api<Page<Person>>('GET', '/persons?limit=200')).body.items

const { id, zoom_meeting_id } = (
  await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
  })
).body
await w.zoom('POST', `/meetings/${zoom_meeting_id}/start`)
await w.zoom('POST', `/meetings/${zoom_meeting_id}/join`, { name: 'Maxi' })
await w.zoom('POST', `/meetings/${zoom_meeting_id}/join`, { name: 'Grace', email: 'grace@school.example' })
await w.settled()
const uuid = (await w.api<Page<Session>>('GET', `/meetings/${id}/sessions`)).body.items[0]?.uuid ?? ''
const personOf = async (name: string) =>
  (await w.api<Attendance>('GET', `/attendance?uuid=${encodeURIComponent(uuid)}`)).body.attendees.find(
    (each) => each.name === name,
  )?.person_id
const heard = async () =>
  (
    await hub.db
      .selectFrom('hub_event')
      .select('id')
      .where('type', '=', 'attendance.changed')
      .where('cause', '=', 'api')
      .execute()
  ).length

test('two persons who are one become one, with what was assigned, and whoever counts attendance hears of it', async () => {
  const course = await known('lti:plc_1', 'max', 'max@school.example')
  const chat = await known('mattermost:plc_2', 'maxi', 'max@home.example')
  assert.notEqual(course, chat)
  const key = 'name:maxi'
  assert.equal((await w.api('PUT', '/attendance/assignment', { uuid, key, person_id: chat })).status, 200)
  const before = await heard()
  const merged = await merge(chat, course)
  assert.equal(merged.status, 200, merged.text)
  assert.deepEqual(
    merged.body.links.map(({ source }) => source),
    ['lti:plc_1', 'mattermost:plc_2'],
  )
  assert.equal(await personOf('Maxi'), course)
  assert.equal(await heard(), before + 1)
  assert.ok(!(await listed()).some((each) => each.id === chat), 'the other is nobody any more')
  assert.equal((await w.api('PUT', '/attendance/assignment', { uuid, key, person_id: chat })).status, 404)
  assert.equal(await known('mattermost:plc_2', 'maxi', 'max@home.example'), course, 'and stays one')
})

test('what was untied stays untied though the same e-mail comes again, until somebody merges the two', async () => {
  const zoomId = (
    await hub.db
      .selectFrom('zoom_user')
      .select('id')
      .where('email', '=', 'grace@school.example')
      .executeTakeFirstOrThrow()
  ).id
  const grace = await known('lti:plc_1', 'grace', 'grace@school.example')
  assert.equal(await known('zoom', zoomId, 'grace@school.example'), grace)
  assert.equal(await personOf('Grace'), grace)
  const answer = await untie(grace, 'zoom', zoomId)
  assert.equal(answer.status, 200, answer.text)
  const { untied, person } = answer.body
  assert.deepEqual([person.links.length, untied.links.length], [1, 1])
  assert.equal(await personOf('Grace'), untied.id, 'attendance follows')
  for (const email of ['grace@school.example', undefined, 'grace@school.example'])
    assert.equal(await known('zoom', zoomId, email), untied.id)
  assert.equal(await known('lti:plc_1', 'grace', 'grace@school.example'), grace)
  await hub.db.deleteFrom('person_link').where('source', '=', 'zoom').where('source_id', '=', zoomId).execute()
  assert.notEqual(await known('zoom', zoomId, 'grace@school.example'), grace, 'nor when it is new again')
  const now = await known('zoom', zoomId, 'grace@school.example')
  assert.equal((await merge(now, grace)).status, 200)
  assert.equal(await known('zoom', zoomId, 'grace@school.example'), grace)
})

test('a tie without an e-mail that was told apart is not tied when its e-mail becomes known', async () => {
  const ann = await known('lti:plc_1', 'ann')
  const other = await known('mattermost:plc_2', 'ann', 'ann@school.example')
  await merge(ann, other)
  const { untied } = (await untie(other, 'lti:plc_1', 'ann')).body
  assert.equal(await known('lti:plc_1', 'ann', 'ann@school.example'), untied.id)
})

test('both are told in the audit log, without who it is at Zoom; what cannot be is refused in words', async () => {
  const { items } = (await w.api<Page<AuditEntry>>('GET', '/audit?action=person')).body
  assert.deepEqual([...new Set(items.map(({ action }) => action))].toSorted(), ['person.merged', 'person.untied'])
  const solo = await known('lti:plc_1', 'solo')
  assert.equal((await untie(solo, 'lti:plc_1', 'solo')).status, 409)
  assert.equal((await untie(solo, 'lti:plc_1', 'nobody')).status, 404)
  assert.equal((await merge(solo, solo)).status, 422)
  assert.equal((await merge(solo, 'per_nobody')).status, 404)
})

test('merges that cross leave one person', async () => {
  const [one, two] = [await known('lti:plc_1', 'one'), await known('lti:plc_1', 'two')]
  const statuses = (await Promise.all([merge(one, two), merge(two, one)])).map(({ status }) => status)
  assert.deepEqual(new Set(statuses), new Set([200, 404]))
  assert.equal((await listed()).filter((each) => each.id === one || each.id === two).length, 1)
})
