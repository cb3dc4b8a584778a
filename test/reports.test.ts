import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Usage } from '#hub/resources.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { world } from './world.ts'

const w = await world({ after })
const { db } = w.server.hub

interface Stay {
  name: string
  email?: string
  from: number
  to: number
}

let count = 0
/** A run of a meeting: minutes from its start are those of the stays. */
async function held(at: string, minutes: number, stays: Stay[], host = 'ada@school.example'): Promise<string> {
  const { body } = await w.api<{ id: string }>('POST', '/meetings', { host, topic: `Class ${++count}` })
  const start = Date.parse(at)
  const uuid = `uuid-${count}`
  await db
    .insertInto('session')
    .values({
      workspace_id: w.workspace_id,
      uuid,
      meeting_id: body.id,
      topic: 'Class',
      host_id: host,
      started_at: new Date(start),
      ended_at: new Date(start + minutes * 60_000),
      report_reason: null,
      report_at: null,
    })
    .execute()
  for (const [index, { name, email = '', from, to }] of stays.entries())
    await db
      .insertInto('attendance')
      .values({
        id: `att_${uuid}_${index}`,
        workspace_id: w.workspace_id,
        uuid,
        user_id: String(index),
        name,
        email,
        join_time: new Date(start + from * 60_000),
        leave_time: new Date(start + to * 60_000),
        leave_reason: null,
        source: 'events',
      })
      .execute()
  return body.id
}

const usage = async (query: string) => {
  const { status, body, text } = await w.api<Usage>('GET', `/reports/usage?${query}`)
  assert.equal(status, 200, text)
  return body.items
}
const totals = async (query: string) => (await w.api<Usage>('GET', `/reports/usage?${query}`)).body.totals

const algebra = await held('2026-01-15T10:00:00Z', 60, [
  { name: 'Max', email: 'max@school.example', from: 0, to: 40 },
  // The same person's other device, at the same time for ten minutes.
  { name: 'Max’s iPad', email: 'MAX@school.example', from: 30, to: 50 },
  { name: 'Mia', from: 10, to: 60 },
])
await held('2026-01-20T10:00:00Z', 30, [{ name: 'Max', email: 'max@school.example', from: 0, to: 30 }])
await held('2026-03-31T23:30:00Z', 45, [{ name: 'Mia', from: 0, to: 45 }], 'grace@school.example')

test('a month counts meetings, persons once, minutes of persons once for two devices, and hosts; an empty month is there with zeros', async () => {
  assert.deepEqual(await usage('from=2026-01&to=2026-03'), [
    {
      month: '2026-01',
      group_id: '',
      group_name: '',
      meetings: 2,
      sessions: 2,
      participants: 2,
      minutes: 90,
      participant_minutes: 130,
      hosts: 1,
    },
    {
      month: '2026-02',
      group_id: '',
      group_name: '',
      meetings: 0,
      sessions: 0,
      participants: 0,
      minutes: 0,
      participant_minutes: 0,
      hosts: 0,
    },
    {
      month: '2026-03',
      group_id: '',
      group_name: '',
      meetings: 1,
      sessions: 1,
      participants: 1,
      minutes: 45,
      participant_minutes: 45,
      hosts: 1,
    },
  ])
})

test('all months together count a person, a host and a meeting once, in however many months they were there', async () => {
  const meeting_id = await held('2024-01-15T10:00:00Z', 60, [
    { name: 'Max', email: 'max@school.example', from: 0, to: 60 },
  ])
  await held('2024-02-15T10:00:00Z', 30, [
    { name: 'Max', email: 'max@school.example', from: 0, to: 30 },
    { name: 'Mia', email: 'mia@school.example', from: 0, to: 30 },
  ])
  await held('2024-02-16T10:00:00Z', 20, [], 'grace@school.example')
  const both = 'from=2024-01&to=2024-02'
  const twice = { meetings: 3, sessions: 3, participants: 2, minutes: 110, participant_minutes: 120, hosts: 2 }
  assert.deepEqual(await totals(both), [{ group_id: '', group_name: '', ...twice }])
  assert.deepEqual(
    (await usage(both)).map(({ participants, hosts }) => [participants, hosts]),
    [
      [1, 1],
      [2, 2],
    ],
    'each month has its own',
  )
  // The first meeting's second run, a month later.
  await db
    .updateTable('session')
    .set({ meeting_id })
    .where('uuid', '=', `uuid-${count - 1}`)
    .execute()
  assert.deepEqual(
    (await totals(`${both}&by=host`)).map(({ group_name, meetings, sessions, participants, hosts }) => [
      group_name,
      meetings,
      sessions,
      participants,
      hosts,
    ]),
    [
      ['ada@school.example', 1, 2, 2, 1],
      ['grace@school.example', 1, 1, 0, 1],
    ],
  )
  assert.deepEqual(
    (await totals(`${both}&by=kind`)).map(({ group_id, meetings, hosts }) => [group_id, meetings, hosts]),
    [['meeting', 2, 2]],
  )
  assert.deepEqual(
    (await totals('from=2023-01&to=2023-02')).map(({ sessions }) => sessions),
    [0],
  )
  assert.deepEqual(await totals('from=2023-01&to=2023-02&by=host'), [])
})

test('a month begins where the time zone has it', async () => {
  const berlin = await usage('from=2026-03&to=2026-04&timezone=Europe/Berlin')
  assert.deepEqual(
    berlin.map(({ month, sessions }) => [month, sessions]),
    [
      ['2026-03', 0],
      ['2026-04', 1],
    ],
  )
})

test('the same by place, by host and by kind', async () => {
  const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'School site' })).body
  await w.api('POST', `/meetings/${algebra}/placements`, { place_id: site.id, target: { slug: 'algebra' } })
  assert.deepEqual(
    (await usage('from=2026-01&to=2026-12&by=place')).map(({ month, group_name, sessions, participants }) => [
      month,
      group_name,
      sessions,
      participants,
    ]),
    [['2026-01', 'School site', 1, 2]],
  )
  assert.deepEqual(
    (await usage('from=2026-01&to=2026-12&by=host')).map(({ month, group_name, minutes }) => [
      month,
      group_name,
      minutes,
    ]),
    [
      ['2026-01', 'ada@school.example', 90],
      ['2026-03', 'grace@school.example', 45],
    ],
  )
  assert.deepEqual(
    (await usage('from=2026-01&to=2026-01&by=kind')).map(({ group_id }) => group_id),
    ['meeting'],
  )
})

test('whoever was said by hand to be somebody is counted as that person, and our bots are nobody', async () => {
  const person = async (id: string, name: string) => {
    const { workspace_id } = w
    await db.insertInto('person').values({ id, workspace_id, name, created_at: new Date() }).execute()
    await db
      .insertInto('person_link')
      .values({
        workspace_id,
        source: 'lti:plc_1',
        source_id: id,
        person_id: id,
        name,
        email: null,
        email_verified: false,
        changed_at: new Date(),
      })
      .execute()
  }
  await person('per_mia', 'Mia')
  await held('2025-05-10T10:00:00Z', 60, [
    { name: 'Mia', from: 0, to: 60 },
    { name: 'iPhone', from: 0, to: 60 },
  ])
  await held('2025-05-11T10:00:00Z', 60, [{ name: 'Mia M.', from: 0, to: 60 }])
  const inMay = async () => (await usage('from=2025-05&to=2025-05'))[0]
  assert.equal((await inMay())?.participants, 3)
  for (const [uuid, key] of [
    [`uuid-${count - 1}`, 'name:mia'],
    [`uuid-${count - 1}`, 'name:iphone'],
    [`uuid-${count}`, 'name:mia m.'],
  ])
    assert.equal((await w.api('PUT', '/attendance/assignment', { uuid, key, person_id: 'per_mia' })).status, 200)
  const may = await inMay()
  assert.deepEqual([may?.participants, may?.participant_minutes], [1, 120])
  await db.updateTable('attendance').set({ customer_key: 'bot_1' }).where('name', '=', 'iPhone').execute()
  await db.deleteFrom('attendance_assignment').execute()
  assert.equal((await inMay())?.participants, 2)
})

test('of a session that runs what has passed is counted, also of those who are still there', async () => {
  const began = new Date(Date.now() - 30 * 60_000)
  await held(began.toISOString(), 0, [{ name: 'Mia', from: 0, to: 0 }], 'grace@school.example')
  await db.updateTable('session').set({ ended_at: null }).where('uuid', '=', `uuid-${count}`).execute()
  await db.updateTable('attendance').set({ leave_time: null }).where('uuid', '=', `uuid-${count}`).execute()
  const month = began.toISOString().slice(0, 7)
  const row = (await usage(`from=${month}&to=${month}&by=host`)).find(
    ({ group_name }) => group_name === 'grace@school.example',
  )
  assert.deepEqual([row?.minutes, row?.participant_minutes], [30, 30])
})

test('what is held after a meeting was taken out of a place does not count there any more', async () => {
  const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'Old site' })).body
  const meeting = await held('2025-08-10T10:00:00Z', 60, [])
  const placed = (
    await w.api<{ id: string }>('POST', `/meetings/${meeting}/placements`, {
      place_id: site.id,
      target: { slug: 'old' },
    })
  ).body
  const ofOld = async () => (await usage('from=2025-08&to=2025-08&by=place')).length
  assert.equal(await ofOld(), 1)
  await db
    .updateTable('placement')
    .set({ state: 'removed', removed_at: new Date('2025-08-11') })
    .where('id', '=', placed.id)
    .execute()
  assert.equal(await ofOld(), 1)
  await db
    .updateTable('placement')
    .set({ removed_at: new Date('2025-08-09') })
    .where('id', '=', placed.id)
    .execute()
  assert.equal(await ofOld(), 0)
})

test('there is no month 00, no 13th, no range turned round, none of ten years and no time zone of Atlantis', async () => {
  for (const query of [
    'from=2026-00&to=2026-01',
    'from=2026-13&to=2026-13',
    'from=2026-02&to=2026-01',
    'from=2016-01&to=2026-01',
    'from=2026-01&to=2026-01&timezone=Atlantis/Poseidonis',
    'from=2026-1&to=2026-01',
  ])
    assert.equal((await w.api('GET', `/reports/usage?${query}`)).status, 422, query)
})

test('the table has the same rows, and another workspace has none of them', async () => {
  const table = await w.api('GET', '/reports/usage.csv?from=2026-01&to=2026-03')
  assert.match(
    table.text,
    /^month,group_id,group_name,meetings,sessions,participants,minutes,participant_minutes,hosts\r\n2026-01,,,2,2,2,90,130,1\r\n/,
  )
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const headers = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  const { body } = await w.api<Usage>('GET', '/reports/usage?from=2026-01&to=2026-01', undefined, headers)
  assert.equal(body.items[0]?.sessions, 0)
})

test('a report asks Zoom nothing', async () => {
  const before = await w.calls()
  for (const by of ['all', 'place', 'host', 'kind']) await usage(`from=2026-01&to=2026-12&by=${by}`)
  assert.equal(await w.calls(), before)
})
