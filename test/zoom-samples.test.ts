import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ZoomClient } from '#zoom/client.ts'
import { eventPayloads, isEventName, readZoomEvent } from '#zoom/events.ts'
import { createMeeting, getMeeting } from '#zoom/meetings.ts'
import { getPastMeeting, listPastMeetingInstances, listPastMeetingParticipants } from '#zoom/past-meetings.ts'
import { getMeetingRecordings, listUserRecordings } from '#zoom/recordings.ts'
import { listMeetingReportParticipants, listWebinarReportParticipants } from '#zoom/reports.ts'
import { getUser, listUsers } from '#zoom/users.ts'
import { readWebhookEvent } from '#zoom/webhook.ts'
import { createWebinar, getWebinar, listWebinars } from '#zoom/webinars.ts'
import { answering, clientOf } from './zoom-server.ts'

const folder = new URL('vectors/zoom/', import.meta.url)
const webhooks = readdirSync(new URL('webhooks/', folder))
const read = (file: string): Buffer => readFileSync(new URL(file, folder))

/** What reads each sample, a list by its first item. The other samples are of operations that nothing calls yet. */
const readers: Record<string, (client: ZoomClient) => Promise<unknown>> = {
  'meetings-{meetingId}-recordings_GET.json': (client) => getMeetingRecordings(client, '6840331990'),
  'meetings-{meetingId}_GET.json': (client) => getMeeting(client, '97763643886'),
  'past_meetings-{meetingId}-instances_GET.json': (client) => first(listPastMeetingInstances(client, '1')),
  'past_meetings-{meetingId}-participants_GET.json': (client) => first(listPastMeetingParticipants(client, '1')),
  'past_meetings-{meetingId}_GET.json': (client) => getPastMeeting(client, '5638296721'),
  'report-meetings-{meetingId}-participants_GET.json': (client) => first(listMeetingReportParticipants(client, '1')),
  'report-webinars-{webinarId}-participants_GET.json': (client) => first(listWebinarReportParticipants(client, '1')),
  'users-{userId}-meetings_POST.json': (client) => createMeeting(client, 'me', {}),
  'users-{userId}-recordings_GET.json': (client) => first(listUserRecordings(client, 'me')),
  'users-{userId}-webinars_GET.json': (client) => first(listWebinars(client, 'me')),
  'users-{userId}-webinars_POST.json': (client) => createWebinar(client, 'me', {}),
  'users-{userId}_GET.json': (client) => getUser(client, 'me'),
  'users_GET.json': (client) => first(listUsers(client)),
  'webinars-{webinarId}_GET.json': (client) => getWebinar(client, '1'),
}

const first = async <Item>(items: AsyncGenerator<Item, void, undefined>): Promise<Item | undefined> =>
  (await items.next()).value ?? undefined

for (const [file, reader] of Object.entries(readers)) {
  test(`the published reply ${file} is read with all its fields`, async (t) => {
    const sample: unknown = JSON.parse(read(`responses/${file}`).toString())
    const zoom = await answering(t, { status: 200, body: sample })
    assert.deepEqual(asOnTheWire(await reader(clientOf(zoom.origin))), asOnTheWire(itemOf(sample)))
  })
}

const itemOf = (sample: unknown): unknown => {
  const list = Object.entries(sample as object).find(
    ([key, value]) => ['users', 'meetings', 'webinars', 'participants'].includes(key) && Array.isArray(value),
  )
  return list ? (list[1] as unknown[])[0] : sample
}

/** Ids and the type of a recorded meeting are numbers in some samples and digits in others; with us they are of one kind. */
const asOnTheWire = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) =>
      ['id', 'meeting_id', 'pmi', 'type'].includes(key) ? String(inner) : inner,
    ),
  )

for (const file of webhooks) {
  test(`the published event ${file} is read, and its payload when something follows from it`, () => {
    const event = readWebhookEvent(read(`webhooks/${file}`))
    assert.equal(`${event.event}.json`, file)
    const { event_ts } = JSON.parse(event.body) as { event_ts?: number | string }
    assert.ok(event_ts === undefined ? event.event_ts > Date.UTC(2019) : event.event_ts === Number(event_ts))
    const known = readZoomEvent(event)
    assert.equal(known !== undefined, isEventName(event.event))
    if (known) assert.deepEqual(asOnTheWire(known.payload), asOnTheWire(event.payload))
  })
}

test('the samples cover most of the events that something follows from', () => {
  const sampled = Object.keys(eventPayloads).filter((name) => webhooks.includes(`${name}.json`))
  assert.ok(sampled.length >= 20, `${sampled.length} of ${Object.keys(eventPayloads).length}`)
})

test('a meeting id is text, whether an event has it as a number or as text', () => {
  for (const id of ['81234567890', '"81234567890"', '9223372036854775807', '9007199254740993', '0']) {
    const event = startedWith(id)
    assert.ok(event?.event === 'meeting.started')
    assert.equal(event.payload.object.id, id.replaceAll('"', ''))
  }
})

test('what is no meeting id is refused', () => {
  for (const id of [
    '9223372036854775808',
    '18446744073709551615',
    '-1',
    '1.5',
    '1e3000',
    '"007"',
    '"x"',
    '""',
    'null',
    '[1]',
  ]) {
    assert.throws(() => startedWith(id), { name: 'ZodError' }, id)
  }
})

const startedWith = (id: string) =>
  readZoomEvent(
    readWebhookEvent(
      Buffer.from(`{"event":"meeting.started","event_ts":1,"payload":{"object":{"id":${id},"uuid":"a=="}}}`),
    ),
  )

test('an event without what its kind cannot be without is refused by the name of the field', () => {
  const event = readWebhookEvent(
    Buffer.from('{"event":"meeting.started","event_ts":1,"payload":{"object":{"id":"1.5"}}}'),
  )
  assert.throws(
    () => readZoomEvent(event),
    (error: Error) => error.name === 'ZodError' && /"id"/.test(error.message) && /"uuid"/.test(error.message),
  )
})

test('who waits in the waiting room has not joined', () => {
  assert.equal(
    readZoomEvent(readWebhookEvent(read('webhooks/meeting.participant_joined_waiting_room.json'))),
    undefined,
  )
})
