import assert from 'node:assert/strict'
import { after, afterEach, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '#core/ids.ts'
import { cronItems } from '#hub/jobs/tables.ts'
import { checkDriftOfHost } from '#hub/repair/drift-check.ts'
import { findUnheardSessions } from '#hub/repair/active-hosts.ts'
import { findGaps } from '#hub/repair/find.ts'
import { findLateRecordings } from '#hub/repair/recordings.ts'
import { repairGap } from '#hub/repair/repair.ts'
import { insertGap } from '#store/gaps.ts'
import { meetingByZoomId } from '#store/meetings.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const { now } = hub.runtime
beforeEach(() => w.zoom('DELETE', '/faults'))
afterEach(() => {
  hub.runtime.now = now
})
await w.zoom('PATCH', '/people/ada@school.example', { webinar: true })

const hour = 3_600_000
const day_s = 86_400

interface Planned {
  id: string
  zoom_meeting_id: string
  host_id: string
  topic: string
}
interface Session {
  uuid: string
  state: string
  ended_at: string
  attendees: number
  source: string
  report: { state: string }
}
interface Gap {
  id: string
  state: string
  cause: string
  sessions: number
  recordings: number
  unknown: string[]
}

interface Calls {
  calls: { path: string; status: number }[]
}

const runAt = async (key: string): Promise<Date | undefined> => {
  const { rows } = await sql<{ run_at: Date }>`
    select run_at from graphile_worker._private_jobs where key = ${key}`.execute(hub.db)
  return rows[0]?.run_at
}
const items = async <T>(path: string): Promise<T[]> => (await w.api<{ items: T[] }>('GET', path)).body.items
const sessionsOf = ({ id }: Planned): Promise<Session[]> => items(`/meetings/${id}/sessions`)
const recordingsOf = ({ id }: Planned): Promise<object[]> => items(`/recordings?meeting_id=${id}`)
const gaps = (): Promise<Gap[]> => items('/gaps')
const deaf = () => w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
const soon = (hours = 0) => new Date(Date.now() + 60_000 + hours * hour).toISOString()

async function plan(host: string, topic: string, more: object = {}): Promise<Planned> {
  const body = { host: `${host}@school.example`, kind: 'meeting', topic, start_time: soon(), duration: 30, ...more }
  const answer = await w.api<Planned>('POST', '/meetings', body)
  assert.ok(answer.body.id, answer.text)
  return answer.body
}

async function hold({ zoom_meeting_id }: Planned, people: string[], { record = false } = {}): Promise<void> {
  const path = `/meetings/${zoom_meeting_id}`
  await w.zoom('POST', `${path}/start`, {})
  for (const name of people) await w.zoom('POST', `${path}/join`, { name })
  if (record) await w.zoom('POST', `${path}/recording`, { action: 'start' })
  await w.zoom('POST', '/clock', { advance_s: 600 })
  await w.zoom('POST', `${path}/end`, {})
}

// Zoom's list of what is ahead has hosts and times, and no meeting's number: each gets a time of its own.
let plannedAtZoom = 0
/** Somebody plans something at Zoom itself. */
const planAtZoom = (host: string, topic: string, kind: 'meeting' | 'webinar' = 'meeting'): Promise<{ id: number }> =>
  w.zoom('POST', '/meetings', {
    host,
    kind,
    topic,
    start_time: new Date(Math.floor(Date.now() / 1000) * 1000 + 48 * hour + ++plannedAtZoom * 60_000).toISOString(),
  })

const known = (zoom_meeting_id: number) => meetingByZoomId(hub.db, w.workspace_id, String(zoom_meeting_id))

/** A gap around now, repaired at once. */
async function repair(since = new Date(Date.now() - hour)): Promise<Gap> {
  const id = newId('gap', Date.now())
  await insertGap(hub.db, {
    id,
    workspace_id: w.workspace_id,
    zoom_app_id: w.zoom_app_id,
    since,
    until: new Date(Date.now() + 6 * hour),
    cause: 'away',
    found_at: new Date(),
    repaired_at: null,
  })
  await repairGap({ gap_id: id, look: 1, failed: [] }, hub)
  const gap = (await gaps()).find((each) => each.id === id)
  assert.ok(gap)
  return gap
}

test('a recording that Zoom has ready two days late, without saying so, is found by night', async () => {
  await w.zoom('POST', '/clock', { advance_s: -2.5 * day_s })
  await w.zoom('PATCH', '/settings', { recording_delay_s: 2 * day_s })
  const meeting = await plan('grace', 'Recorded')
  await hold(meeting, ['Grace', 'Mia'], { record: true })
  await w.settled()
  await findLateRecordings(hub)
  assert.deepEqual(await recordingsOf(meeting), [], 'it is not ready')
  await deaf()
  await w.zoom('POST', '/clock', { advance_s: 2.5 * day_s - 600 })
  await w.settled()
  assert.deepEqual(await recordingsOf(meeting), [], 'nobody has heard of it')
  await findLateRecordings(hub)
  assert.equal((await recordingsOf(meeting)).length, 3)
  const before = await w.calls('recordingsList')
  assert.ok(before > 0)
  await findLateRecordings(hub)
  assert.equal(await w.calls('recordingsList'), before, 'what is there is not asked for again')
  await w.zoom('PATCH', '/settings', { recording_delay_s: 0 })
})

test('a run that was over before the gap has its recordings, which were ready in it', async () => {
  const meeting = await plan('grace', 'Over before')
  await w.zoom('PATCH', '/settings', { recording_delay_s: 1200 })
  await hold(meeting, ['Grace', 'Mia'], { record: true })
  await w.settled()
  const [{ ended_at } = { ended_at: '' }] = await sessionsOf(meeting)
  await deaf()
  await w.zoom('POST', '/clock', { advance_s: 1300 })
  await w.settled()
  assert.deepEqual(await recordingsOf(meeting), [], 'nobody has heard of them')
  await w.zoom('DELETE', '/faults')
  const since = new Date(new Date(ended_at).getTime() + 300_000)
  const gap = await repair(since)
  assert.equal(gap.recordings, 3)
  assert.equal((await recordingsOf(meeting)).length, 3)
  const before = await w.calls('recordingsList')
  await repair(since)
  assert.equal(await w.calls('recordingsList'), before, 'what is there is not asked for again')
  await w.zoom('PATCH', '/settings', { recording_delay_s: 0 })
  await w.zoom('POST', '/clock', { advance_s: -1900 })
})

test('where the past meetings are not told, the recordings are asked for all the same', async () => {
  const meeting = await plan('grace', 'Only its recordings')
  await w.zoom('PATCH', '/settings', { recording_delay_s: 1200 })
  await hold(meeting, ['Grace', 'Mia'], { record: true })
  await w.settled()
  await deaf()
  await w.zoom('POST', '/clock', { advance_s: 1300 })
  await w.settled()
  await w.zoom('DELETE', '/faults')
  await w.zoom('POST', '/faults', {
    match: { path: '/v2/report/users/{userId}/meetings' },
    action: { status: 400, body: { code: 200, message: 'No permission.' } },
    times: null,
  })
  await repair()
  assert.equal((await recordingsOf(meeting)).length, 3)
  await w.zoom('PATCH', '/settings', { recording_delay_s: 0 })
  await w.zoom('POST', '/clock', { advance_s: -1900 })
})

test('a webinar that was held while no event arrived is repaired like a meeting, with who was there', async () => {
  const webinar = await plan('ada', 'Missed by all', { kind: 'webinar' })
  await w.settled()
  await deaf()
  await hold(webinar, ['Ada', 'Max', 'Mia'])
  await w.settled()
  assert.deepEqual(await sessionsOf(webinar), [])
  await w.zoom('DELETE', '/faults')
  assert.ok((await repair()).sessions >= 1)
  await until(async () => (await sessionsOf(webinar))[0]?.report.state === 'done', 'the report')
  const [session] = await sessionsOf(webinar)
  assert.deepEqual([session?.state, session?.attendees, session?.source], ['ended', 3, 'report'])
})

test('when a busy app hears nothing for forty minutes, the hub reads by itself what happened', async () => {
  const meeting = await plan('grace', 'Unheard')
  const renamed = await plan('ada', 'Old name', { start_time: soon(48) })
  await w.settled()
  await findGaps(hub)
  await deaf()
  await hold(meeting, ['Grace', 'Tom'])
  await asZoom('PATCH', `/meetings/${renamed.zoom_meeting_id}`, { topic: 'New name' })
  await w.zoom('DELETE', '/faults')
  const before = await gaps()
  const watch = cronItems.find(({ name }) => name === 'gaps')
  assert.equal(watch?.schedule, '*/10 * * * *')
  for (const minutes of [10, 20, 30]) {
    hub.runtime.now = () => now() + minutes * 60_000
    await watch.run(hub)
  }
  assert.equal((await gaps()).length, before.length, 'half an hour without news is nothing')
  hub.runtime.now = () => now() + 45 * 60_000
  await watch.run(hub)
  hub.runtime.now = now
  await until(async () => (await sessionsOf(meeting))[0]?.state === 'ended', 'the session')
  await until(async () => ((await gaps())[0]?.sessions ?? 0) > 0, 'the gap to say so')
  assert.deepEqual([(await gaps()).length - before.length, (await gaps())[0]?.cause], [1, 'silence'])
  await until(async () => (await known(Number(renamed.zoom_meeting_id)))?.topic === 'New name', 'the new name')
})

test('a webinar that was planned, changed or deleted without an event is read by night', async () => {
  const webinar = await plan('ada', 'Before', { kind: 'webinar' })
  await w.settled()
  const { host_id } = webinar
  const byNight = () => checkDriftOfHost({ workspace_id: w.workspace_id, zoom_app_id: w.zoom_app_id, host_id }, hub)
  const topicOf = async () => (await w.api<Planned>('GET', `/meetings/${webinar.id}`)).body.topic
  await deaf()
  const path = `/webinars/${webinar.zoom_meeting_id}`
  await asZoom('PATCH', path, { topic: 'After' })
  const { id } = await planAtZoom(host_id, 'Unheard of', 'webinar')
  await byNight()
  await until(async () => (await topicOf()) === 'After', 'the new topic')
  await until(async () => (await known(id))?.kind === 'webinar', 'the webinar that nobody told of')
  await asZoom('DELETE', path)
  await byNight()
  assert.ok((await known(Number(webinar.zoom_meeting_id)))?.missing_since, 'it is noted as missing')
})

test('of a host without webinars only the meetings are listed, and of one whom Zoom refuses them none is missing', async () => {
  const webinar = await plan('ada', 'Kept', { kind: 'webinar' })
  const meeting = await plan('grace', 'Alone')
  await w.settled()
  const check = ({ host_id }: Planned) =>
    checkDriftOfHost({ workspace_id: w.workspace_id, zoom_app_id: w.zoom_app_id, host_id }, hub)
  await w.api('POST', `/zoom_users/${meeting.host_id}/meeting_options/refresh`)
  const asked = () => hub.db.selectFrom('host_settings').where('zoom_user_id', '=', meeting.host_id).selectAll()
  await until(async () => (await asked().execute()).length > 0, 'the settings of the host')
  const listed = async () => [await w.calls('meetings'), await w.calls('webinars')]
  const [meetings = 0, webinars] = await listed()
  await check(meeting)
  assert.deepEqual(await listed(), [meetings + 1, webinars])
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users/{userId}/webinars' },
    action: { status: 400, body: { code: 200, message: 'Webinar plan is missing.' } },
    times: 1,
  })
  await check(webinar)
  assert.equal((await known(Number(webinar.zoom_meeting_id)))?.missing_since, null)
})

test('what anybody in the account has planned while no event arrived is there after the repair', async () => {
  await plan('grace', 'Known')
  await w.settled()
  const someone = await w.zoom<{ id: string }>('POST', '/people', { email: 'new@school.example', type: 2 })
  await deaf()
  const { id } = await planAtZoom(someone.id, 'By somebody who never planned before')
  const { id: webinar } = await planAtZoom('ada@school.example', 'A webinar', 'webinar')
  await w.zoom('DELETE', '/faults')
  await repair()
  await until(async () => (await known(id)) !== undefined, 'the meeting', 120)
  await until(async () => (await known(webinar)) !== undefined, 'the webinar', 120)
  assert.equal((await known(id))?.topic, 'By somebody who never planned before')
})

test('what somebody held of whom nothing was ever heard is there after the repair', async () => {
  const someone = await w.zoom<{ id: string }>('POST', '/people', { email: 'first@school.example', type: 2 })
  await deaf()
  const { id } = await planAtZoom(someone.id, 'A first meeting')
  await hold({ zoom_meeting_id: String(id) } as Planned, ['First', 'Second'])
  await w.zoom('DELETE', '/faults')
  await repair()
  const meeting = await known(id)
  assert.ok(meeting)
  assert.equal((await sessionsOf({ id: meeting.id } as Planned))[0]?.state, 'ended')
})

test('what was held in a silence that nobody noticed is found by night', async () => {
  await w.zoom('POST', '/clock', { advance_s: -day_s })
  const someone = await w.zoom<{ id: string }>('POST', '/people', { email: 'unheard@school.example', type: 2 })
  await deaf()
  const { id } = await planAtZoom(someone.id, 'Unheard')
  await hold({ zoom_meeting_id: String(id) } as Planned, ['First', 'Second'])
  await w.zoom('POST', '/clock', { advance_s: day_s })
  await w.zoom('DELETE', '/faults')
  const before = new Set((await gaps()).map((gap) => gap.id))
  const fresh = async () => (await gaps()).filter((gap) => !before.has(gap.id))
  await findUnheardSessions(hub)
  const meeting = await known(id)
  assert.ok(meeting)
  assert.equal((await sessionsOf({ id: meeting.id } as Planned))[0]?.state, 'ended')
  assert.deepEqual(
    (await fresh()).map(({ state, cause, sessions }) => [state, cause, sessions]),
    [['repaired', 'silence', 1]],
  )
  await until(async () => (await sessionsOf({ id: meeting.id } as Planned))[0]?.report.state === 'done', 'the report')
  const calls = await w.calls()
  await findUnheardSessions(hub)
  assert.equal((await fresh()).length, 1, 'it is found once')
  assert.ok((await w.calls()) - calls <= 3)
})

test('what was changed or deleted at Zoom while no event arrived is known after the repair, and gone only when Zoom says so twice', async () => {
  const in2Days = { start_time: soon(48) }
  const [renamed, deleted] = [await plan('grace', 'Old name', in2Days), await plan('grace', 'Deleted', in2Days)]
  await w.settled()
  await deaf()
  await asZoom('PATCH', `/meetings/${renamed.zoom_meeting_id}`, { topic: 'New name' })
  await asZoom('DELETE', `/meetings/${deleted.zoom_meeting_id}`)
  await w.settled()
  await w.zoom('DELETE', '/faults')
  await repair()
  await until(async () => (await known(Number(renamed.zoom_meeting_id)))?.topic === 'New name', 'the new name')
  const calls = async () => (await w.zoom<Calls>('GET', '/calls')).calls
  await until(
    async () => (await calls()).some(({ path, status }) => path.endsWith(deleted.zoom_meeting_id) && status === 404),
    'the meeting to be asked for',
  )
  const row = await known(Number(deleted.zoom_meeting_id))
  assert.equal(row?.state, 'scheduled', 'one answer may be wrong')
  const later = `fetch_meeting:${w.workspace_id}:${deleted.zoom_meeting_id}:later`
  await until(async () => (await runAt(later)) !== undefined, 'the second question')
  const wait_ms = ((await runAt(later))?.getTime() ?? 0) - Date.now()
  assert.ok(wait_ms > 50 * 60_000 && wait_ms <= 60 * 60_000, `${wait_ms} ms`)
})

test('where Zoom does not tell what the account has planned, the known hosts are listed', async () => {
  const { host_id } = await plan('grace', 'Known, too')
  await w.settled()
  await deaf()
  const { id } = await planAtZoom(host_id, 'Planned meanwhile')
  await w.zoom('DELETE', '/faults')
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/report/upcoming_events' },
    action: { status: 400, body: { code: 200, message: 'No permission.' } },
    times: null,
  })
  await repair()
  await until(async () => (await known(id)) !== undefined, 'the meeting', 120)
})

async function asZoom(method: string, path: string, body?: object): Promise<void> {
  const token = await fetch(`${w.simulatorUrl}/oauth/token?grant_type=account_credentials&account_id=sim-account`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('sim-s2s:sim-s2s-secret')}` },
  })
  const { access_token } = (await token.json()) as { access_token: string }
  const answer = await fetch(`${w.simulatorUrl}/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}` },
    ...(body && { body: JSON.stringify(body) }),
  })
  assert.ok(answer.ok, await answer.text())
}
