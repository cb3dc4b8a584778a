import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { changedParts } from '#hub/meetings/from-zoom.ts'
import type { Meeting, Occurrence } from '#hub/resources.ts'
import type { MeetingRow } from '#store/meetings.ts'
import { atZoom } from './at-zoom.ts'
import { world } from './world.ts'

const w = await world({ after })
const plan = {
  host: 'ada@school.example',
  topic: 'Algebra',
  start_time: '2030-03-18T09:00:00',
  duration: 45,
  timezone: 'Europe/Berlin',
}
const weekly = { recurrence: { type: 2, weekly_days: '2', end_times: 4 } }

interface Refused {
  type: string
  detail: string
  revision: number
  conflicts: { field: string; theirs: unknown; yours: unknown }[]
}

const create = async (more: object = {}): Promise<Meeting> => {
  const { status, body, text } = await w.api<Meeting>('POST', '/meetings', { ...plan, ...more })
  assert.equal(status, 201, text)
  await w.settled()
  return read(body.id)
}
const read = async (id: string): Promise<Meeting> => (await w.api<Meeting>('GET', `/meetings/${id}`)).body
const occurrencesOf = async (id: string): Promise<Occurrence[]> =>
  (await w.api<{ items: Occurrence[] }>('GET', `/meetings/${id}/occurrences`)).body.items
const change = <T = Meeting>(id: string, body: object, revision?: number, at = '') =>
  w.api<T>('PATCH', `/meetings/${id}${at}`, body, revision === undefined ? {} : { 'if-match': `"${revision}"` })

const topicAtZoom = async (id: string): Promise<string> =>
  ((await (await atZoom(w, 'GET', `/meetings/${id}`)).json()) as { topic: string }).topic
/** Zoom’s news does not come: what is changed there is known there alone. */
const withoutNews = (times = 1) =>
  w.zoom('POST', '/faults', { on: 'webhook', match: { event: 'meeting.updated' }, action: { drop: true }, times })

test('a meeting has an ETag that changes with it, and only with it', async () => {
  const { id } = await create()
  const tag = async () => (await w.api('GET', `/meetings/${id}`)).headers.get('etag')
  const before = await tag()
  await w.settled()
  assert.equal(await tag(), before)
  const { headers } = await change(id, { topic: 'Algebra II' })
  assert.notEqual(headers.get('etag'), before)
  await w.settled()
  assert.equal(await tag(), headers.get('etag'), 'Zoom’s own news of it is no change')
})

test('what somebody else changed at Zoom is not overwritten, although no news of it has come: both values are told', async () => {
  const { id, revision, zoom_meeting_id } = await create({ settings: { waiting_room: true } })
  await withoutNews()
  await atZoom(w, 'PATCH', `/meetings/${zoom_meeting_id}`, { topic: 'Moved', settings: { waiting_room: false } })
  const { status, body } = await change<Refused>(
    id,
    { topic: 'Mine', settings: { waiting_room: true, host_video: true } },
    revision,
  )
  assert.equal(status, 409)
  assert.deepEqual(body.conflicts, [
    { field: 'topic', theirs: 'Moved', yours: 'Mine' },
    { field: 'settings.waiting_room', theirs: false, yours: true },
  ])
  assert.match(body.detail, /“Topic”, “Waiting room”/)
  assert.equal(await topicAtZoom(zoom_meeting_id), 'Moved')
  assert.equal((await read(id)).topic, 'Moved', 'theirs is known here now')

  const again = await change(id, { topic: 'Mine' }, body.revision)
  assert.deepEqual([again.status, again.body.topic], [200, 'Mine'], 'with the revision that was told, yours holds')
})

test('who changes something else than the other did, or to the same value, is in nobody’s way', async () => {
  const { id, revision, zoom_meeting_id } = await create()
  await atZoom(w, 'PATCH', `/meetings/${zoom_meeting_id}`, { topic: 'Moved' })
  await w.settled()
  const other = await change(id, { agenda: 'Bring a ruler' }, revision)
  assert.deepEqual([other.status, other.body.topic, other.body.agenda], [200, 'Moved', 'Bring a ruler'])
  assert.equal((await change(id, { topic: 'Moved' }, revision)).status, 200)
})

test('without a revision a change is a change, with what is no revision it is refused', async () => {
  const { id, zoom_meeting_id } = await create()
  await atZoom(w, 'PATCH', `/meetings/${zoom_meeting_id}`, { topic: 'Moved' })
  assert.equal((await change(id, { topic: 'Mine' })).body.topic, 'Mine')
  const odd = await w.api('PATCH', `/meetings/${id}`, { topic: 'Mine' }, { 'if-match': 'yesterday' })
  assert.equal(odd.status, 422)
})

test('one occurrence is moved: the others stay, and so does the series', async () => {
  const { id } = await create(weekly)
  const [first, second, third] = await occurrencesOf(id)
  const { status, body, text } = await change(
    id,
    { start_time: '2030-03-26T11:00:00', duration: 30 },
    undefined,
    `/occurrences/${second?.occurrence_id}`,
  )
  assert.equal(status, 200, text)
  assert.equal(body.start_time, '2030-03-18T08:00:00.000Z')
  const now = await occurrencesOf(id)
  assert.deepEqual(
    now.map(({ occurrence_id, start_time, duration }) => [occurrence_id, start_time, duration]),
    [
      [first?.occurrence_id, first?.start_time, 45],
      [second?.occurrence_id, '2030-03-26T10:00:00.000Z', 30],
      [third?.occurrence_id, third?.start_time, 45],
      [now[3]?.occurrence_id, '2030-04-08T07:00:00.000Z', 45],
    ],
  )
  assert.equal(
    third?.start_time,
    '2030-04-01T07:00:00.000Z',
    'nine in Berlin is an hour earlier after the clocks were changed',
  )
})

test('one occurrence that was moved at Zoom meanwhile is not moved again', async () => {
  const { id, revision, zoom_meeting_id } = await create(weekly)
  const [, second] = await occurrencesOf(id)
  await withoutNews()
  await atZoom(w, 'PATCH', `/meetings/${zoom_meeting_id}?occurrence_id=${second?.occurrence_id}`, { duration: 20 })
  const { status, body } = await change<Refused>(
    id,
    { duration: 30 },
    revision,
    `/occurrences/${second?.occurrence_id}`,
  )
  assert.equal(status, 409)
  assert.deepEqual(body.conflicts, [
    {
      field: 'occurrences',
      theirs: { start_time: second?.start_time, duration: 20, status: 'available' },
      yours: { duration: 30 },
    },
  ])
})

test('one occurrence has an agenda and options of its own, which stay its own', async () => {
  const { id, zoom_meeting_id } = await create({ ...weekly, agenda: 'As always', settings: { waiting_room: true } })
  const [first, second] = await occurrencesOf(id)
  const at = `/occurrences/${second?.occurrence_id}`
  const of = async (number: number) => {
    const each = (await occurrencesOf(id))[number]
    return [each?.agenda, each?.settings]
  }
  const { revision } = (await change(id, { agenda: 'Test', settings: { waiting_room: false } }, undefined, at)).body
  const atZoomNow = await atZoom(w, 'GET', `/meetings/${zoom_meeting_id}?occurrence_id=${second?.occurrence_id}`)
  const { agenda, settings } = (await atZoomNow.json()) as Meeting
  assert.deepEqual([agenda, settings['waiting_room']], ['Test', false])
  await change(id, { settings: { host_video: true } }, revision, at)
  await change(id, { topic: 'Algebra II' })
  assert.deepEqual(await of(1), ['Test', { waiting_room: false, host_video: true }])
  assert.deepEqual(await of(0), [null, {}], `that of ${first?.occurrence_id} is the series’`)
  const series = await read(id)
  assert.deepEqual([series.agenda, series.settings['waiting_room']], ['As always', true])

  const before = await w.calls()
  const refused = await change<{ errors: { field: string }[] }>(id, { settings: { audio: 'voip' } }, undefined, at)
  assert.deepEqual([refused.status, refused.body.errors[0]?.field], [422, 'settings.audio'])
  assert.equal(await w.calls(), before)
})

test('an occurrence that was called off, or never was, is not changed', async () => {
  const { id } = await create(weekly)
  const [first] = await occurrencesOf(id)
  await w.api('POST', `/meetings/${id}/cancel`, { occurrence_id: first?.occurrence_id })
  assert.equal((await change(id, { duration: 30 }, undefined, `/occurrences/${first?.occurrence_id}`)).status, 409)
  assert.equal((await change(id, { duration: 30 }, undefined, '/occurrences/1')).status, 422)
})

test('a meeting is handed over to another host who allows it, and is theirs here, too', async () => {
  await atZoom(w, 'POST', '/users/grace@school.example/assistants', { assistants: [{ email: 'ada@school.example' }] })
  const { id } = await create()
  const { status, body, text } = await change(id, { schedule_for: 'grace@school.example' })
  assert.equal(status, 200, text)
  assert.equal(body.host_email, 'grace@school.example')
})

test('it is not handed over to who does not, and Zoom’s reason is told', async () => {
  const { id } = await create()
  const { status, body } = await change<{ detail: string }>(id, { schedule_for: 'alan@school.example' })
  assert.equal(status, 422)
  assert.match(body.detail, /alan@school\.example|schedule_for/)
  assert.equal((await read(id)).host_email, 'ada@school.example')
})

test('the invitation is Zoom’s own text, asked for by a click and not by looking at the meeting', async () => {
  const { id, zoom_meeting_id } = await create()
  const before = await w.calls()
  const { body } = await w.api<{ invitation: string }>('POST', `/meetings/${id}/invitation`)
  assert.equal((await w.calls()) - before, 1)
  assert.ok(body.invitation.replaceAll(' ', '').includes(zoom_meeting_id), body.invitation)
})

test('an API key is nobody’s host: the start link is not for it', async () => {
  const { id } = await create()
  const before = await w.calls()
  const { status, body } = await w.api<{ detail: string }>('GET', `/meetings/${id}/start`)
  assert.equal(status, 403)
  assert.match(body.detail, /ada@school\.example signs in/)
  assert.equal(await w.calls(), before)
})

test('a plan is previewed without a call to Zoom, and Zoom makes of it what was shown', async () => {
  const before = await w.calls()
  const { status, body } = await w.api<{
    items: { start_time: string; local: { timezone: string; start: string }[] }[]
  }>('POST', '/meetings/preview', {
    start_time: plan.start_time,
    timezone: plan.timezone,
    ...weekly,
    zones: ['America/New_York'],
  })
  assert.equal(status, 200)
  assert.equal(await w.calls(), before)
  const { id } = await create(weekly)
  assert.deepEqual(
    body.items.map(({ start_time }) => start_time),
    (await occurrencesOf(id)).map(({ start_time }) => start_time),
  )
  assert.deepEqual(
    body.items[3]?.local.map(({ timezone, start }) => `${timezone} ${start}`),
    ['Europe/Berlin 2030-04-08T09:00:00+02:00', 'America/New_York 2030-04-08T03:00:00-04:00'],
  )
})

test('what Zoom tells for the first time was changed by nobody', () => {
  const row = { topic: 'A', agenda: null, settings: { waiting_room: true } } as unknown as MeetingRow
  const heard = { topic: 'A', agenda: '', settings: { waiting_room: true, device_testing: false } }
  assert.deepEqual(changedParts(row, heard), [])
  assert.deepEqual(changedParts(row, { agenda: 'Bring a ruler', settings: { waiting_room: false } }), [
    'agenda',
    'settings.waiting_room',
  ])
})
