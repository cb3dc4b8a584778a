import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import { emittedEvents } from '#simulator/emitted-events.ts'
import { events as kinds } from '#zoom/schema/events.ts'
import { simulateWithEvents, type Json, type Zoom } from './simulator-client.ts'

/** Every kind of event that the simulator makes by itself, each out of something that was done to it. */
async function everything(t: TestContext): Promise<Json[]> {
  const { zoom, endpoint } = await simulateWithEvents(t)
  const { api, control } = zoom
  const recurrence = { type: 2, weekly_days: '2,4', end_times: 2 }
  const series = await zoom.schedule({ type: 8, start_time: '2030-01-01T10:00:00Z', recurrence })
  await api('PATCH', `/meetings/${series.id}`, { topic: 'Changed', agenda: 'x', settings: { waiting_room: true } })
  await api('DELETE', `/meetings/${series.id}`)
  await control('PATCH', '/people/ada@school.example', { webinar: true })
  const webinar = (await api('POST', '/users/ada@school.example/webinars', { type: 9, recurrence })).body
  await api('PATCH', `/webinars/${webinar.id}`, { topic: 'Changed' })
  for (const { id } of [await zoom.schedule(), webinar]) {
    await control('POST', `/meetings/${id}/start`)
    await control('POST', `/meetings/${id}/join`, { name: 'Grace', email: 'grace@school.example' })
    await control('POST', `/meetings/${id}/join`, { name: 'Max', registrant_id: 'reg', customer_key: 'key' })
    await control('POST', `/meetings/${id}/role`, { name: 'Grace', role: 'co-host' })
    await control('POST', `/meetings/${id}/sharing`, { name: 'Grace' })
    await control('POST', `/meetings/${id}/recording`)
    await control('POST', `/meetings/${id}/end`)
  }
  await withinMeetings(zoom)
  await registration(zoom, webinar.id)
  await api('DELETE', `/webinars/${webinar.id}`)
  const { meetings } = (await api('GET', '/users/ada@school.example/recordings')).body
  const [first, second] = meetings.map(({ uuid }: Json) => encodeURIComponent(encodeURIComponent(uuid)))
  await recordingRegistration(zoom, `/meetings/${first}/recordings`)
  await api('DELETE', `/meetings/${first}/recordings`)
  await api('PUT', `/meetings/${first}/recordings/status`, { action: 'recover' })
  await api('DELETE', `/meetings/${second}/recordings?action=delete`)
  const user_info = { email: 'mary@school.example', type: 1, first_name: 'Mary', last_name: 'Jackson' }
  await api('POST', '/users', { action: 'custCreate', user_info })
  await control('POST', '/settle')
  await api('PATCH', '/accounts/me/settings', { in_meeting: { chat: false } })
  await api('PATCH', '/accounts/me/lock_settings', { in_meeting: { chat: true } })
  await api('PATCH', `/meetings/${first}/recordings/settings`, { topic: 'Renamed' })
  await inThePortal(zoom)
  await api('PATCH', '/users/mary@school.example', { type: 2, last_name: 'J.', timezone: 'Asia/Tokyo' })
  await api('PATCH', '/users/mary@school.example/settings', { in_meeting: { chat: false } })
  await api('PUT', '/users/mary@school.example/status', { action: 'deactivate' })
  await api('PUT', '/users/mary@school.example/status', { action: 'activate' })
  await api('DELETE', '/users/mary@school.example')
  await api('DELETE', '/users/grace@school.example?action=delete')
  await control('POST', '/settle')
  return endpoint.received.map(({ body }) => body)
}

/** What people do in Zoom's own pages and clients. */
async function inThePortal({ control, schedule }: Zoom): Promise<void> {
  const { id } = await schedule()
  for (let times = 0; times < 2; times += 1) {
    await control('DELETE', `/meetings/${id}`)
    await control('POST', `/meetings/${id}/recover`)
    await control('POST', `/meetings/${id}/convert`)
  }
  await control('DELETE', `/meetings/${id}`)
  await control('DELETE', `/meetings/${id}`)
  const { id: webinar } = await control('POST', '/meetings', { host: 'ada@school.example', kind: 'webinar' })
  await control('DELETE', `/meetings/${webinar}`)
  await control('DELETE', `/meetings/${webinar}`)
  for (const action of ['trash', 'recover', 'trash', 'delete'])
    await control('POST', '/people/ada@school.example/recordings', { action })
  await control('POST', '/people/ada@school.example/sign_in', {})
  await control('POST', '/people/ada@school.example/sign_out', {})
}

/** What is done to a meeting that runs, and its summary when it is over. */
async function withinMeetings({ api, control, schedule }: Zoom): Promise<void> {
  const path = `/meetings/${(await schedule()).id}`
  await control('POST', `${path}/start`)
  for (const action of ['start', 'pause', 'resume', 'stop'])
    await api('PATCH', `/live_${path.slice(1)}/events`, { method: `recording.${action}` })
  const params = { contacts: [{ email: 'grace@school.example' }] }
  await api('PATCH', `/live_${path.slice(1)}/events`, { method: 'participant.invite', params })
  const stream = { stream_url: 'rtmp://stream.example/live', stream_key: 'key', page_url: 'https://stream.example' }
  await api('PATCH', `${path}/livestream`, stream)
  await api('PATCH', `${path}/livestream/status`, { action: 'start' })
  const { uuid } = await control('POST', `${path}/end`)
  const text = { title: 'Algebra', details: [{ label: 'Rings', summary: 'What they are' }], next_steps: ['Read on'] }
  await control('POST', `${path}/summary`, text)
  await control('POST', `${path}/summary`, text)
  await api('DELETE', `/meetings/${encodeURIComponent(encodeURIComponent(uuid))}/meeting_summary`)
}

/** Somebody registers and is decided about, at a meeting and at a webinar. */
async function registration({ api, schedule }: Zoom, webinar: number): Promise<void> {
  const settings = { approval_type: 1 }
  const { id } = await schedule({ settings })
  await api('PATCH', `/webinars/${webinar}`, { settings })
  for (const path of [`/meetings/${id}/registrants`, `/webinars/${webinar}/registrants`]) {
    const { body } = await api('POST', path, { email: 'max@x.example', first_name: 'Max', last_name: 'Born' })
    for (const action of ['approve', 'deny', 'cancel'])
      await api('PUT', `${path}/status`, { action, registrants: [{ id: body.registrant_id }] })
  }
}

/** Somebody registers to see a recording and is decided about. */
async function recordingRegistration({ api }: Zoom, path: string): Promise<void> {
  await api('PATCH', `${path}/settings`, { on_demand: true, approval_type: 1 })
  const custom_questions = [{ title: 'Why?', value: 'So' }]
  const max = { email: 'max@x.example', first_name: 'Max', last_name: 'Born', city: 'Graz', custom_questions }
  const { body } = await api('POST', `${path}/registrants`, max)
  for (const action of ['approve', 'deny'])
    await api('PUT', `${path}/registrants/status`, { action, registrants: [{ id: body.registrant_id }] })
}

/** The fields of an event, as paths with their types: `payload.object.participant.id?: string`. */
const fieldsOf = (event: string): [path: string, type: string][] => {
  const kind = kinds.get(event)
  const all = [...(kind?.object_fields ?? []).map((field) => `payload.object.${field}`), ...(kind?.other_fields ?? [])]
  return all.map((field) => {
    const at = field.indexOf(':')
    return [field.slice(0, at), field.slice(at + 1)]
  })
}

/** What the published sample has beyond the types. */
const sampleOf = (event: string): Json => {
  const sample = kinds.get(event)?.sample
  return sample ? JSON.parse(readFileSync(new URL(`vectors/zoom/webhooks/${sample}`, import.meta.url), 'utf8')) : {}
}

const notEdited = 'nobody edits a summary by hand here: it is written anew'

/** Why a field differs from Zoom's types; anything that is not here is a defect. */
const known: Record<string, string> = {
  'recording.started payload.object.recording_file.recording_end is not string':
    'a recording that goes on has no end: the sample of recording.resumed has null',
  'recording.resumed payload.object.recording_file.recording_end is not string': 'as before',
  'meeting.summary_updated payload.object.edited_summary.next_steps? is missing': notEdited,
  'meeting.summary_updated payload.object.edited_summary.summary_details? is missing': notEdited,
  'meeting.summary_updated payload.object.edited_summary.summary_overview? is missing': notEdited,
}

/** The values at a path, with what is required but missing as undefined; nothing where an optional part is absent. */
function valuesAt(value: Json, [part, ...rest]: string[]): Json[] {
  if (part === undefined) return [value]
  const name = part.replace(/[?[\]]/g, '')
  const inner = value?.[name]
  if (inner === undefined) return part.includes('?') ? [] : [undefined]
  return part.includes('[]') ? inner.flatMap((one: Json) => valuesAt(one, rest)) : valuesAt(inner, rest)
}

const fits = (value: Json, type: string): boolean =>
  type
    .split('|')
    .some(
      (one) =>
        (one.endsWith('[]') && Array.isArray(value)) ||
        typeof value === one ||
        one === `'${value}'` ||
        one === String(value),
    )

/** All the paths that a body has, `[]` for what is in a list. */
const pathsOf = (value: Json, path = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => pathsOf(one, `${path}[]`))
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, path ? `${path}.${name}` : name))
}

function differences(body: Json): string[] {
  const fields = fieldsOf(body.event)
  const wrong = fields.flatMap(([path, type]) =>
    valuesAt(body, path.split('.'))
      .filter((value) => !fits(value, type))
      .map((value) =>
        value === undefined ? `${body.event} ${path} is missing` : `${body.event} ${path} is not ${type}`,
      ),
  )
  const allowed = new Set([
    ...fields.map(([path, type]) => path.replaceAll('?', '') + (type.endsWith('[]') ? '[]' : '')),
    ...pathsOf(sampleOf(body.event)),
    'event',
  ])
  const isFree = (path: string): boolean => /\.settings\./.test(path)
  const unknown = pathsOf(body).filter((path) => !allowed.has(path) && !isFree(path))
  return [...wrong, ...unknown.map((path) => `${body.event} ${path} is unknown`)]
}

/** What is made in tests of its own: of the waiting room, of consent, of validation. */
const elsewhere = /^(app_deauthorized|endpoint\..+|.+_waiting_room)$/
const made = emittedEvents.filter((event) => !elsewhere.test(event))

test("every event that the simulator makes has the fields and types of Zoom's, and no others", async (t) => {
  const bodies = await everything(t)
  assert.deepEqual(new Set(bodies.map(({ event }) => event)), new Set(made))
  const found = new Set(bodies.flatMap(differences))
  assert.deepEqual([...found].toSorted(), Object.keys(known).toSorted())
})
