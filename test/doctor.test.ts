import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { sawEvent, eventsOfApp } from '#store/app-events.ts'
import { world } from './world.ts'

interface Scopes {
  kind: string
  grants: {
    connection_id: string
    family: string
    works: { feature: string }[]
    lacks: { feature: string; add: string[] }[]
    unneeded: string[]
  }[]
}
interface Findings {
  findings: { check: string; state: string; message: string; fix?: string }[]
}

const w = await world({ after })
const scopes = () => w.api<Scopes>('GET', `/zoom_apps/${w.zoom_app_id}/scopes`)

test('what an app may do is told without asking Zoom', async () => {
  const before = await w.calls()
  const { status, body } = await scopes()
  assert.equal(status, 200)
  assert.equal(body.kind, 'server_to_server')
  const [grant] = body.grants
  assert.equal(grant?.connection_id, w.connection_id)
  assert.equal(grant?.family, 'granular')
  assert.deepEqual(grant?.lacks, [], 'the simulator grants everything')
  assert.ok(grant?.works.some(({ feature }) => feature === 'plan_meetings'))
  assert.ok(grant?.unneeded.includes('meeting:read:list_upcoming_meetings:admin'))
  assert.equal(await w.calls(), before)
})

test('an app of another workspace is not found', async () => {
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const other = await w.key('owner', 'Elsewhere')
  const { status } = await w.api('GET', `/zoom_apps/${w.zoom_app_id}/scopes`, undefined, {
    authorization: `Bearer ${other}`,
  })
  assert.equal(status, 404)
})

test('the events that came are remembered, and the doctor names those that never did with what they cost', async () => {
  await w.zoom('POST', '/meetings', { host: 'ada@school.example' })
  await w.settled()
  const seen = await eventsOfApp(w.server.hub.db, w.zoom_app_id)
  assert.deepEqual(
    seen.map(({ event }) => event),
    ['meeting.created'],
  )
  const { body } = await w.api<Findings>('GET', '/doctor')
  const never = body.findings.find(({ check }) => check.endsWith('events that never arrived'))
  assert.equal(never?.state, 'warning')
  assert.match(never?.message ?? '', /see which meetings run \(meeting\.started, meeting\.ended\)/)
  assert.doesNotMatch(never?.message ?? '', /meeting\.created/)
})

test('the time of an event moves on by whole minutes, and never back', async () => {
  const { db } = w.server.hub
  const at = async () => (await eventsOfApp(db, w.zoom_app_id)).find(({ event }) => event === 'user.updated')?.last_at
  const [first, soon, later] = ['12:00:00', '12:00:59', '12:02:00'].map((time) => new Date(`2026-05-01T${time}Z`))
  for (const [time, expected] of [
    [first, first],
    [soon, first],
    [later, later],
    [first, later],
  ]) {
    await sawEvent(db, w.zoom_app_id, 'user.updated', time ?? new Date(0))
    assert.deepEqual(await at(), expected)
  }
})

test('the doctor says what works, what is lacking and what is of no use, by the scopes of now', async () => {
  await w.zoom('PATCH', '/apps/sim-s2s', {
    scopes: ['meeting:read:meeting:admin', 'user:read:list_users:admin', 'user:delete:user:admin'],
  })
  const { findings } = (await w.api<Findings>('GET', '/doctor')).body
  const of = (end: string) => findings.find(({ check }) => check.endsWith(end))
  assert.match(of(': features')?.message ?? '', /^The app may .*pick hosts/)
  assert.deepEqual(
    [of(': scopes')?.state, of(': scopes')?.message, of(': scopes')?.fix],
    [
      'failed',
      'The app may not plan meetings',
      'Add on its “Scopes” page at Zoom: meeting:write:meeting:admin meeting:update:meeting:admin meeting:delete:meeting:admin',
    ],
  )
  assert.match(of('scopes to add')?.fix ?? '', /to show summaries: meeting:read:summary:admin/)
  assert.equal(of('scopes to remove')?.message, 'Nothing here needs user:delete:user:admin')
})
