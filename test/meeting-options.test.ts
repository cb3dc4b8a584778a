import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { MeetingOption } from '#hub/meetings/options/option.ts'
import { valueAt } from '#hub/meetings/options/rules.ts'
import { meetingOptions } from '#hub/meetings/options/table.ts'
import type { HostOptions, Meeting, PlannedMeeting } from '#hub/resources.ts'
import { sentencesOf } from '../web/console/sentences.ts'
import german from '../web/console/languages/hub/de.json' with { type: 'json' }
import { bodyOf, chosenOf, type OptionItem } from '../web/console/forms/meeting/body.ts'
import { atZoom } from './at-zoom.ts'
import { until, world } from './world.ts'

const table: readonly MeetingOption[] = meetingOptions
const rowsOf = (name: string): { id: string; words: string }[] =>
  JSON.parse(readFileSync(new URL(`vectors/options/${name}.json`, import.meta.url), 'utf8'))
const rows = ['moodle-teacher', 'moodle-settings', 'eroom-form'].flatMap(rowsOf)

/** Rows of the old systems that say nothing of a meeting at Zoom, and whose affair they are. */
const notOptions: Record<string, string> = {
  T17: 'what a course page shows is the placement’s',
  T18: 'who sees recordings is told for each recording',
  T19: 'grades are the placement’s',
  T20: 'an untouched option is not sent, which the tests below prove for every option',
  T21: 'Zoom is changed first, and a conflict is told',
  T22: 'DELETE /meetings/{id}',
  T23: 'a new meeting with the same body',
  T24: 'GET /meetings/{id}/sessions',
  T25: 'GET /attendance',
  T26: 'reports correct themselves',
  T27: 'capacity is a matter of who is enrolled in a course',
  T28: 'grades are the placement’s',
  T29: 'who sees recordings is told for each recording',
  T30: 'backup and restore are the course’s',
  'accountid, clientid, clientsecret': 'the Zoom app',
  zoomurl: 'the Zoom app',
  apiendpoint: 'the Zoom app',
  proxyhost: 'the server’s configuration',
  apiidentifier: 'persons',
  licensesnumber: 'licences',
  utmost: 'licences',
  instanceusers: 'licences',
  recycleonjoin: 'licences',
  protectedgroups: 'licences',
  firstabletojoin: 'the Door',
  displayleadtime: 'the Door',
  displaypassword: 'what a course page shows is the placement’s',
  maskparticipantdata: 'attendance',
  viewrecordings: 'who sees recordings is told for each recording',
  unamedisplay: 'the Door',
  showcapacitywarning: 'capacity is a matter of who is enrolled in a course',
  showallmeetings: 'the course’s list',
  showdownloadical: 'calendar',
  sendicalnotifications: 'calendar',
  'defaultshowschedule / showsecurity / showmedia': 'what a course page shows is the placement’s',
  'invitationregexenabled / invitationremoveinvite / invitationremoveicallink': 'the invitation is Zoom’s own text',
  'invitation_{invite,joinurl,onetapmobile,dialin,sip,h323,icallink}': 'the invitation is Zoom’s own text',
  gradingmethod: 'grades are the placement’s',
  stm_select_gm_zoom: 'another provider than Zoom',
  stm_hide_zoom_app_button: 'what a web page shows is the placement’s',
}

for (const { id, words } of rows)
  test(`the old systems’ “${id}” is an option here, or somebody else’s affair`, () => {
    const carried = table.filter((option) => option.spec.includes(id))
    assert.ok(carried.length > 0 !== Object.hasOwn(notOptions, id), `${id}: ${words}`)
  })

test('no option names a row that the old systems do not have', () => {
  const known = new Set(rows.map(({ id }) => id))
  assert.deepEqual(
    table.flatMap(({ spec }) => spec).filter((id) => !known.has(id)),
    [],
  )
  assert.deepEqual(
    Object.keys(notOptions).filter((id) => !known.has(id)),
    [],
  )
})

test('the console has German for every word that the hub says of options', () => {
  const inGerman = sentencesOf(german)
  const words = table.flatMap((option) => [
    option.words,
    option.about,
    ...(option.needs ?? []).map((need) => need.words),
    ...(option.value.type === 'choice'
      ? option.value.of.flatMap((choice) => [choice.words, ...(choice.needs ?? []).map((need) => need.words)])
      : []),
  ])
  assert.deepEqual(
    words.filter((text) => text !== undefined && inGerman(text) === undefined),
    [],
  )
})

const w = await world({ after })
const ada = 'simAdaAAAAAAAAAAAAAAAA'
const optionsOf = async (id: string): Promise<HostOptions> => {
  const { status, body, text } = await w.api<HostOptions>('GET', `/zoom_users/${id}/meeting_options`)
  assert.equal(status, 200, text)
  return body
}
/** Has a host's settings read, and waits until that is done. */
const refreshed = async (id: string): Promise<HostOptions> => {
  const before = (await optionsOf(id)).asked_at
  assert.equal((await w.api('POST', `/zoom_users/${id}/meeting_options/refresh`)).status, 202)
  await until(async () => (await optionsOf(id)).asked_at !== before, 'the host’s settings')
  return optionsOf(id)
}

// The account allows everything that is off in a new one, so that each option can be tried.
await atZoom(w, 'PATCH', `/users/${ada}/settings`, {
  feature: { webinar: true, webinar_capacity: 500 },
  in_meeting: { e2e_encryption: true, language_interpretation: { enable: true } },
  telephony: { third_party_audio: true },
})
await atZoom(w, 'POST', '/users/grace@school.example/assistants', { assistants: [{ id: ada }] })
await atZoom(w, 'POST', '/tracking_fields', { field: 'Cost centre' })
const { items } = await refreshed(ada)
const itemAt = (id: string): OptionItem => items.find((item) => item.id === id) as OptionItem

/** What the form sends without anybody touching an option. */
const least = { topic: 'Algebra', start_time: '2030-05-06T09:00', timezone: 'Europe/Berlin' }
const untouched: Record<string, unknown> = {
  topic: 'Algebra',
  start_time: '2030-05-06T09:00:00',
  timezone: 'Europe/Berlin',
}

interface Try {
  /** What somebody does in the form. */
  form: Record<string, unknown>
  kind?: 'webinar'
  /** What stands in the body that Zoom is sent, where the option stands; the form's own value when absent. */
  zoom?: unknown
  /** What else goes with it. */
  with?: Record<string, unknown>
  /** What is read back, when it is told otherwise than sent. */
  back?: (meeting: Meeting) => unknown
}

const repeats = {
  every: 'week',
  interval: 1,
  weekdays: ['2'],
  monthly: { by: 'day', day: 1 },
  ends: { by: 'times', times: 3 },
  timezone: 'Europe/Berlin',
}
const weekly = { type: 2, repeat_interval: 1, weekly_days: '2', end_times: 3 }
const rooms = [{ name: 'Red', participants: ['grace@school.example'] }]

/** One try for each row of the table; a row without one fails. */
const tries: Record<string, Try> = {
  topic: { form: { topic: 'Geometry' } },
  kind: { form: { kind: 'webinar' }, kind: 'webinar', zoom: undefined, back: (meeting) => meeting.kind },
  agenda: { form: { agenda: 'Bring a ruler' } },
  start_time: {
    form: { start_time: '2030-06-03T10:30' },
    zoom: '2030-06-03T10:30:00',
    back: (meeting) => (meeting.start_time === '2030-06-03T08:30:00.000Z' ? '2030-06-03T10:30:00' : meeting.start_time),
  },
  duration: { form: { duration: 90 } },
  timezone: { form: { timezone: 'America/New_York' } },
  recurrence: { form: { recurrence: repeats }, zoom: weekly, with: { type: 8 } },
  type: { form: { type: 3, start_time: undefined }, back: (meeting) => meeting.type },
  host: { form: { host: 'grace@school.example' }, zoom: undefined, back: (meeting) => meeting.host_email },
  schedule_for: { form: { schedule_for: 'grace@school.example' }, back: (meeting) => meeting.host_email },
  'settings.alternative_hosts': {
    form: { 'settings.alternative_hosts': ['grace@school.example'] },
    zoom: 'grace@school.example',
  },
  'settings.alternative_hosts_email_notification': { form: { 'settings.alternative_hosts_email_notification': false } },
  'settings.breakout_room': { form: { 'settings.breakout_room': rooms }, zoom: { enable: true, rooms } },
  password: { form: { password: 'pa55-word' } },
  'settings.waiting_room': { form: { 'settings.waiting_room': true } },
  'settings.join_before_host': { form: { 'settings.join_before_host': true } },
  'settings.jbh_time': { form: { 'settings.jbh_time': '10' }, zoom: 10 },
  'settings.meeting_authentication': { form: { 'settings.meeting_authentication': true } },
  'settings.encryption_type': { form: { 'settings.encryption_type': 'e2ee' } },
  'settings.approved_or_denied_countries_or_regions': {
    form: { 'settings.approved_or_denied_countries_or_regions': { method: 'deny', countries: ['AQ'] } },
    zoom: { enable: true, method: 'deny', denied_list: ['AQ'] },
  },
  'settings.use_pmi': { form: { 'settings.use_pmi': true } },
  'settings.allow_multiple_devices': { form: { 'settings.allow_multiple_devices': true } },
  'settings.approval_type': { form: { 'settings.approval_type': '0' }, zoom: 0 },
  'settings.registration_type': { form: { 'settings.registration_type': '2' }, zoom: 2 },
  'settings.registrants_confirmation_email': { form: { 'settings.registrants_confirmation_email': false } },
  'settings.registrants_email_notification': { form: { 'settings.registrants_email_notification': false } },
  'settings.host_video': { form: { 'settings.host_video': true } },
  'settings.participant_video': { form: { 'settings.participant_video': true } },
  'settings.panelists_video': { form: { 'settings.panelists_video': true }, kind: 'webinar' },
  'settings.mute_upon_entry': { form: { 'settings.mute_upon_entry': true } },
  'settings.audio': { form: { 'settings.audio': 'voip' } },
  'settings.auto_recording': { form: { 'settings.auto_recording': 'cloud' } },
  'settings.hd_video': { form: { 'settings.hd_video': true }, kind: 'webinar' },
  'settings.practice_session': { form: { 'settings.practice_session': true }, kind: 'webinar' },
  'settings.language_interpretation': { form: { 'settings.language_interpretation': true }, zoom: { enable: true } },
  'settings.email_notification': { form: { 'settings.email_notification': false } },
  tracking_fields: {
    form: { tracking_fields: { 'Cost centre': 'Maths' } },
    zoom: [{ field: 'Cost centre', value: 'Maths' }],
  },
}

/** The body of the last call to Zoom that plans something. */
async function sentToZoom(): Promise<Record<string, unknown>> {
  const { calls } = await w.zoom<{ calls: { method: string; path: string; body: Record<string, unknown> }[] }>(
    'GET',
    '/calls?last=20',
  )
  const call = calls.findLast((each) => each.method === 'POST' && /\/(meetings|webinars)$/.test(each.path))
  assert.ok(call, 'Zoom was asked to plan something')
  return call.body
}

/** What says two things: “Unticked → empty passcode sent”. */
const secondTries: [id: string, Try][] = [['password', { form: { password: '' } }]]

for (const [id, one] of [...table.map(({ id: of }) => [of, tries[of] as Try] as const), ...secondTries])
  test(`${id} ${JSON.stringify(one.form[id])}: what the form says reaches Zoom, and nothing else does; what Zoom has is read back`, async () => {
    const { form, kind, with: also = {}, back, ...rest } = one
    const zoom = Object.hasOwn(rest, 'zoom') ? rest.zoom : form[id]
    const chosen = { ...least, ...form }
    const request = { host: 'ada@school.example', ...(kind ? { kind } : {}), ...bodyOf(chosen, items) }
    const { status, body, text } = await w.api<PlannedMeeting>('POST', '/meetings', request)
    assert.equal(status, 201, text)
    assert.deepEqual(body.left_out, [])

    const expected: Record<string, unknown> = { ...untouched, type: kind ? 5 : 2, ...also }
    if ('start_time' in form && form['start_time'] === undefined) delete expected['start_time']
    if (zoom !== undefined) {
      const key = /^settings\.(.*)$/.exec(id)?.[1]
      Object.assign(expected, key ? { settings: { [key]: zoom } } : { [id]: zoom })
    }
    assert.deepEqual(await sentToZoom(), expected)

    const read = (await w.api<Meeting>('GET', `/meetings/${body.id}`)).body
    const has = back ? back(read) : valueAt(read, id)
    assert.deepEqual(has, zoom ?? form[id])
    if (!back && id !== 'recurrence')
      assert.deepEqual(
        bodyOf({ [id]: chosenOf(itemAt(id), has) }, items),
        id.startsWith('settings.') ? { settings: { [id.slice(9)]: zoom } } : { [id]: zoom },
      )
  })

test('no passcode is refused, for a new meeting and a change, where the account’s administrators have locked that there is one', async () => {
  const plan = { ...untouched, host: 'ada@school.example', topic: 'Locked' }
  const { id } = (await w.api<Meeting>('POST', '/meetings', plan)).body
  // The app of the simulator may not read what is locked: it is kept as if it might.
  const lock = (locks: Record<string, Record<string, unknown>>) =>
    sql`update host_settings set locks = ${JSON.stringify(locks)} where zoom_user_id = ${ada}`.execute(w.server.hub.db)
  await lock({ schedule_meeting: { require_password_for_scheduling_new_meetings: true } })
  const reason = (await optionsOf(ada)).items.find((item) => item.id === 'password')?.reason
  assert.match(reason ?? '', /locked/)
  const before = await w.calls()
  for (const [method, path, body] of [
    ['POST', '/meetings', { ...plan, password: '' }],
    ['PATCH', `/meetings/${id}`, { password: '' }],
  ] as const) {
    const answer = await w.api<{ errors: { field: string; message: string }[] }>(method, path, body)
    assert.equal(answer.status, 422, answer.text)
    assert.deepEqual(answer.body.errors, [{ field: 'password', message: reason }])
  }
  assert.equal(await w.calls(), before)
  assert.equal((await w.api('PATCH', `/meetings/${id}`, { password: 'own-one1' })).status, 200, 'one of its own is')
  await lock({})
})

test('options are told from what is kept: reading them asks Zoom nothing', async () => {
  const before = await w.calls()
  await optionsOf(ada)
  await optionsOf('simGraceAAAAAAAAAAAAAA')
  assert.equal(await w.calls(), before)
})

test('before Zoom was asked about a host, nothing is said to be impossible', async () => {
  const options = await optionsOf('simGraceAAAAAAAAAAAAAA')
  assert.deepEqual([options.asked_at, options.fresh], [null, false])
  assert.deepEqual(
    options.items.filter(({ reason }) => reason).map(({ id }) => id),
    [],
  )
})

test('the host’s own defaults are told, and whoever is only Basic is told why some options are not theirs', async () => {
  await atZoom(w, 'PATCH', '/users/alan@school.example/settings', {
    schedule_meeting: { host_video: true },
    recording: { local_recording: false },
  })
  const { items: alan } = await refreshed('simAlanAAAAAAAAAAAAAAA')
  const at = (id: string) => alan.find((item) => item.id === id)
  const refused = (id: string) =>
    at(id)
      ?.choices.filter(({ reason }) => reason)
      .map(({ value }) => value)
  assert.equal(at('settings.host_video')?.default, true)
  assert.match(at('settings.alternative_hosts')?.reason ?? '', /Licensed/)
  assert.deepEqual(refused('settings.auto_recording'), ['local', 'cloud'])
  assert.deepEqual(refused('settings.approval_type'), [0, 1])
  assert.deepEqual(refused('settings.encryption_type'), ['e2ee'])
  assert.deepEqual(refused('kind'), ['webinar'])
})

test('what a host may not do is refused before Zoom is asked, in the same words', async () => {
  const before = await w.calls()
  const { status, body } = await w.api<{ errors: { field: string; message: string }[] }>('POST', '/meetings', {
    ...untouched,
    host: 'alan@school.example',
    settings: { auto_recording: 'cloud', approval_type: 0 },
  })
  assert.equal(status, 422)
  assert.deepEqual(
    body.errors.map(({ field }) => field),
    ['settings.approval_type', 'settings.auto_recording'],
  )
  assert.match(body.errors[1]?.message ?? '', /needs a Licensed host/)
  const webinar = await w.api<{ errors: { field: string }[] }>('POST', '/meetings', {
    ...untouched,
    kind: 'webinar',
    host: 'alan@school.example',
  })
  assert.deepEqual([webinar.status, webinar.body.errors[0]?.field], [422, 'kind'])
  assert.equal(await w.calls(), before)
})

test('a change of the host’s settings at Zoom makes what is kept of them old, and nothing is refused by it any more', async () => {
  await atZoom(w, 'PATCH', '/users/alan@school.example/settings', { recording: { local_recording: true } })
  await w.settled()
  assert.equal((await optionsOf('simAlanAAAAAAAAAAAAAAA')).fresh, false)
  const { status } = await w.api('POST', '/meetings', {
    ...untouched,
    host: 'alan@school.example',
    settings: { auto_recording: 'local' },
  })
  assert.equal(status, 201)
})

const refusals: [what: string, settings: Record<string, unknown>, field: string, more?: object][] = [
  ['an option of webinars', { practice_session: true }, 'settings.practice_session'],
  ['a value of another kind', { waiting_room: 'yes' }, 'settings.waiting_room'],
  ['a choice that does not exist', { auto_recording: 'tape' }, 'settings.auto_recording'],
  [
    'a waiting room together with joining before the host',
    { waiting_room: true, join_before_host: true },
    'settings.join_before_host',
  ],
  [
    'countries approved and denied at once',
    {
      approved_or_denied_countries_or_regions: {
        enable: true,
        method: 'approve',
        approved_list: ['DE'],
        denied_list: ['AQ'],
      },
    },
    'settings.approved_or_denied_countries_or_regions',
  ],
  [
    'one person in two breakout rooms',
    {
      breakout_room: {
        enable: true,
        rooms: [
          { name: 'A', participants: ['a@b.c'] },
          { name: 'B', participants: ['a@b.c'] },
        ],
      },
    },
    'settings.breakout_room',
  ],
  [
    'an alternative host who has no licence',
    { alternative_hosts: 'alan@school.example' },
    'settings.alternative_hosts',
  ],
  [
    'an alternative host whom the account does not know',
    { alternative_hosts: 'nobody@school.example' },
    'settings.alternative_hosts',
  ],
  [
    'registration for what has no fixed time',
    { approval_type: 0 },
    'settings.approval_type',
    { type: 3, start_time: undefined },
  ],
  [
    'a cloud recording of what is encrypted end to end',
    { encryption_type: 'e2ee', auto_recording: 'cloud' },
    'settings.auto_recording',
  ],
]
for (const [what, settings, field, more = {}] of refusals)
  test(`${what} is refused, and Zoom is not asked`, async () => {
    const before = await w.calls()
    const { status, body } = await w.api<{ errors: { field: string }[] }>('POST', '/meetings', {
      ...untouched,
      host: 'ada@school.example',
      settings,
      ...more,
    })
    assert.equal(status, 422)
    assert.deepEqual(
      body.errors.map((each) => each.field),
      [field],
    )
    assert.equal(await w.calls(), before)
  })

test('alternative hosts may be typed with commas, spaces and capitals: Zoom gets what it wants', async () => {
  const settings = { alternative_hosts: 'Grace@School.example,  ada@school.example' }
  await w.api('POST', '/meetings', { ...untouched, host: 'ada@school.example', settings })
  assert.deepEqual((await sentToZoom())['settings'], { alternative_hosts: 'grace@school.example;ada@school.example' })
})

test('a setting that the table does not know is passed on as it is', async () => {
  const settings = { focus_mode: true }
  await w.api('POST', '/meetings', { ...untouched, host: 'ada@school.example', settings })
  assert.deepEqual((await sentToZoom())['settings'], settings)
})

test('a tracking field that the account wants must have a value', async () => {
  const { id } = (await (await atZoom(w, 'POST', '/tracking_fields', { field: 'Faculty', required: true })).json()) as {
    id: string
  }
  await refreshed(ada)
  const ask = (tracking_fields: object[]) =>
    w.api<{ errors: { field: string }[] }>('POST', '/meetings', {
      ...untouched,
      host: 'ada@school.example',
      tracking_fields,
    })
  assert.equal((await ask([])).status, 422)
  assert.equal((await ask([{ field: 'Faculty', value: 'Science' }])).status, 201)
  await atZoom(w, 'DELETE', `/tracking_fields/${id}`)
  await refreshed(ada)
})

test('who may not schedule for somebody is told so before Zoom is asked', async () => {
  const { status, body } = await w.api<{ errors: { field: string; message: string }[] }>('POST', '/meetings', {
    ...untouched,
    host: 'ada@school.example',
    schedule_for: 'alan@school.example',
  })
  assert.deepEqual([status, body.errors[0]?.field], [422, 'schedule_for'])
  assert.match(body.errors[0]?.message ?? '', /scheduling privilege/)
})

test('what Zoom takes and then leaves out is told: it says nothing of it itself', async () => {
  // Of a Basic host whose settings are not known here nothing is refused; Zoom gives such a host no registration.
  await w.zoom('POST', '/people', { email: 'basic@school.example', type: 1, first_name: 'Ba', last_name: 'Sic' })
  const { status, body } = await w.api<PlannedMeeting>('POST', '/meetings', {
    ...untouched,
    host: 'basic@school.example',
    settings: { approval_type: 0, waiting_room: true },
  })
  assert.equal(status, 201)
  assert.deepEqual(body.left_out, [{ field: 'settings.approval_type', asked: 0, kept: 2 }])
  const changed = await w.api<PlannedMeeting>('PATCH', `/meetings/${body.id}`, { settings: { waiting_room: false } })
  assert.deepEqual(changed.body.left_out, [])
})

test('of no host in particular every option is told, and none is impossible', async () => {
  const { status, body } = await w.api<HostOptions>('GET', '/meeting_options')
  assert.equal(status, 200)
  assert.deepEqual(
    body.items.map(({ id }) => id),
    table.map(({ id }) => id),
  )
  assert.deepEqual(
    body.items.filter(({ reason, choices }) => reason ?? choices.some((choice) => choice.reason)),
    [],
  )
})

test('another workspace’s hosts are not found', async () => {
  const { status } = await w.api('GET', '/zoom_users/simNobody/meeting_options')
  assert.equal(status, 404)
  const refresh = await w.api('POST', '/zoom_users/simNobody/meeting_options/refresh')
  assert.equal(refresh.status, 404)
})
