import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, test } from 'node:test'
import { findLateRecordings } from '#hub/repair/recordings.ts'
import type { SetupGuide } from '#hub/resources.ts'
import { simApp, until, world } from './world.ts'

// An app that hears what our own words tell to choose, and nothing else.
const w = await world({ after }, { connected: false })
const { hub } = w.server
const day_ms = 86_400_000
afterEach(() => w.zoom('DELETE', '/faults'))

const { body: guide } = await w.api<SetupGuide>(
  'GET',
  '/zoom_app_guide?purposes=recordings,reports&kind=server_to_server',
)
const { body: app } = await w.api<{ id: string }>('POST', '/zoom_apps', simApp(w.simulatorUrl))
const subscribe = (events: readonly string[]): Promise<{ id: string }> =>
  w.zoom('POST', '/apps/sim-s2s/subscriptions', { url: `${w.hubUrl}/zoom/webhooks/${app.id}`, events })
const subscription = await subscribe(guide.events)
await until(async () => (await items('/zoom_users')).length > 0, 'the users of the account')

interface Planned {
  id: string
  zoom_meeting_id: string
  host_id: string
}

async function items<T>(path: string): Promise<T[]> {
  return (await w.api<{ items: T[] }>('GET', path)).body.items
}
const recordingsOf = ({ id }: Planned): Promise<object[]> => items(`/recordings?meeting_id=${id}`)

/** A class whose recording is ready later, of which no event arrives. */
async function hold(host: string, { record }: { record: boolean }): Promise<Planned> {
  const start_time = new Date(Date.now() + 60_000).toISOString()
  const body = { host: `${host}@school.example`, topic: 'Algebra', start_time, duration: 30 }
  const meeting = (await w.api<Planned>('POST', '/meetings', body)).body
  const path = `/meetings/${meeting.zoom_meeting_id}`
  await w.zoom('PATCH', '/settings', { recording_delay_s: 1200 })
  await w.zoom('POST', `${path}/start`, {})
  for (const name of ['Ada', 'Mia']) await w.zoom('POST', `${path}/join`, { name })
  if (record) await w.zoom('POST', `${path}/recording`, { action: 'start' })
  await w.zoom('POST', '/clock', { advance_s: 600 })
  await w.zoom('POST', `${path}/end`, {})
  await w.settled()
  return meeting
}

async function readyUnheard(): Promise<void> {
  await w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
  await w.zoom('POST', '/clock', { advance_s: 1300 })
  await w.settled()
  await w.zoom('DELETE', '/faults')
}

/** How often Zoom was asked for the recordings of this host in the night so many days later. */
async function night(days: number, { host_id }: Planned): Promise<number> {
  const asked = async () => {
    const { calls } = await w.zoom<{ calls: { path: string }[] }>('GET', '/calls')
    return calls.filter(({ path }) => path.includes(`/users/${host_id}/recordings`)).length
  }
  const before = await asked()
  await findLateRecordings({ ...hub, runtime: { ...hub.runtime, now: () => Date.now() + days * day_ms } })
  return (await asked()) - before
}

test('the page and the assistant tell to choose the same events of recordings', () => {
  const page = readFileSync(new URL('../docs/zoom.md', import.meta.url), 'utf8')
  const row = page.match(/^\| Recording \|.*$/m)?.[0] ?? ''
  const told: string[] = row.match(/recording\.\w+/g) ?? []
  assert.ok(told.includes('recording.started'))
  assert.deepEqual(
    told.toSorted((a, b) => a.localeCompare(b)),
    guide.events.filter((name) => name.startsWith('recording.')),
  )
})

test('a late recording of a run that was recorded is found in any night of the week; of others nothing is asked', async () => {
  const [recorded, unrecorded] = [await hold('grace', { record: true }), await hold('ada', { record: false })]
  assert.equal(await night(0.5, recorded), 0, 'it is not late yet')
  assert.equal(await night(1.5, recorded), 1)
  assert.deepEqual(await recordingsOf(recorded), [])
  await readyUnheard()
  assert.equal(await night(5.5, recorded), 1)
  assert.equal((await recordingsOf(recorded)).length, 3)
  assert.equal(await night(5.6, recorded), 0, 'what is there is not asked for again')
  assert.equal(await night(1.5, unrecorded), 0)
})

test('where the beginning of recordings is not told, a run is looked for after a day and after three; a call that failed is made again', async () => {
  await w.zoom('DELETE', `/apps/sim-s2s/subscriptions/${subscription.id}`)
  await subscribe(guide.events.filter((name) => name !== 'recording.started'))
  await hub.db.deleteFrom('app_event').where('event', '=', 'recording.started').execute()
  const meeting = await hold('grace', { record: true })
  assert.equal(await night(1.2, meeting), 1)
  assert.equal(await night(2.2, meeting), 0)
  await readyUnheard()
  await w.zoom('POST', '/faults', {
    match: { path: `/v2/users/${meeting.host_id}/recordings` },
    action: { status: 400, body: { code: 300, message: 'Not now.' } },
    times: 1,
  })
  assert.equal(await night(3.2, meeting), 1)
  assert.deepEqual(await recordingsOf(meeting), [])
  assert.equal(await night(4.2, meeting), 1)
  assert.equal((await recordingsOf(meeting)).length, 3)
  assert.equal(await night(5.2, meeting), 0)
})
