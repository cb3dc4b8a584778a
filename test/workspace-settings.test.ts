import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId } from '#core/ids.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { dropWhatIsOld } from '#hub/retention.ts'
import type { Attendance, AuditEntry, Page, Session, WorkspaceSettings } from '#hub/resources.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const change = (body: object, headers?: Record<string, string>) =>
  w.api<WorkspaceSettings & { errors: { field: string }[] }>('PATCH', '/workspace', body, headers)

const meeting = (
  await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
  })
).body
const at = `/meetings/${meeting.zoom_meeting_id}`
await w.zoom('POST', `${at}/start`)
await w.zoom('POST', `${at}/join`, { name: 'Grace Hopper', email: 'grace@school.example' })
await w.zoom('POST', `${at}/end`)
await w.settled()

const count = async (path: string) => (await w.api<{ items: unknown[] }>('GET', `${path}?limit=200`)).body.items.length
const attendance = async () => {
  const { items } = (await w.api<Page<Session>>('GET', `/meetings/${meeting.id}/sessions`)).body
  return (await w.api<Attendance>('GET', `/attendance?uuid=${encodeURIComponent(items[0]?.uuid ?? '')}`)).body
}
/** The night that many days from now. */
const night = (days: number) =>
  dropWhatIsOld({ ...hub, runtime: { ...hub.runtime, now: () => Date.now() + days * 86_400_000 } })

test('a workspace keeps what the server keeps, until it says otherwise', async () => {
  const { body } = await w.api<WorkspaceSettings>('GET', '/workspace')
  assert.deepEqual([body.name, body.event_days, body.delivery_days, body.attendance_days], ['School', null, null, null])
  assert.deepEqual(body.server, { event_days: 90, delivery_days: 30 })
  const before = await count('/events')
  await night(20)
  assert.equal(await count('/events'), before)
})

const refusals: [what: string, body: object, field: string][] = [
  ['events for longer than the server', { event_days: 91 }, 'event_days'],
  ['deliveries for longer than the server', { delivery_days: 31 }, 'delivery_days'],
  ['for no days at all', { event_days: 0 }, 'event_days'],
  ['names for less time than the events they came in', { event_days: 20, attendance_days: 10 }, 'attendance_days'],
]
for (const [what, body, field] of refusals)
  test(`a workspace cannot keep ${what}`, async () => {
    const answer = await change(body)
    assert.deepEqual([answer.status, answer.body.errors[0]?.field], [422, field])
  })

test('events go after the days of the workspace, another workspace’s stay, and what waits does, too', async () => {
  const other = await ensureWorkspace(hub, 'Elsewhere')
  const [one] = await hub.db
    .selectFrom('event')
    .selectAll()
    .where('workspace_id', '=', w.workspace_id)
    .limit(1)
    .execute()
  assert.ok(one)
  await hub.db
    .insertInto('event')
    .values([
      { ...one, id: 'evt_theirs', workspace_id: other.id },
      { ...one, id: 'evt_waits', digest: Buffer.alloc(32), state: 'waiting', retry_at: new Date('2100-01-01') },
    ])
    .execute()
  assert.equal((await change({ event_days: 10, delivery_days: 5 })).status, 200)
  await night(9)
  assert.ok((await count('/events')) > 1)
  await night(11)
  const left = await hub.db.selectFrom('event').select('id').orderBy('id').execute()
  assert.deepEqual(
    left.map(({ id }) => id),
    ['evt_theirs', 'evt_waits'],
  )
})

test('what the hub made of events goes when they do, but for what somebody has yet to hear', async () => {
  const hubEvent = async (about: string) => {
    const id = newId('hubEvent', Date.now())
    await hub.db
      .insertInto('hub_event')
      .values({
        id,
        workspace_id: about,
        type: 'connection.changed',
        cause: 'api',
        payload: '{}',
        meeting_id: null,
        uuid: null,
      })
      .execute()
    return id
  }
  const { id: other } = await ensureWorkspace(hub, 'Elsewhere')
  const [theirs, old, toReact, toDeliver] = [
    await hubEvent(other),
    await hubEvent(w.workspace_id),
    await hubEvent(w.workspace_id),
    await hubEvent(w.workspace_id),
  ]
  await addJobs(hub.db, [
    {
      task: 'hub_event',
      payload: { hub_event_id: toReact, integration: 'x' },
      key: toReact,
      run_at: new Date('2100-01-01'),
    },
  ])
  await hub.db
    .insertInto('delivery')
    .values({
      id: newId('delivery', Date.now()),
      workspace_id: w.workspace_id,
      subscription_id: 'sub_none',
      hub_event_id: toDeliver,
      type: 'connection.changed',
      body: '{}',
      due_at: new Date('2100-01-01'),
      give_up_at: new Date('2100-01-01'),
      created_at: new Date(),
      status: null,
      error: null,
      settled_at: null,
    })
    .execute()
  const left = async () => (await hub.db.selectFrom('hub_event').select('id').execute()).map(({ id }) => id)
  await night(9)
  for (const id of [theirs, old, toReact, toDeliver]) assert.ok((await left()).includes(id))
  await night(11)
  assert.deepEqual(new Set((await left()).filter((id) => id >= theirs)), new Set([theirs, toReact, toDeliver]))
  await night(91)
  assert.deepEqual(new Set(await left()), new Set([toReact, toDeliver]))
})

test('attendance forgets who it was and keeps that somebody was there', async () => {
  const before = await attendance()
  assert.ok(before.attendees.some(({ name }) => name === 'Grace Hopper'))
  assert.equal((await change({ attendance_days: 12 })).status, 200)
  await night(11)
  assert.deepEqual(await attendance(), before)
  await night(13)
  const rows = await hub.db.selectFrom('attendance').selectAll().execute()
  assert.ok(rows.length > 0)
  assert.ok(rows.every(({ name, email, join_time }) => name === '' && email === '' && join_time !== null))
  assert.ok(!JSON.stringify(await attendance()).includes('Grace'))
})

test('who changed it, and what went by it, is in the audit log', async () => {
  const { items } = (await w.api<Page<AuditEntry>>('GET', `/audit?object_id=${w.workspace_id}`)).body
  assert.deepEqual(
    items.map(({ action }) => action),
    ['retention.ended', 'workspace.changed', 'retention.ended', 'retention.ended', 'workspace.changed'],
  )
  assert.equal(items[2]?.detail['hub_events'], 1)
  assert.deepEqual(items[0]?.detail['events'], 0)
  assert.ok(Number(items[0]?.detail['attendance']) > 0)
})

test('a workspace has a name of its own', async () => {
  assert.equal((await change({ name: 'Elsewhere' })).status, 409)
  assert.equal((await change({ name: 'School of maths' })).body.name, 'School of maths')
})
