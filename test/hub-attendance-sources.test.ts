import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { newId } from '#core/ids.ts'
import { correctAttendance } from '#hub/attendance/report.ts'
import { insertGap } from '#store/gaps.ts'
import { until, world } from './world.ts'

interface Session {
  uuid: string
  attendees: number
  source: string
  report: { state: string; reason: string | null }
}

const w = await world({ after })
afterEach(() => w.zoom('DELETE', '/faults'))

const { scope } = await w.server.hub.db.selectFrom('connection').select('scope').executeTakeFirstOrThrow()
const fault = (path: string, status: number, code: number, message: string, times: number | null = null) =>
  w.zoom('POST', '/faults', { match: { path }, action: { status, body: { code, message } }, times })

/** Calls of the report and of the dashboard. */
const refusable = async (): Promise<number> =>
  (await w.zoom<{ calls: { path: string }[] }>('GET', '/calls')).calls.filter(({ path }) =>
    /\/(report|metrics)\//.test(path),
  ).length

/** A meeting of two people, or of one, held and over. */
async function held(topic: string, { alone = false } = {}): Promise<{ id: string; session: () => Promise<Session> }> {
  const { body } = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic,
    start_time: new Date(Date.now() + 60_000).toISOString(),
    duration: 30,
  })
  const at = `/meetings/${body.zoom_meeting_id}`
  await w.zoom('POST', `${at}/start`, {})
  await w.zoom('POST', `${at}/join`, { name: 'Ada Lovelace', email: 'ada@school.example' })
  if (!alone) await w.zoom('POST', `${at}/join`, { name: 'Grace Hopper', email: 'grace@school.example' })
  await w.zoom('POST', '/clock', { advance_s: 1800 })
  await w.zoom('POST', `${at}/end`, {})
  await w.settled()
  const session = async () => {
    const [found] = (await w.api<{ items: Session[] }>('GET', `/meetings/${body.id}/sessions`)).body.items
    assert.ok(found)
    return found
  }
  return { id: body.id, session }
}

test('an account whose plan has no reports and no dashboard is told of by the past meeting, and the session says so', async () => {
  await fault('/v2/report/*', 400, 200, 'No permission.')
  await fault('/v2/metrics/*', 400, 200, 'Only available for Business plan')
  const { session } = await held('No reports')
  await until(async () => (await session()).report.state === 'done', 'the participants')
  const { source, attendees, report } = await session()
  assert.deepEqual([source, attendees], ['past_participants', 2])
  assert.match(report.reason ?? '', /report: .*No permission\..*dashboard: .*Business plan/)
})

test('where only the report is refused, the dashboard tells who was there', async () => {
  await fault('/v2/report/*', 400, 200, 'No permission.')
  const { session } = await held('Dashboard')
  await until(async () => (await session()).report.state === 'done', 'the dashboard')
  const { source, attendees } = await session()
  assert.deepEqual([source, attendees], ['dashboard', 2])
})

test('what the scopes do not allow is not asked for', async () => {
  const few = 'meeting:read:list_past_participants:admin'
  await w.server.hub.db.updateTable('connection').set({ scope: few }).execute()
  const before = await refusable()
  const { session } = await held('Few scopes')
  await until(async () => (await session()).report.state === 'done', 'the participants')
  const { source, report } = await session()
  assert.equal(source, 'past_participants')
  assert.match(report.reason ?? '', /report: the app has no scope for GET \/report\/meetings/)
  assert.equal(await refusable(), before)
  await w.server.hub.db.updateTable('connection').set({ scope }).execute()
})

test('a report that names fewer people than were seen changes nothing, and is asked for again', async () => {
  const one = { participants: [{ id: '', user_id: '16778240', name: 'Ada Lovelace' }], next_page_token: '' }
  for (const path of ['/v2/report/*', '/v2/metrics/*', '/v2/past_meetings/*'])
    await w.zoom('POST', '/faults', { match: { path }, action: { status: 200, body: one }, times: 1 })
  const { id, session } = await held('Emptier')
  await until(async () => /tells of 1 people/.test((await session()).report.reason ?? ''), 'the emptier answer')
  const { source, attendees, report, uuid } = await session()
  assert.deepEqual([source, attendees, report.state], ['events', 2, 'waiting'])
  await correctAttendance({ workspace_id: w.workspace_id, meeting_id: id, uuid, asked: 1 }, w.server.hub)
  const later = await session()
  assert.deepEqual([later.source, later.report.state, later.report.reason], ['report', 'done', null])
})

test('a report that comes late takes the place of what was found until then', async () => {
  await fault('/v2/report/*', 404, 3001, 'Meeting not found or has expired.')
  await fault('/v2/metrics/*', 400, 200, 'Only available for Business plan')
  const { id, session } = await held('Late')
  await until(async () => (await session()).source === 'past_participants', 'the participants')
  assert.equal((await session()).report.state, 'waiting')
  await w.zoom('DELETE', '/faults')
  const { uuid } = await session()
  await correctAttendance({ workspace_id: w.workspace_id, meeting_id: id, uuid, asked: 3 }, w.server.hub)
  const { source, attendees, report } = await session()
  assert.deepEqual([source, attendees, report.state], ['report', 2, 'done'])
})

test('Zoom in trouble is no refusal: the same source is asked again', async () => {
  await fault('/v2/report/*', 500, 0, 'Internal error', 1)
  const { session } = await held('Trouble')
  await until(async () => (await session()).report.state === 'done', 'the report')
  assert.equal((await session()).source, 'report')
})

test('of a session whose people no event told of, a report that is not there yet is asked for again', async () => {
  await fault('/v2/report/*', 404, 3001, 'Meeting not found or has expired.')
  await fault('/v2/metrics/*', 404, 3001, 'Meeting not found or has expired.')
  await fault('/v2/past_meetings/*', 404, 3001, 'Meeting not found or has expired.')
  for (const event of ['meeting.participant_joined', 'meeting.participant_left'])
    await w.zoom('POST', '/faults', { on: 'webhook', match: { event }, action: { drop: true }, times: null })
  const { id, session } = await held('Nobody seen')
  await until(async () => (await session()).report.reason !== null, 'the first answer')
  const { attendees, report, uuid } = await session()
  assert.deepEqual([attendees, report.state], [0, 'waiting'])
  await w.zoom('DELETE', '/faults')
  await correctAttendance({ workspace_id: w.workspace_id, meeting_id: id, uuid, asked: 1 }, w.server.hub)
  const later = await session()
  assert.deepEqual([later.source, later.attendees, later.report.state], ['report', 2, 'done'])
})

test('one who was seen alone was alone, unless events may have been lost meanwhile', async () => {
  await fault('/v2/report/*', 404, 3001, 'Meeting not found or has expired.')
  const { session } = await held('Alone', { alone: true })
  await until(async () => (await session()).report.state === 'unavailable', 'the report to be given up')
  assert.match((await session()).report.reason ?? '', /two or more people/)
  await insertGap(w.server.hub.db, {
    id: newId('gap', Date.now()),
    workspace_id: w.workspace_id,
    zoom_app_id: w.zoom_app_id,
    since: new Date(Date.now() - 60_000),
    until: new Date(Date.now() + 48 * 3_600_000),
    cause: 'away',
    found_at: new Date(),
    repaired_at: null,
  })
  await fault('/v2/metrics/*', 404, 3001, 'Meeting not found or has expired.')
  await fault('/v2/past_meetings/*', 404, 3001, 'Meeting not found or has expired.')
  const { session: inGap } = await held('Alone in a gap', { alone: true })
  await until(async () => (await inGap()).report.reason !== null, 'the first answer')
  assert.equal((await inGap()).report.state, 'waiting')
})
