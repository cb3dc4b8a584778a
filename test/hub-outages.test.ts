import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '#core/ids.ts'
import { driftOf } from '#hub/repair/drift.ts'
import { checkDriftOfHost } from '#hub/repair/drift-check.ts'
import { findGaps } from '#hub/repair/find.ts'
import { gapOf } from '#hub/repair/gap.ts'
import { repairGap } from '#hub/repair/repair.ts'
import { insertGap } from '#store/gaps.ts'
import { meetingByZoomId } from '#store/meetings.ts'
import { unparkJobs } from '#store/parked-jobs.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
beforeEach(() => w.zoom('DELETE', '/faults'))

const hour = 3_600_000
const at = (minutes: number): Date => new Date(Date.UTC(2026, 0, 1, 8, minutes))

interface Meeting {
  id: string
  zoom_meeting_id: string
  host_id: string
  state: string
  topic: string
}
interface Session {
  uuid: string
  state: string
  attendees: number
  source: string
  report: { state: string }
}
interface Gap {
  id: string
  state: string
  cause: string
  hosts: number
  sessions: number
  recordings: number
  unknown: string[]
}

const plan = async (host: string, topic: string): Promise<Meeting> =>
  (
    await w.api<Meeting>('POST', '/meetings', {
      host: `${host}@school.example`,
      topic,
      start_time: new Date(Date.now() + 60_000).toISOString(),
      duration: 30,
    })
  ).body
const sessionsOf = async ({ id }: Meeting): Promise<Session[]> =>
  (await w.api<{ items: Session[] }>('GET', `/meetings/${id}/sessions`)).body.items
const gapsSeen = async (): Promise<Gap[]> => (await w.api<{ items: Gap[] }>('GET', '/gaps')).body.items

/** No job is due any more: what a repair left to do would otherwise ask Zoom amid the next test. */
const allDone = () =>
  until(async () => {
    const { rows } =
      await sql`select from graphile_worker.jobs where run_at <= now() and attempts < max_attempts`.execute(hub.db)
    return rows.length === 0
  }, 'every job to be done')
const deaf = () => w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })

async function hold({ zoom_meeting_id }: Meeting, people: string[], record = false): Promise<void> {
  const path = `/meetings/${zoom_meeting_id}`
  await w.zoom('POST', `${path}/start`, {})
  for (const name of people) await w.zoom('POST', `${path}/join`, { name })
  if (record) await w.zoom('POST', `${path}/recording`, { action: 'start' })
  await w.zoom('POST', '/clock', { advance_s: 600 })
  await w.zoom('POST', `${path}/end`, {})
}

/** A gap around now, repaired at once. */
async function repair(look: 1 | 2 = 1): Promise<Gap> {
  const now = Date.now()
  const id = newId('gap', now)
  await insertGap(hub.db, {
    id,
    workspace_id: w.workspace_id,
    zoom_app_id: w.zoom_app_id,
    since: new Date(now - hour),
    until: new Date(now + 6 * hour),
    cause: 'away',
    found_at: new Date(now),
    repaired_at: null,
  })
  await repairGap({ gap_id: id, look, failed: [] }, hub)
  const gap = (await gapsSeen()).find((each) => each.id === id)
  assert.ok(gap)
  return gap
}

test('a gap is the time in which nobody was there, or in which a busy account was silent', () => {
  const calm = { alive_at: at(50), known_until: at(0), last_event: at(10), isBusy: false }
  assert.equal(gapOf(calm, at(60)), undefined)
  assert.deepEqual(gapOf({ ...calm, alive_at: at(20) }, at(60)), { since: at(20), until: at(60), cause: 'away' })
  assert.deepEqual(gapOf({ ...calm, isBusy: true }, at(60)), { since: at(10), until: at(60), cause: 'silence' })
  assert.equal(gapOf({ ...calm, isBusy: true, known_until: at(40) }, at(60)), undefined, 'repaired already')
  assert.equal(gapOf({ ...calm, isBusy: true, last_event: at(30) }, at(60)), undefined)
})

test('what was held while no event arrived is there after the repair, and reaches integrations as news', async () => {
  const [ada, grace] = [await plan('ada', 'Missed'), await plan('grace', 'Recorded and missed')]
  await w.settled()
  await deaf()
  await hold(ada, ['Ada', 'Max'])
  await hold(grace, ['Grace', 'Mia', 'Tom'], true)
  await w.zoom('POST', '/clock', { advance_s: 3600 })
  await w.settled()
  assert.deepEqual([await sessionsOf(ada), await sessionsOf(grace)], [[], []])
  await w.zoom('DELETE', '/faults')
  const before = await w.calls()
  const gap = await repair()
  assert.deepEqual([gap.state, gap.hosts, gap.sessions, gap.unknown], ['repaired', 2, 2, []])
  assert.ok(gap.recordings > 0)
  await until(async () => (await sessionsOf(grace))[0]?.report.state === 'done', 'the report')
  await until(async () => (await sessionsOf(ada))[0]?.report.state === 'done', 'the report')
  assert.ok(
    (await w.calls()) - before <= 8,
    'a list for each host, the recordings of one, two reports, who held more, the plans of all, and one with a token that has expired',
  )
  const [held] = await sessionsOf(grace)
  assert.deepEqual([held?.state, held?.attendees, held?.source], ['ended', 3, 'report'])
  const news = await hub.db
    .selectFrom('hub_event')
    .select(['type', 'cause'])
    .where('uuid', '=', held?.uuid ?? '')
    .orderBy('id')
    .execute()
  assert.deepEqual(
    new Set(news.map(({ type, cause }) => `${cause} ${type}`)),
    new Set(['repair session.started', 'repair session.ended', 'repair recording.ready', 'repair attendance.changed']),
  )
  const again = await w.calls()
  assert.deepEqual((await repair()).sessions, 0)
  assert.ok((await w.calls()) - again <= 5, 'what is known is not read again; who held more is asked once more')
})

test('a run whose end was missed is over after the repair, even of one person', async () => {
  const meeting = await plan('ada', 'Alone')
  await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/start`, {})
  await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/join`, { name: 'Ada' })
  await w.settled()
  await deaf()
  await w.zoom('POST', '/clock', { advance_s: 60 })
  await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/end`, {})
  await w.zoom('DELETE', '/faults')
  await repair()
  assert.equal((await sessionsOf(meeting))[0]?.state, 'ended')
})

test('what Zoom does not tell is listed, after a second look', async () => {
  const nobody = await plan('ada', 'Nobody came')
  await w.settled()
  assert.equal((await repair()).state, 'repairing')
  const gap = await repair(2)
  assert.equal(gap.state, 'repaired')
  assert.match(gap.unknown.join(), new RegExp(`Nobody came.*${nobody.zoom_meeting_id}.*Zoom tells of no run`))
  await w.api('DELETE', `/meetings/${nobody.id}`)
})

test('without the scope for reports the runs of planned meetings are read one by one', async () => {
  const { scope } = await hub.db.selectFrom('connection').select('scope').executeTakeFirstOrThrow()
  const meeting = await plan('ada', 'No report scope')
  await w.settled()
  await deaf()
  await hold(meeting, ['Ada', 'Max'])
  await w.zoom('DELETE', '/faults')
  await hub.db
    .updateTable('connection')
    .set({ scope: 'meeting:read:list_past_instances:admin meeting:read:past_meeting:admin' })
    .execute()
  const gap = await repair()
  await hub.db.updateTable('connection').set({ scope }).execute()
  assert.equal((await sessionsOf(meeting))[0]?.state, 'ended')
  assert.match(gap.unknown.join(), /no scope for GET .report.users/)
})

test('a host whose list fails is asked again at the second look, the others are not, and what cannot be told stays listed', async () => {
  const [ada, grace] = [await plan('ada', 'List fails'), await plan('grace', 'List works')]
  await w.settled()
  await deaf()
  await hold(ada, ['Ada', 'Max'])
  await hold(grace, ['Grace', 'Mia'])
  await w.zoom('DELETE', '/faults')
  const path = `/v2/report/users/${ada.host_id}/meetings`
  await w.zoom('POST', '/faults', {
    match: { path },
    action: { status: 400, body: { code: 300, message: 'Not this host.' } },
    times: null,
  })
  const first = await repair()
  assert.equal(first.state, 'repairing')
  assert.match(first.unknown.join(), /Not this host\./)
  assert.equal((await sessionsOf(grace))[0]?.state, 'ended')
  const { rows } = await sql<{ payload: { failed: string[] } }>`
    select payload from graphile_worker._private_jobs where key = ${`repair_gap:${first.id}:2`}`.execute(hub.db)
  const payload = rows[0]?.payload
  assert.deepEqual(payload?.failed, [ada.host_id])
  await repairGap(payload, hub)
  const second = (await gapsSeen()).find(({ id }) => id === first.id)
  assert.equal(second?.state, 'repaired')
  assert.match(second.unknown.join(), /Not this host\./)
})

test('trouble with one open run does not undo the repair of the others', async () => {
  const [open, missed] = [await plan('ada', 'Still open'), await plan('grace', 'Missed beside it')]
  await w.zoom('POST', `/meetings/${open.zoom_meeting_id}/start`, {})
  await w.settled()
  await deaf()
  await hold(missed, ['Grace', 'Tom'])
  await w.zoom('DELETE', '/faults')
  await w.zoom('POST', '/faults', {
    match: { path: '/v2/past_meetings/*' },
    action: { status: 500, body: { code: 0, message: 'Internal error' } },
    times: null,
  })
  const gap = await repair()
  assert.deepEqual([gap.state, gap.sessions], ['repairing', 1])
  assert.match(gap.unknown.join(), /Whether “Still open” has ended/)
  await w.zoom('DELETE', '/faults')
  await w.zoom('POST', `/meetings/${open.zoom_meeting_id}/end`, {})
  await w.settled()
})

/** The look that is planned for a gap, as its job has it. */
const planned = async (gap: Gap) => {
  const { rows } = await sql<{ payload: { look: number; failed: string[] }; run_at: Date }>`
    select payload, run_at from graphile_worker._private_jobs where key like ${`repair_gap:${gap.id}:%`}`.execute(
    hub.db,
  )
  return rows[0]
}
const again = async (gap: Gap) => (await gapsSeen()).find(({ id }) => id === gap.id)

test('what Zoom could not be asked is asked for again until it answers, ever more seldom', async () => {
  const meeting = await plan('ada', 'Zoom is in trouble')
  await w.settled()
  await deaf()
  await hold(meeting, ['Ada', 'Max'])
  await w.zoom('DELETE', '/faults')
  await w.zoom('POST', '/faults', {
    match: { path: `/v2/report/users/${meeting.host_id}/meetings` },
    action: { status: 500, body: { code: 500, message: 'Internal Server Error' } },
    times: null,
  })
  const gap = await repair()
  const pauses: number[] = []
  for (const look of [2, 3]) {
    const next = await planned(gap)
    assert.equal(next?.payload.look, look)
    pauses.push(Math.round((next.run_at.getTime() - Date.now()) / hour))
    await repairGap(next.payload, hub)
    await sql`delete from graphile_worker._private_jobs where key = ${`repair_gap:${gap.id}:${look}`}`.execute(hub.db)
    const now = await again(gap)
    assert.equal(now?.state, 'repairing')
    assert.match(now.unknown.join(), /What host .* held: .*Internal Server Error/)
    assert.ok(!now.unknown.join().includes('Zoom tells of no run'), 'nobody says that nobody came')
  }
  assert.deepEqual(pauses, [1, 2])
  await w.zoom('DELETE', '/faults')
  await repairGap((await planned(gap))?.payload, hub)
  const over = await again(gap)
  assert.deepEqual([over?.state, over?.unknown], ['repaired', []])
  assert.equal((await sessionsOf(meeting))[0]?.state, 'ended')
})

test('what waits for a connection is read as soon as it is mended', async () => {
  const meeting = await plan('ada', 'Not connected')
  await w.settled()
  await deaf()
  await hold(meeting, ['Ada', 'Max'])
  await w.zoom('DELETE', '/faults')
  const set = (state: 'connected' | 'disconnected') => hub.db.updateTable('connection').set({ state }).execute()
  await set('disconnected')
  const gap = await repair()
  await repairGap((await planned(gap))?.payload, hub)
  assert.match((await again(gap))?.unknown.join() ?? '', /Zoom is not connected/)
  await set('connected')
  await hub.db.transaction().execute((trx) => unparkJobs(trx, w.connection_id))
  await until(async () => (await again(gap))?.state === 'repaired', 'the repair')
  assert.equal((await sessionsOf(meeting))[0]?.state, 'ended')
})

test('a start after a time away finds the gap, once', async () => {
  await findGaps(hub)
  await hub.db
    .updateTable('watch')
    .set({ alive_at: new Date(Date.now() - 3 * hour) })
    .execute()
  const before = (await gapsSeen()).length
  await Promise.all([findGaps(hub), findGaps(hub)])
  const found = await gapsSeen()
  assert.equal(found.length - before, 1)
  assert.equal(found[0]?.cause, 'away')
  await allDone()
})

test('a meeting that Zoom does not know at one look is not gone; at a second one, an hour later, it is', async () => {
  const meeting = await plan('ada', 'Flickers')
  await w.settled()
  const drift = () =>
    checkDriftOfHost({ workspace_id: w.workspace_id, zoom_app_id: w.zoom_app_id, host_id: meeting.host_id }, hub)
  const row = async () => {
    const found = await meetingByZoomId(hub.db, w.workspace_id, meeting.zoom_meeting_id)
    assert.ok(found)
    return found
  }
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users/{userId}/meetings' },
    action: { status: 200, body: { meetings: [], next_page_token: '' } },
    times: 1,
  })
  await drift()
  const noted = await row()
  assert.ok(noted.missing_since)
  assert.equal(noted.state, 'scheduled')
  await drift()
  assert.equal((await row()).missing_since, null, 'it was there after all')
  await deaf()
  await fetch(`${w.simulatorUrl}/v2/meetings/${meeting.zoom_meeting_id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${await simToken()}` },
  })
  await w.zoom('DELETE', '/faults')
  await drift()
  await drift()
  await until(async () => (await row()).missing_since !== null, 'the second look')
  assert.equal((await row()).state, 'scheduled', 'too soon to be sure')
  await hub.db
    .updateTable('meeting')
    .set({ missing_since: new Date(Date.now() - 2 * hour) })
    .where('id', '=', meeting.id)
    .execute()
  await drift()
  await until(async () => (await row()).state === 'gone', 'it to be gone')
})

test('what was planned or changed without an event is read by night', async () => {
  const meeting = await plan('grace', 'Before')
  await w.settled()
  const stored = await meetingByZoomId(hub.db, w.workspace_id, meeting.zoom_meeting_id)
  assert.ok(stored)
  const listed = {
    id: stored.zoom_meeting_id,
    type: 2,
    topic: 'Before',
    start_time: stored.start_time?.toISOString(),
    duration: 30,
  }
  assert.deepEqual(driftOf([stored], [listed], new Date()), { changed: [], missing: [], back: [] })
  await deaf()
  const body = { topic: 'After' }
  await fetch(`${w.simulatorUrl}/v2/meetings/${meeting.zoom_meeting_id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${await simToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await w.zoom('DELETE', '/faults')
  await checkDriftOfHost({ workspace_id: w.workspace_id, zoom_app_id: w.zoom_app_id, host_id: meeting.host_id }, hub)
  await until(
    async () => (await w.api<Meeting>('GET', `/meetings/${meeting.id}`)).body.topic === 'After',
    'the new topic',
  )
})

async function simToken(): Promise<string> {
  const answer = await fetch(`${w.simulatorUrl}/oauth/token?grant_type=account_credentials&account_id=sim-account`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('sim-s2s:sim-s2s-secret').toString('base64')}` },
  })
  return ((await answer.json()) as { access_token: string }).access_token
}
