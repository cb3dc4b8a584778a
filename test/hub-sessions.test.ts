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
  await w.zoom('POST', '/faults', {
    match: { path: '/v2/report/*' },
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
