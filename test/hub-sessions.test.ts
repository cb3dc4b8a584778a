import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { until, world } from './world.ts'

interface Session {
  uuid: string
  state: string
  started_at: string
  ended_at: string | null
  duration: number | null
  attendees: number
  source: string
  report: { state: string; reason: string | null }
}
interface Attendee {
  name: string
  other_names: string[]
  email: string
  known_by: string
  duration: number
  joins: number
  left_at: string | null
  presences: { name: string; source: string; leave_reason: string | null }[]
}

const w = await world({ after })

const plan = async (topic: string): Promise<{ id: string; zoom_meeting_id: string }> =>
  (
    await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
      host: 'ada@school.example',
      topic,
      start_time: new Date(Date.now() + 60_000).toISOString(),
      duration: 30,
    })
  ).body
const sessionOf = async (id: string): Promise<Session | undefined> =>
  (await w.api<{ items: Session[] }>('GET', `/meetings/${id}/sessions`)).body.items[0]
const attendanceOf = async (uuid: string): Promise<Attendee[]> =>
  (await w.api<{ attendees: Attendee[] }>('GET', `/attendance?uuid=${encodeURIComponent(uuid)}`)).body.attendees
const minutes = (count: number) => w.zoom('POST', '/clock', { advance_s: count * 60 })

async function hold(zoom_meeting_id: string): Promise<void> {
  const at = `/meetings/${zoom_meeting_id}`
  await w.zoom('POST', `${at}/start`, {})
  await w.zoom('POST', `${at}/join`, { name: 'Ada Lovelace', email: 'ada@school.example' })
  await w.zoom('POST', `${at}/join`, { name: 'Grace Hopper', email: 'grace@school.example' })
  await minutes(10)
  await w.zoom('POST', `${at}/leave`, { name: 'Grace Hopper' })
  await minutes(5)
  await w.zoom('POST', `${at}/join`, { name: 'Grace’s phone', email: 'grace@school.example' })
  await w.zoom('POST', `${at}/join`, { name: 'A guest' })
  await minutes(15)
  await w.zoom('POST', `${at}/end`, {})
}

test('while a meeting runs it says so, and who is there is seen', async () => {
  const { id, zoom_meeting_id } = await plan('Running')
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/start`, {})
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/join`, { name: 'Ada Lovelace', email: 'ada@school.example' })
  await w.settled()
  assert.equal((await w.api<{ state: string }>('GET', `/meetings/${id}`)).body.state, 'started')
  const session = await sessionOf(id)
  assert.deepEqual([session?.state, session?.ended_at, session?.attendees], ['started', null, 1])
  const [ada] = await attendanceOf(session?.uuid ?? '')
  assert.equal(ada?.left_at, null)
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/end`, {})
  await w.settled()
  assert.equal((await w.api<{ state: string }>('GET', `/meetings/${id}`)).body.state, 'ended')
  await until(async () => (await sessionOf(id))?.report.state === 'unavailable', 'the report to be found missing')
  assert.match((await sessionOf(id))?.report.reason ?? '', /two or more people/)
})

test('a held meeting has its session, its people with their minutes, and one report corrects them', async () => {
  const { id, zoom_meeting_id } = await plan('Held')
  const before = await w.calls()
  await hold(zoom_meeting_id)
  await w.settled()
  await until(async () => (await sessionOf(id))?.report.state === 'done', 'the report')
  assert.equal((await w.calls()) - before, 1, 'the report is the only call')
  const session = await sessionOf(id)
  assert.deepEqual([session?.state, session?.attendees, session?.source], ['ended', 3, 'report'])
  assert.ok(Math.abs((session?.duration ?? 0) - 1800) <= 5, `${session?.duration} seconds`)
  const people = (await attendanceOf(session?.uuid ?? '')).map(({ name, other_names, duration, joins, known_by }) => ({
    name,
    other_names,
    minutes: Math.round(duration / 60),
    joins,
    known_by,
  }))
  assert.deepEqual(people, [
    { name: 'Ada Lovelace', other_names: [], minutes: 30, joins: 1, known_by: 'zoom_user' },
    { name: 'Grace Hopper', other_names: ['Grace’s phone'], minutes: 25, joins: 2, known_by: 'zoom_user' },
    { name: 'A guest', other_names: [], minutes: 15, joins: 1, known_by: 'name' },
  ])
})

test('a session is asked for by its uuid, whatever signs it holds; attendance comes as a table for spreadsheets, too', async () => {
  const { id, zoom_meeting_id } = await plan('=HYPERLINK("http://evil")')
  await hold(zoom_meeting_id)
  await w.settled()
  await until(async () => (await sessionOf(id))?.report.state === 'done', 'the report')
  const uuid = (await sessionOf(id))?.uuid ?? ''
  assert.equal((await w.api<Session>('GET', `/sessions?uuid=${encodeURIComponent(uuid)}`)).body.uuid, uuid)
  assert.equal((await w.api('GET', '/sessions?uuid=%2F%2Fno%2Bsuch%3D%3D')).status, 404)
  const csv = await w.api('GET', `/attendance?uuid=${encodeURIComponent(uuid)}&format=csv`)
  assert.match(csv.headers.get('content-type') ?? '', /text\/csv/)
  assert.match(csv.text, /^name,other_names,email/)
  assert.equal(csv.text.trim().split('\r\n').length, 4)
})

test('when Zoom refuses the report, the attendance rests on the events and says why', async () => {
  for (const path of ['/v2/report/*', '/v2/metrics/*', '/v2/past_meetings/*'])
    await w.zoom('POST', '/faults', {
      match: { path },
      action: { status: 400, body: { code: 200, message: 'Only available for Paid account' } },
      times: 1,
    })
  const { id, zoom_meeting_id } = await plan('No report')
  await hold(zoom_meeting_id)
  await w.settled()
  await until(async () => (await sessionOf(id))?.report.state === 'unavailable', 'the refusal')
  const session = await sessionOf(id)
  assert.deepEqual([session?.source, session?.attendees], ['events', 3])
  assert.match(session?.report.reason ?? '', /Paid account/)
})

test('people of whom no event arrived are in the report', async () => {
  await w.zoom('POST', '/faults', {
    on: 'webhook',
    match: { event: 'meeting.participant_*' },
    action: { drop: true },
    times: null,
  })
  const { id, zoom_meeting_id } = await plan('Events lost')
  await hold(zoom_meeting_id)
  await w.settled()
  await until(async () => (await sessionOf(id))?.report.state === 'done', 'the report')
  assert.equal((await sessionOf(id))?.attendees, 3)
  await w.zoom('DELETE', '/faults')
})

test('recordings arrive by their event, and go to the trash by another', async () => {
  const { id, zoom_meeting_id } = await plan('Recorded')
  const at = `/meetings/${zoom_meeting_id}`
  await w.zoom('POST', `${at}/start`, {})
  await w.zoom('POST', `${at}/join`, { name: 'Ada Lovelace', email: 'ada@school.example' })
  await w.zoom('POST', `${at}/recording`, { action: 'start' })
  await minutes(5)
  await w.zoom('POST', `${at}/end`, {})
  await minutes(60)
  const recordings = async () =>
    (
      await w.api<{ items: { state: string; uuid: string; file_type: string }[] }>(
        'GET',
        `/recordings?meeting_id=${id}`,
      )
    ).body.items
  await until(async () => (await recordings()).length > 0, 'the recording')
  await w.settled()
  const [first] = await recordings()
  assert.equal(first?.state, 'ready')
  assert.equal(first?.uuid, (await sessionOf(id))?.uuid)
})

test('one event tells that all recordings of a host were trashed, had back or deleted for good', async () => {
  const { id, zoom_meeting_id } = await plan('All at once')
  const at = `/meetings/${zoom_meeting_id}`
  await w.zoom('POST', `${at}/start`, {})
  await w.zoom('POST', `${at}/recording`, { action: 'start' })
  await minutes(5)
  await w.zoom('POST', `${at}/end`, {})
  await minutes(60)
  await w.settled()
  const states = async () => {
    const { items } = (await w.api<{ items: { state: string }[] }>('GET', `/recordings?meeting_id=${id}`)).body
    return [items.length, ...new Set(items.map(({ state }) => state))]
  }
  assert.deepEqual(await states(), [3, 'ready'])
  for (const [action, state] of [
    ['trash', 'trashed'],
    ['recover', 'ready'],
    ['trash', 'trashed'],
  ]) {
    await minutes(1)
    await w.zoom('POST', '/people/ada@school.example/recordings', { action })
    await w.settled()
    assert.deepEqual(await states(), [3, state])
  }
  await minutes(1)
  await w.zoom('POST', '/people/ada@school.example/recordings', { action: 'delete' })
  await w.settled()
  assert.deepEqual(await states(), [3, 'deleted'])
})

/** A recording event of a session that ran before anybody listened. */
const recorded = (event: string, minute: number, more: object, files: object[]): string =>
  JSON.stringify({
    event: `recording.${event}`,
    event_ts: Date.UTC(2026, 0, 5, 10, minute),
    payload: {
      account_id: 'sim-account',
      object: {
        id: 81_234_567_890,
        uuid: 'unheard==',
        host_id: 'host',
        topic: 'Unheard',
        type: 2,
        start_time: '2026-01-05T09:00:00Z',
        duration: 45,
        ...more,
        recording_files: files,
      },
    },
  })

test('a session that is known by its recording alone is over', async () => {
  const file = { id: 'file1', file_type: 'MP4', play_url: 'https://zoom.example/play', status: 'completed' }
  const times = { recording_start: '2026-01-05T09:00:30Z', recording_end: '2026-01-05T09:44:00Z' }
  await send(recorded('completed', 0, { password: 'p4ss' }, [{ ...file, ...times }]))
  await w.settled()
  const { body } = await w.api<Session>('GET', '/sessions?uuid=unheard%3D%3D')
  assert.deepEqual([body.state, body.ended_at], ['ended', '2026-01-05T09:44:00.000Z'])
})

test('a later event about a recording takes nothing away that it does not name, and tells integrations the ids that are kept', async () => {
  await send(recorded('transcript_completed', 5, {}, [{ id: 'file1' }, { id: 'file2', file_type: 'TRANSCRIPT' }]))
  await w.settled()
  const { items } = (
    await w.api<{ items: { id: string; file_type: string; play_url: string | null; passcode: string | null }[] }>(
      'GET',
      '/recordings?uuid=unheard%3D%3D',
    )
  ).body
  const video = items.find((each) => each.file_type === 'MP4')
  assert.deepEqual([items.length, video?.play_url, video?.passcode], [2, 'https://zoom.example/play', 'p4ss'])
  const told = await w.server.hub.db
    .selectFrom('hub_event')
    .select('payload')
    .where('type', '=', 'recording.ready')
    .where('uuid', '=', 'unheard==')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  assert.deepEqual(
    (told.payload as { recording_ids: string[] }).recording_ids.toSorted(),
    items.map(({ id }) => id).toSorted(),
  )
})

/** Events of one session as Zoom sends them, in the order of what happened. */
const story = (id: string): string[] => {
  const at = Date.UTC(2026, 9, 5, 9)
  const iso = (minute: number): string => new Date(at + minute * 60_000).toISOString().replace('.000Z', 'Z')
  const object = {
    id,
    uuid: `story${id}==`,
    host_id: 'host',
    topic: 'Story',
    type: 2,
    start_time: iso(0),
    timezone: 'UTC',
    duration: 30,
  }
  const event = (name: string, minute: number, more: object): string =>
    JSON.stringify({
      event: `meeting.${name}`,
      event_ts: at + minute * 60_000,
      payload: { account_id: 'sim-account', object: { ...object, ...more } },
    })
  const person = (user_id: string, user_name: string, email: string, more: object) => ({
    participant: { user_id, user_name, id: '', email, participant_uuid: `p${user_id}`, ...more },
  })
  return [
    event('started', 0, {}),
    event('participant_joined', 1, person('16778240', 'Max', 'max@school.example', { join_time: iso(1) })),
    event('participant_joined', 2, person('16778241', 'Mia', '', { join_time: iso(2) })),
    event(
      'participant_left',
      11,
      person('16778240', 'Max', 'max@school.example', {
        leave_time: iso(11),
        leave_reason: 'Max left the meeting.<br>Reason: left the meeting.',
      }),
    ),
    event('participant_joined', 15, person('16778242', 'Maxi', 'MAX@school.example', { join_time: iso(15) })),
    event('participant_left', 25, person('16778242', 'Maxi', 'MAX@school.example', { leave_time: iso(25) })),
    event('ended', 30, { end_time: iso(30) }),
    event('participant_left', 30, person('16778241', 'Mia', '', { leave_time: iso(30) })),
  ]
}

const send = async (body: string): Promise<void> => {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = `v0=${createHmac('sha256', 'sim-s2s-webhook').update(`v0:${timestamp}:${body}`).digest('hex')}`
  const answer = await fetch(`${w.hubUrl}/zoom/webhooks/${w.zoom_app_id}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature },
  })
  assert.equal(answer.status, 200)
}

const orders: [string, (events: string[]) => string[]][] = [
  ['in order', (events) => events],
  ['backwards', (events) => events.toReversed()],
  ['each twice', (events) => events.flatMap((event) => [event, event])],
  ['the end first, the joins last', (events) => [...events.slice(3), ...events.slice(0, 3)]],
]
for (const [index, [how, arrange]] of orders.entries()) {
  test(`events that arrive ${how} lead to the same attendance`, async () => {
    const id = String(70_000_000_000 + index)
    for (const event of arrange(story(id))) {
      await send(event)
      // One at a time, so that the worker sees them in this order and not in Zoom's.
      await w.settled()
    }
    const people = (await attendanceOf(`story${id}==`)).map(({ name, other_names, duration, joins }) => [
      name,
      other_names.join(),
      duration / 60,
      joins,
    ])
    assert.deepEqual(people, [
      ['Max', 'Maxi', 20, 2],
      ['Mia', '', 28, 1],
    ])
    const { body } = await w.api<Session>('GET', `/sessions?uuid=${encodeURIComponent(`story${id}==`)}`)
    assert.deepEqual([body.state, body.duration], ['ended', 1800])
  })
}
