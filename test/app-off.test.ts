import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { renewIdleGrants } from '#hub/grants/renew.ts'
import { findGaps } from '#hub/repair/find.ts'
import type { Finding } from '#hub/integration.ts'
import type { Event, Gap, JobsNow, Meeting, Page, ZoomApp } from '#hub/resources.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const app = `/zoom_apps/${w.zoom_app_id}`
const turn = async (state: 'on' | 'off') => {
  const { status, body, text } = await w.api<ZoomApp>('PATCH', app, { state })
  assert.deepEqual([status, body.state], [200, state], text)
}
const plan = (topic: string) =>
  w.api<Meeting & { detail: string }>('POST', '/meetings', { host: 'ada@school.example', topic })
const waiting = async () => (await w.api<Page<Event>>('GET', '/events?state=waiting&limit=200')).body.items
const connection = `/connections/${w.connection_id}`

const made = (await plan('Algebra')).body
await w.settled()
await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/start`)
await w.settled()

// The watch begins.
await findGaps(w.server.hub)

test('an app is on until it is switched off', async () => {
  assert.equal((await w.api<ZoomApp>('GET', app)).body.state, 'on')
  await turn('off')
  await turn('off')
})

test('while it is off Zoom is asked nothing, and the refusal says who switches it on', async () => {
  const before = await w.calls()
  const refused = await plan('Geometry')
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /is switched off\. An administrator of the workspace switches it on/)
  assert.equal((await w.api('PATCH', `/meetings/${made.id}`, { topic: 'Geometry' })).status, 409)
  assert.equal((await w.api('DELETE', `/meetings/${made.id}`)).status, 409)
  assert.equal((await w.api('POST', `${app}/setup/check`)).status, 409)
  assert.equal((await w.api('POST', `${app}/trials`)).status, 409)
  const found = (await w.api<{ findings: Finding[] }>('POST', `${app}/check`)).body.findings
  assert.deepEqual(
    found.map(({ state, message }) => [state, message]),
    [['warning', 'It is switched off']],
  )
  await renewIdleGrants(w.server.hub)
  assert.equal(await w.calls(), before)
})

test('while it is off its events are kept and wait', async () => {
  await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/join`, {
    name: 'Grace Hopper',
    email: 'grace@school.example',
  })
  await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/end`)
  await w.zoom('POST', '/meetings', { host: 'ada@school.example', topic: 'Made at Zoom' })
  await w.zoom('POST', '/settle')
  await until(async () => (await waiting()).length >= 3, 'the events to be there')
  assert.equal((await w.api<Meeting>('GET', `/meetings/${made.id}`)).body.state, 'started')
  assert.equal((await fetch(`${w.hubUrl}/zoom/webhooks/${w.zoom_app_id}`, { method: 'POST', body: '{}' })).status, 401)
})

test('a job that needs Zoom waits, and is not tried in vain', async () => {
  const { items } = (await w.api<Page<{ id: string }>>('GET', '/zoom_users')).body
  await w.api('POST', `/zoom_users/${items[0]?.id}/meeting_options/refresh`)
  await until(async () => (await w.api<JobsNow>('GET', '/jobs')).body.parked === 1, 'the job to be put aside')
  const gaps = async () => (await w.api<Page<Gap>>('GET', '/gaps')).body.items.length
  await findGaps({ ...w.server.hub, runtime: { ...w.server.hub.runtime, now: () => Date.now() + 3_600_000 } })
  assert.equal(await gaps(), 0)
})

test('switched on again, what waited is worked through in order, and Zoom is asked again', async () => {
  // The watch has not looked since: that is a time of which events may be missing.
  await w.server.hub.db
    .updateTable('watch')
    .set({ alive_at: new Date(Date.now() - 3_600_000) })
    .execute()
  await turn('on')
  await w.settled()
  assert.equal((await w.api<Meeting>('GET', `/meetings/${made.id}`)).body.state, 'ended')
  const { items } = (await w.api<Page<Meeting>>('GET', '/meetings?q=Made')).body
  assert.deepEqual(
    items.map(({ topic }) => topic),
    ['Made at Zoom'],
  )
  await until(async () => (await w.api<JobsNow>('GET', '/jobs')).body.parked === 0, 'the job to go on')
  await until(
    async () => (await w.api<Page<Gap>>('GET', '/gaps')).body.items.some(({ cause }) => cause === 'away'),
    'what was missed to be looked for',
  )
  assert.equal((await plan('Geometry')).status, 201)
  assert.equal((await w.api<{ state: string }>('GET', connection)).body.state, 'connected')
})
