import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { newId } from '#core/ids.ts'
import { checkDrift, checkDriftOfHost } from '#hub/repair/drift-check.ts'
import { findLateRecordings } from '#hub/repair/recordings.ts'
import { repairGap } from '#hub/repair/repair.ts'
import { insertGap } from '#store/gaps.ts'
import { meetingByZoomId } from '#store/meetings.ts'
import { consented } from './at-zoom.ts'
import { until, world } from './world.ts'

// An app to which each user consents for themselves: such a token says `me`, and speaks of nobody else.
const w = await world({ after }, { connected: false })
const { hub } = w.server
beforeEach(() => w.zoom('DELETE', '/faults'))

const hour = 3_600_000
const day_s = 86_400

const { body: app } = await w.api<{ id: string }>('POST', '/zoom_apps', {
  kind: 'user_managed',
  name: 'user',
  client_id: 'sim-user-app',
  client_secret: 'sim-user-secret',
  secret_token: 'sim-user-app-webhook',
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})
await w.zoom('POST', '/apps/sim-user-app/subscriptions', { url: `${w.hubUrl}/zoom/webhooks/${app.id}`, events: ['*'] })

interface Connection {
  id: string
  zoom_user_id: string
  zoom_user_email: string
}
interface Planned {
  id: string
  zoom_meeting_id: string
  host_id: string
  topic: string
}
interface Gap {
  id: string
  sessions: number
  recordings: number
}

const items = async <T>(path: string): Promise<T[]> => (await w.api<{ items: T[] }>('GET', path)).body.items
const grace = await consented<Connection>(w, app.id, 'grace@school.example')
const ada = await consented<Connection>(w, app.id, 'ada@school.example')

async function plan(of: Connection, topic: string): Promise<Planned> {
  const start_time = new Date(Date.now() + 60_000).toISOString()
  const body = { connection_id: of.id, host: 'me', topic, start_time, duration: 30 }
  const answer = await w.api<Planned>('POST', '/meetings', body)
  assert.ok(answer.body.id, answer.text)
  return answer.body
}

async function hold({ zoom_meeting_id }: Planned, { record = false } = {}): Promise<void> {
  const path = `/meetings/${zoom_meeting_id}`
  await w.zoom('POST', `${path}/start`, {})
  for (const name of ['Grace', 'Mia']) await w.zoom('POST', `${path}/join`, { name })
  if (record) await w.zoom('POST', `${path}/recording`, { action: 'start' })
  await w.zoom('POST', '/clock', { advance_s: 600 })
  await w.zoom('POST', `${path}/end`, {})
}

const known = (zoom_meeting_id: number) => meetingByZoomId(hub.db, w.workspace_id, String(zoom_meeting_id))
const recordingsOf = ({ id }: Planned): Promise<object[]> => items(`/recordings?meeting_id=${id}`)
const deaf = () => w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
const planAtZoom = (host: string, topic: string): Promise<{ id: number }> =>
  w.zoom('POST', '/meetings', { host, topic, start_time: new Date(Date.now() + 48 * hour).toISOString() })

/** What Zoom has refused to tell of a user meanwhile. */
async function refusals(work: () => Promise<void>): Promise<unknown[]> {
  type Calls = { calls: { path: string; status: number }[] }
  const calls = async () => (await w.zoom<Calls>('GET', '/calls')).calls
  const before = (await calls()).length
  await work()
  return (await calls()).slice(before).filter(({ path, status }) => path.includes('/users/') && status >= 400)
}

test('what each user has planned at Zoom without an event is read by night, by the consent of that user', async () => {
  await plan(grace, 'Of Grace')
  await plan(ada, 'Of Ada')
  await w.settled()
  await deaf()
  const unheard = [
    await planAtZoom('grace@school.example', 'Unheard, of Grace'),
    await planAtZoom('ada@school.example', 'Unheard, of Ada'),
  ]
  const refused = await refusals(async () => {
    await checkDrift(hub)
    for (const { id } of unheard) await until(async () => (await known(id)) !== undefined, 'what nobody told of')
  })
  assert.deepEqual(refused, [])
  const rows = await Promise.all(unheard.map(({ id }) => known(id)))
  assert.deepEqual(
    rows.map((row) => [row?.host_id, row?.connection_id]),
    [grace, ada].map(({ id, zoom_user_id }) => [zoom_user_id, id]),
  )
})

test('after a gap each user’s own consent tells what was held, recorded and planned', async () => {
  const meeting = await plan(ada, 'Missed')
  await w.settled()
  await deaf()
  await hold(meeting, { record: true })
  const { id: unheard } = await planAtZoom('grace@school.example', 'Planned in the gap')
  await w.settled()
  await w.zoom('DELETE', '/faults')
  const gap_id = newId('gap', Date.now())
  await insertGap(hub.db, {
    id: gap_id,
    workspace_id: w.workspace_id,
    zoom_app_id: app.id,
    since: new Date(Date.now() - hour),
    until: new Date(Date.now() + 6 * hour),
    cause: 'away',
    found_at: new Date(),
    repaired_at: null,
  })
  const refused = await refusals(async () => {
    await repairGap({ gap_id, look: 1, failed: [] }, hub)
    await until(async () => (await known(unheard)) !== undefined, 'what was planned')
  })
  assert.deepEqual(refused, [])
  const gap = (await items<Gap>('/gaps')).find(({ id }) => id === gap_id)
  assert.deepEqual([gap?.sessions, gap?.recordings], [1, 3])
  assert.equal((await recordingsOf(meeting)).length, 3)
  assert.equal((await known(unheard))?.connection_id, grace.id)
})

test('of a host who has not consented nobody else’s consent is asked', async () => {
  const { id: host_id } = await w.zoom<{ id: string }>('POST', '/people', { email: 'new@school.example', type: 2 })
  const before = await w.calls()
  await checkDriftOfHost({ workspace_id: w.workspace_id, zoom_app_id: app.id, host_id }, hub)
  assert.equal(await w.calls(), before)
})

test('a recording of a user’s own that is late is found by night', async () => {
  await w.zoom('POST', '/clock', { advance_s: -2.5 * day_s })
  const meeting = await plan(ada, 'Recorded')
  await w.zoom('PATCH', '/settings', { recording_delay_s: 2 * day_s })
  await hold(meeting, { record: true })
  await w.settled()
  await deaf()
  await w.zoom('POST', '/clock', { advance_s: 2.5 * day_s - 600 })
  await w.settled()
  assert.deepEqual(await recordingsOf(meeting), [])
  await findLateRecordings(hub)
  assert.equal((await recordingsOf(meeting)).length, 3)
  await w.zoom('PATCH', '/settings', { recording_delay_s: 0 })
})
