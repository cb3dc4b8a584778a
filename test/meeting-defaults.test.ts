import assert from 'node:assert/strict'
import { afterEach, after, test } from 'node:test'
import { meetingOptions } from '#hub/meetings/options/table.ts'
import type { HostOptions, Meeting, MeetingDefault, MeetingDefaults, PlannedMeeting } from '#hub/resources.ts'
import { atZoom } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const ada = 'simAdaAAAAAAAAAAAAAAAA'
const defaults = async () => (await w.api<MeetingDefaults>('GET', '/meeting_defaults')).body.items
const decide = (option: string, rule: string, value?: unknown) =>
  w.api<MeetingDefault & { errors: { field: string; message: string }[]; detail: string }>(
    'PUT',
    `/meeting_defaults/${option}`,
    { rule, ...(value === undefined ? {} : { value }) },
  )
const decided = async (option: string, rule: string, value?: unknown) => {
  const answer = await decide(option, rule, value)
  assert.equal(answer.status, 200, answer.text)
}
const plan = (rest: object = {}) =>
  w.api<PlannedMeeting & { errors: { field: string; message: string }[] }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
    start_time: '2030-05-06T09:00:00Z',
    ...rest,
  })
/** The body of the last call to Zoom that plans something. */
async function sentToZoom(): Promise<Record<string, unknown>> {
  const { calls } = await w.zoom<{ calls: { method: string; path: string; body: Record<string, unknown> }[] }>(
    'GET',
    '/calls?last=20',
  )
  return calls.findLast(({ method, path }) => method === 'POST' && /\/(meetings|webinars)$/.test(path))?.body ?? {}
}

await atZoom(w, 'PATCH', `/users/${ada}/settings`, { feature: { webinar: true, webinar_capacity: 500 } })
const optionsOf = async (id: string) => (await w.api<HostOptions>('GET', `/zoom_users/${id}/meeting_options`)).body
for (const id of [ada, 'simAlanAAAAAAAAAAAAAAA']) {
  await w.api('POST', `/zoom_users/${id}/meeting_options/refresh`)
  await until(async () => (await optionsOf(id)).fresh, 'the host’s settings')
}

afterEach(async () => {
  for (const { id, changed_at } of await defaults())
    if (changed_at) assert.equal((await w.api('DELETE', `/meeting_defaults/${id}`)).status, 204)
})

test('every option but what a meeting is about, when, and whose, is there to be decided', async () => {
  const there = (await defaults()).map(({ id }) => id)
  assert.deepEqual(
    meetingOptions.map(({ id }) => id).filter((id) => !there.includes(id)),
    ['topic', 'start_time', 'host'],
  )
  assert.ok((await defaults()).every(({ rule, changed_at }) => rule === 'decides' && changed_at === null))
})

test('a default is sent where whoever plans says nothing, and gives way to what they say', async () => {
  await decided('settings.mute_upon_entry', 'decides', true)
  await decided('duration', 'decides', 45)
  const untouched = await plan()
  assert.equal(untouched.status, 201, untouched.text)
  const body = await sentToZoom()
  assert.deepEqual([body['settings'], body['duration']], [{ mute_upon_entry: true }, 45])
  assert.equal((await plan({ duration: 30, settings: { mute_upon_entry: false } })).status, 201)
  const second = await sentToZoom()
  assert.deepEqual([second['settings'], second['duration']], [{ mute_upon_entry: false }, 30])
})

test('a default that the host cannot have, or that goes against what was chosen, is left out', async () => {
  await decided('settings.auto_recording', 'decides', 'cloud')
  await decided('settings.join_before_host', 'decides', true)
  assert.equal((await plan({ host: 'alan@school.example', settings: { waiting_room: true } })).status, 201)
  assert.deepEqual((await sentToZoom())['settings'], { waiting_room: true })
})

test('what always holds is sent with each meeting, and nobody chooses otherwise', async () => {
  await decided('settings.waiting_room', 'always', true)
  const made = await plan()
  assert.equal(made.body.settings['waiting_room'], true)
  assert.equal((await plan({ settings: { waiting_room: true } })).status, 201)
  const calls = await w.calls()
  const other = await plan({ settings: { waiting_room: false } })
  assert.equal(other.status, 422)
  assert.deepEqual(other.body.errors, [
    {
      field: 'settings.waiting_room',
      message: 'must be true: an administrator of Greenroom has fixed it for every meeting',
    },
  ])
  const change = await w.api('PATCH', `/meetings/${made.body.id}`, { settings: { waiting_room: false } })
  assert.equal(change.status, 422)
  assert.equal(await w.calls(), calls, 'Zoom was not asked')
  assert.equal((await w.api('PATCH', `/meetings/${made.body.id}`, { topic: 'Geometry' })).status, 200)
})

test('an option of meetings that always holds says nothing of webinars', async () => {
  await decided('settings.waiting_room', 'always', true)
  const webinar = await plan({ kind: 'webinar' })
  assert.equal(webinar.status, 201, webinar.text)
  assert.equal((await sentToZoom())['settings'], undefined)
})

test('where what always holds is not possible, the refusal says who has fixed it', async () => {
  await decided('settings.auto_recording', 'always', 'cloud')
  const { status, body } = await plan({ host: 'alan@school.example' })
  assert.equal(status, 422)
  assert.match(body.errors[0]?.message ?? '', /needs a Licensed host.*administrator of Greenroom has fixed/)
})

test('what may never be chosen can only be off, and is not sent', async () => {
  await decided('settings.auto_recording', 'never')
  await decided('kind', 'never')
  await decided('recurrence', 'never')
  assert.equal((await plan()).status, 201)
  assert.equal((await sentToZoom())['settings'], undefined)
  assert.equal((await plan({ settings: { auto_recording: 'none' } })).status, 201)
  const refused = await plan({
    kind: 'webinar',
    recurrence: { type: 1, repeat_interval: 1, end_times: 3 },
    settings: { auto_recording: 'local' },
  })
  assert.equal(refused.status, 422)
  assert.deepEqual(
    refused.body.errors.map(({ field }) => field),
    ['kind', 'recurrence', 'settings.auto_recording'],
  )
  assert.match(refused.body.errors[0]?.message ?? '', /administrator of Greenroom has switched it off/)
})

test('a change of one occurrence is held to it, too', async () => {
  const series = await plan({ recurrence: { type: 1, repeat_interval: 1, end_times: 3 } })
  const { body } = await w.api<{ items: { occurrence_id: string }[] }>('GET', `/meetings/${series.body.id}/occurrences`)
  await decided('settings.host_video', 'never')
  const at = `/meetings/${series.body.id}/occurrences/${body.items[0]?.occurrence_id}`
  assert.equal((await w.api('PATCH', at, { settings: { host_video: true } })).status, 422)
  assert.equal((await w.api('PATCH', at, { duration: 20 })).status, 200)
})

test('a retry is the same request, though a default was changed in between', async () => {
  const again = { 'idempotency-key': 'a-retry' }
  const ask = () => w.api<Meeting>('POST', '/meetings', { host: 'ada@school.example', topic: 'Once' }, again)
  const first = await ask()
  await decided('settings.mute_upon_entry', 'always', true)
  assert.equal((await ask()).body.id, first.body.id)
})

test('the options of a host say what is decided, for forms to show it', async () => {
  await decided('settings.waiting_room', 'always', true)
  await decided('settings.auto_recording', 'decides', 'cloud')
  await decided('settings.host_video', 'never')
  const at = async (host: string, id: string) => {
    const found = (await optionsOf(host)).items.find((item) => item.id === id)
    return [found?.rule, found?.preset, found?.reason]
  }
  assert.deepEqual(await at(ada, 'settings.waiting_room'), [
    'always',
    true,
    'The administrators of Greenroom have fixed this for every meeting',
  ])
  assert.deepEqual(await at(ada, 'settings.auto_recording'), ['decides', 'cloud', null])
  assert.deepEqual(await at('simAlanAAAAAAAAAAAAAAA', 'settings.auto_recording'), ['decides', null, null])
  assert.deepEqual(await at(ada, 'settings.host_video'), ['never', null, null])
})

const refusals: [what: string, option: string, rule: string, value: unknown, field: string][] = [
  ['a fixed option without its value', 'settings.waiting_room', 'always', undefined, 'value'],
  ['a value of another kind', 'settings.waiting_room', 'decides', 'yes', 'value'],
  ['a choice that does not exist', 'settings.audio', 'always', 'pigeon', 'value'],
  ['a duration of no minutes', 'duration', 'decides', 0, 'value'],
  ['a time zone that does not exist', 'timezone', 'decides', 'Middle-earth/Shire', 'value'],
  ['tracking fields that are no list', 'tracking_fields', 'decides', 'Maths', 'value'],
  ['a passcode for all', 'password', 'decides', 'secret1', 'value'],
  ['a length that nobody may choose', 'duration', 'never', undefined, 'rule'],
  ['a rule that does not exist', 'settings.waiting_room', 'sometimes', true, 'rule'],
]
for (const [what, option, rule, value, field] of refusals)
  test(`${what} is refused`, async () => {
    const { status, body } = await decide(option, rule, value)
    assert.deepEqual([status, body.errors[0]?.field], [422, field])
  })

test('two options that exclude each other cannot both always hold', async () => {
  await decided('settings.waiting_room', 'always', true)
  const { status, body } = await decide('settings.join_before_host', 'always', true)
  assert.equal(status, 422)
  assert.match(body.detail, /waiting room/)
})

test('what is no option cannot be decided', async () => {
  assert.equal((await decide('settings.coffee', 'never')).status, 404)
  assert.equal((await decide('topic', 'always', 'Algebra')).status, 404)
})

test('who decided what is in the audit log', async () => {
  await decided('settings.waiting_room', 'always', true)
  const { body } = await w.api<{ items: { action: string; object_id: string; detail: object }[] }>('GET', '/audit')
  assert.deepEqual(
    [body.items[0]?.action, body.items[0]?.object_id, body.items[0]?.detail],
    ['meeting_default.set', 'settings.waiting_room', { rule: 'always', value: true }],
  )
})

test('a list of meetings is tried with what is decided, so that what cannot be is told before anything is made', async () => {
  await decided('settings.auto_recording', 'always', 'cloud')
  const content = 'topic,host,start_time,duration\nAlgebra,alan@school.example,2030-05-06 14:30,60'
  const { body } = await w.api<{ id: string }>('POST', '/meeting_imports', { content, format: 'csv' })
  const rows = async () =>
    (await w.api<{ items: { state: string; message: string | null }[] }>('GET', `/meeting_imports/${body.id}/rows`))
      .body.items
  await until(async () => /has fixed this option/.test((await rows())[0]?.message ?? ''), 'the row to be refused')
})
