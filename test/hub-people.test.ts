import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { issueTicket } from '#hub/door/ticket.ts'
import { personFor } from '#hub/people.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server

interface Attendee {
  name: string
  person_id: string | null
  joins: number
}

const someMeeting = async (): Promise<string> =>
  (await w.api<{ id: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Some' })).body.id

/** Plans a meeting and holds it; answers who was there. */
async function held(joins: (meeting_id: string) => Promise<Record<string, unknown>[]>): Promise<Attendee[]> {
  const { body: meeting } = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
    start_time: new Date(Date.now() + 60_000).toISOString(),
    duration: 45,
  })
  const at = `/meetings/${meeting.zoom_meeting_id}`
  await w.zoom('POST', `${at}/start`, {})
  for (const join of await joins(meeting.id)) await w.zoom('POST', `${at}/join`, join)
  await w.settled()
  const { body } = await w.api<{ items: { uuid: string }[] }>('GET', `/meetings/${meeting.id}/sessions`)
  const uuid = body.items[0]?.uuid ?? ''
  const { body: attendance } = await w.api<{ attendees: Attendee[] }>(
    'GET',
    `/attendance?uuid=${encodeURIComponent(uuid)}`,
  )
  return attendance.attendees
}

const known = (id: string, email?: string, email_verified = true): Promise<string> =>
  personFor(hub, w.workspace_id, {
    source: 'lti:plc_1',
    id,
    name: `Student ${id}`,
    ...(email ? { email } : {}),
    email_verified,
  })

const ticketOf = (meeting_id: string, person_id: string): Promise<string> =>
  issueTicket(hub, { workspace_id: w.workspace_id, meeting_id, person_id, role: 'participant' }).then(
    ({ pass_id }) => pass_id,
  )

test('one verified e-mail is one person, in whatever place; an e-mail that nobody vouches for is not', async () => {
  const first = await known('1', 'Alan@school.example')
  assert.equal(
    await personFor(hub, w.workspace_id, {
      source: 'mattermost:plc_2',
      id: 'u1',
      email: 'alan@SCHOOL.example',
      email_verified: true,
    }),
    first,
  )
  assert.notEqual(
    await personFor(hub, w.workspace_id, {
      source: 'mattermost:plc_2',
      id: 'u2',
      email: 'alan@school.example',
      email_verified: false,
    }),
    first,
  )
  assert.equal(await known('1', 'other@school.example'), first, 'an id stays who it was')
})

test('who was known without an e-mail, and turns out to be somebody known, is that one from then on', async () => {
  const chat = await personFor(hub, w.workspace_id, {
    source: 'mattermost:plc_2',
    id: 'u9',
    email: 'late@school.example',
    email_verified: true,
  })
  const before = await known('late')
  assert.notEqual(before, chat)
  const { pass_id } = await issueTicket(hub, {
    workspace_id: w.workspace_id,
    meeting_id: await someMeeting(),
    person_id: before,
    role: 'participant',
  })
  assert.equal(await known('late', 'late@school.example'), chat)
  assert.equal(await known('late'), chat, 'an e-mail that is not said again is not forgotten')
  const pass = await hub.db.selectFrom('pass').select('person_id').where('id', '=', pass_id).executeTakeFirst()
  assert.equal(pass?.person_id, chat, 'and so are the tickets')
})

test('that somebody is new, known otherwise, or somebody else is told; a launch as before is not', async () => {
  const told = async (since: string) =>
    (
      await hub.db
        .selectFrom('hub_event')
        .select(['id', 'payload'])
        .where('type', '=', 'person.changed')
        .where('id', '>', since)
        .orderBy('id')
        .execute()
    ).map(({ payload }) => payload)
  const last = async () =>
    (await hub.db.selectFrom('hub_event').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst())?.id ?? ''
  const news = async <T>(happens: () => Promise<T>) => {
    const since = await last()
    return { result: await happens(), told: await told(since) }
  }
  const first = await news(() => known('news'))
  assert.deepEqual(first.told, [{ person_id: first.result, merged: [] }])
  assert.deepEqual((await news(() => known('news'))).told, [])
  const other = await news(() => known('news-2', 'news@school.example'))
  assert.deepEqual(other.told, [{ person_id: other.result, merged: [] }])
  const one = await news(() => known('news', 'news@school.example'))
  assert.deepEqual(one.told, [{ person_id: other.result, merged: [first.result] }])

  const link = { source: 'lti:plc_1', source_id: 'news' }
  const apart = await news(() => w.api<{ untied: { id: string } }>('POST', `/persons/${one.result}/links/untie`, link))
  const untied = apart.result.body.untied.id
  assert.deepEqual(
    apart.told,
    [one.result, untied].map((person_id) => ({ person_id, merged: [] })),
  )
  const again = await news(() => w.api('POST', `/persons/${untied}/merge`, { into: one.result }))
  assert.deepEqual(again.told, [{ person_id: one.result, merged: [untied] }])
})

test('two launches at once make one person', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => known('race', 'race@school.example')))
  assert.equal(new Set(made).size, 1)
})

test('whoever is signed in at Zoom with a verified e-mail is known, and whoever only says so is not', async () => {
  const alan = await known('1', 'alan@school.example')
  const people = await held(async (meeting_id) => {
    const pass = await ticketOf(meeting_id, await known('guest'))
    return [
      { name: 'Alan', email: 'alan@school.example' },
      { name: 'Alan Turing' },
      // A guest of a browser join that calls itself by Alan's address.
      { name: 'Not Alan', email: 'alan@school.example', customer_key: pass },
    ]
  })
  const at = (name: string): Attendee | undefined => people.find((each) => each.name === name)
  assert.equal(at('Alan')?.person_id, alan)
  assert.equal(at('Alan Turing')?.person_id, null)
  assert.equal(at('Alan')?.joins, 1, 'the guest is somebody else')
  assert.ok(at('Not Alan')?.person_id && at('Not Alan')?.person_id !== alan)
})

test('a ticket says who came in by it, under whatever name and on two devices', async () => {
  const person = await known('7')
  const people = await held(async (meeting_id) => [
    { name: 'Somebody', customer_key: await ticketOf(meeting_id, person) },
    { name: 'iPad', customer_key: await ticketOf(meeting_id, person) },
    { name: 'Stranger', customer_key: 'pas_00000000000000000000000000000' },
  ])
  const mine = people.filter((each) => each.person_id === person)
  assert.deepEqual(
    mine.map((each) => each.joins),
    [2],
  )
  assert.equal(people.find((each) => each.name === 'Stranger')?.person_id, null)
})
