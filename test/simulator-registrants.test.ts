import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { simulate, simulateWithEvents, type Json, type Zoom } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

const ada = 'ada@school.example'
const max = { email: 'max@family.example', first_name: 'Max', last_name: 'Born' }
const weekly = { type: 8, recurrence: { type: 1, repeat_interval: 1, end_times: 3 } }
const manual = { settings: { approval_type: 1 } }
const automatic = { settings: { approval_type: 0 } }

const webinarOf = async (zoom: Zoom, more: object = automatic): Promise<Json> => {
  await zoom.control('PATCH', `/people/${ada}`, { webinar: true })
  return (await zoom.api('POST', `/users/${ada}/webinars`, { topic: 'Open day', ...more })).body
}

test('who registers for a meeting with automatic approval gets a link, and joins by the id', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { id } = await zoom.schedule(automatic)
  const { status, body } = await zoom.api('POST', `/meetings/${id}/registrants`, { ...max, city: 'Breslau' })
  assert.equal(status, 201)
  assert.match(body.join_url, /\/w\/\d+\?tk=[\w-]+/)
  const [event] = await events('meeting.registration_created')
  assert.equal(event.payload.operator, undefined)
  assert.deepEqual(
    [event.payload.object.id, event.payload.object.registrant.id, event.payload.object.registrant.city],
    [id, body.registrant_id, 'Breslau'],
  )
  assert.equal(event.payload.object.registrant.status, 'approved')
  const { registrants } = (await zoom.api('GET', `/meetings/${id}/registrants`)).body
  assert.deepEqual([registrants[0].email, registrants[0].join_url], [max.email, body.join_url])
  await zoom.control('POST', `/meetings/${id}/start`)
  const who = { name: 'Max', email: max.email, registrant_id: body.registrant_id }
  await zoom.control('POST', `/meetings/${id}/join`, who)
  const [joined] = await events('meeting.participant_joined')
  assert.equal(joined.payload.object.participant.registrant_id, body.registrant_id)
})

test('with manual approval the host approves, denies and cancels, each with its event', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { id } = await zoom.schedule({ ...manual, ...weekly })
  const { body } = await zoom.api('POST', `/meetings/${id}/registrants`, max)
  assert.equal(body.join_url, undefined)
  const waiting = async (status: string): Promise<string[]> =>
    (await zoom.api('GET', `/meetings/${id}/registrants?status=${status}`)).body.registrants.map((one: Json) => one.id)
  assert.deepEqual([await waiting('pending'), await waiting('approved')], [[body.registrant_id], []])
  const decide = (action: string) =>
    zoom.api('PUT', `/meetings/${id}/registrants/status`, { action, registrants: [{ id: body.registrant_id }] })
  for (const [action, status] of [
    ['approve', 'approved'],
    ['deny', 'denied'],
    ['cancel', 'gone'],
  ] as const) {
    assert.equal((await decide(action)).status, 204)
    if (status !== 'gone') assert.deepEqual(await waiting(status), [body.registrant_id])
  }
  assert.equal((await decide('approve')).body.code, 300)
  for (const event of ['approved', 'denied', 'cancelled']) {
    const [{ payload }] = (await events(`meeting.registration_${event}`)) as [Json]
    assert.equal(payload.operator, ada)
    assert.equal('join_url' in payload.object.registrant, event === 'approved')
  }
})

test('a registrant names the occurrences, is deleted, and a batch of thirty is taken at once', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const series = await zoom.schedule({ ...automatic, ...weekly })
  const [first] = series.occurrences
  const path = `/meetings/${series.id}/registrants`
  const added = await zoom.api('POST', `${path}?occurrence_ids=${first.occurrence_id}`, max)
  const [event] = await events('meeting.registration_created')
  assert.deepEqual(event.payload.object.occurrences, [
    { occurrence_id: first.occurrence_id, start_time: first.start_time },
  ])
  assert.equal((await zoom.api('POST', `${path}?occurrence_ids=1`, max)).body.code, 300)
  assert.equal((await zoom.api('DELETE', `${path}/${added.body.registrant_id}`)).status, 204)
  assert.equal((await events('meeting.registration_cancelled')).length, 1)
  const { id } = await zoom.schedule(automatic)
  const registrants = Array.from({ length: 30 }, (_, i) => ({ email: `p${i}@x.example`, first_name: `P${i}` }))
  const { status, body } = await zoom.api('POST', `/meetings/${id}/batch_registrants`, { registrants })
  assert.deepEqual([status, body.registrants.length], [201, 30])
  const more = [...registrants, { email: 'p@x.example', first_name: 'P' }]
  assert.equal((await zoom.api('POST', `/meetings/${id}/batch_registrants`, { registrants: more })).body.code, 300)
})

test('a required question that is not answered is named', async (t) => {
  const { api, schedule } = await simulate(t)
  const path = `/meetings/${(await schedule(automatic)).id}/registrants`
  const questions = {
    questions: [{ field_name: 'city', required: true }],
    custom_questions: [{ title: 'Why?', type: 'short', required: true, answers: [] }],
  }
  assert.equal((await api('PATCH', `${path}/questions`, questions)).status, 204)
  assert.deepEqual((await api('GET', `${path}/questions`)).body, questions)
  const { status, body } = await api('POST', path, max)
  assert.deepEqual([status, body.errors.map((one: Json) => one.field)], [400, ['city', 'custom_questions']])
  const answered = { ...max, city: 'Kiel', custom_questions: [{ title: 'Why?', value: 'To learn' }] }
  assert.equal((await api('POST', path, answered)).status, 201)
})

test('the same e-mail is the same registrant, three times a day and no fourth', async (t) => {
  const { api, schedule } = await simulate(t)
  const path = `/meetings/${(await schedule(automatic)).id}/registrants`
  const ids = new Set<string>()
  for (let i = 0; i < 3; i++) ids.add((await api('POST', path, max)).body.registrant_id)
  assert.equal(ids.size, 1)
  assert.deepEqual((await api('POST', path, max)).status, 429)
  const decide = (action: string) => api('PUT', `${path}/status`, { action, registrants: [{ email: max.email }] })
  for (let i = 0; i < 10; i++) assert.equal((await decide(i % 2 ? 'approve' : 'deny')).status, 204)
  assert.equal((await decide('deny')).status, 429)
})

test('panelists come and go one by one or all, and there are at most a hundred', async (t) => {
  const zoom = await simulate(t)
  const path = `/webinars/${(await webinarOf(zoom)).id}/panelists`
  const some = (from: number, count: number) => ({
    panelists: Array.from({ length: count }, (_, i) => ({ name: `P${from + i}`, email: `p${from + i}@x.example` })),
  })
  for (const from of [0, 30, 60]) assert.equal((await zoom.api('POST', path, some(from, 30))).status, 201)
  assert.equal((await zoom.api('POST', path, some(90, 10))).status, 201)
  const { status, body } = await zoom.api('POST', path, some(100, 1))
  assert.deepEqual([status, body.code], [400, 3000])
  const { panelists, total_records } = (await zoom.api('GET', path)).body
  assert.equal(total_records, 100)
  assert.equal((await zoom.api('DELETE', `${path}/${panelists[0].id}`)).status, 204)
  assert.equal((await zoom.api('DELETE', `${path}/${panelists[0].id}`)).body.code, 1001)
  assert.equal((await zoom.api('GET', path)).body.total_records, 99)
  assert.equal((await zoom.api('DELETE', path)).status, 204)
  assert.equal((await zoom.api('GET', path)).body.total_records, 0)
})

interface Refused {
  fact: string
  call: (zoom: Zoom) => Promise<{ status: number; body: Json }>
  http: number
  code: number
  message: RegExp
}

const registerAt = async (zoom: Zoom, kind: string, id: number) => zoom.api('POST', `/${kind}s/${id}/registrants`, max)
const two = { registrants: [max] }

const refusals: Refused[] = [
  {
    fact: 'registration that is off for a batch',
    call: async (zoom) => zoom.api('POST', `/meetings/${(await zoom.schedule()).id}/batch_registrants`, two),
    http: 404,
    code: 404,
    message: /^Registration has not been enabled for this meeting/,
  },
  {
    fact: 'registration that is off for a webinar',
    call: async (zoom) => registerAt(zoom, 'webinar', (await webinarOf(zoom, { settings: { approval_type: 2 } })).id),
    http: 400,
    code: 3000,
    message: /^This webinar does not have registration as required: \d+/,
  },
  {
    fact: 'a batch for a recurring meeting',
    call: async (zoom) =>
      zoom.api('POST', `/meetings/${(await zoom.schedule({ ...automatic, ...weekly })).id}/batch_registrants`, two),
    http: 400,
    code: 303,
    message: /scheduled meeting/,
  },
  {
    fact: 'a webinar where a meeting is meant',
    call: async (zoom) => registerAt(zoom, 'meeting', (await webinarOf(zoom)).id),
    http: 400,
    code: 3000,
    message: /^Cannot access meeting info/,
  },
  {
    fact: 'a meeting that is past',
    call: async (zoom) => {
      const { id } = await zoom.schedule(automatic)
      await zoom.control('POST', '/clock', { advance_s: 86_400 })
      const token = await zoom.accessToken()
      return zoom.send('POST', `/v2/meetings/${id}/batch_registrants`, two, { authorization: `Bearer ${token}` })
    },
    http: 400,
    code: 3038,
    message: /^Meeting is over/,
  },
  {
    fact: 'a webinar that is past',
    call: async (zoom) => {
      const { id } = await webinarOf(zoom)
      await zoom.control('POST', '/clock', { advance_s: 86_400 })
      const token = await zoom.accessToken()
      return zoom.send('POST', `/v2/webinars/${id}/registrants`, max, { authorization: `Bearer ${token}` })
    },
    http: 400,
    code: 3038,
    message: /^Webinar is over/,
  },
  {
    fact: 'the host',
    call: async (zoom) =>
      zoom.api('POST', `/webinars/${(await webinarOf(zoom)).id}/registrants`, { ...max, email: ada }),
    http: 400,
    code: 3027,
    message: /^Host cannot register/,
  },
  {
    fact: 'one too many in a meeting',
    call: async (zoom) => {
      await zoom.control('PATCH', '/settings', { max_registrants: 1 })
      const path = `/meetings/${(await zoom.schedule(automatic)).id}/registrants`
      await zoom.api('POST', path, { ...max, email: 'first@x.example' })
      return zoom.api('POST', path, max)
    },
    http: 400,
    code: 3043,
    message: /maximum attendee capacity/,
  },
  {
    fact: 'one too many in a webinar',
    call: async (zoom) => {
      await zoom.control('PATCH', '/settings', { max_registrants: 1 })
      const path = `/webinars/${(await webinarOf(zoom)).id}/registrants`
      await zoom.api('POST', path, { ...max, email: 'first@x.example' })
      return zoom.api('POST', path, max)
    },
    http: 400,
    code: 3000,
    message: /^You have reached the limit for the number of attendees/,
  },
  {
    fact: 'one approval too many in a webinar',
    call: async (zoom) => {
      const path = `/webinars/${(await webinarOf(zoom, manual)).id}/registrants`
      const emails = ['a@x.example', 'b@x.example']
      for (const email of emails) await zoom.api('POST', path, { ...max, email })
      await zoom.control('PATCH', '/settings', { max_registrants: 1 })
      const registrants = emails.map((email) => ({ email }))
      return zoom.api('PUT', `${path}/status`, { action: 'approve', registrants })
    },
    http: 400,
    code: 3035,
    message: /maximum attendee capacity/,
  },
  {
    fact: 'a registrant that is unknown in a meeting',
    call: async (zoom) => zoom.api('DELETE', `/meetings/${(await zoom.schedule(automatic)).id}/registrants/nobody`),
    http: 400,
    code: 300,
    message: /Registrant ID field is invalid/,
  },
  {
    fact: 'a registrant that is unknown in a webinar',
    call: async (zoom) => zoom.api('DELETE', `/webinars/${(await webinarOf(zoom)).id}/registrants/${'a'.repeat(22)}`),
    http: 400,
    code: 3000,
    message: /^Registrant a+ was not found/,
  },
  {
    fact: 'a host without the webinar add-on',
    call: async (zoom) => {
      const { id } = await webinarOf(zoom)
      await zoom.control('PATCH', `/people/${ada}`, { webinar: false })
      return zoom.api('POST', `/webinars/${id}/batch_registrants`, two)
    },
    http: 400,
    code: 200,
    message: /^Webinar plan is missing/,
  },
  {
    fact: 'a host without meetings',
    call: async (zoom) => {
      const { id } = await zoom.schedule(automatic)
      await zoom.control('PATCH', `/people/${ada}`, { type: 99 })
      return registerAt(zoom, 'meeting', id)
    },
    http: 400,
    code: 3161,
    message: /^Meeting hosting and scheduling/,
  },
  {
    fact: "another's meeting",
    call: async (zoom) => {
      const { access_token } = await zoom.authorize('grace@school.example')
      const { id } = await zoom.schedule(automatic)
      const headers = { authorization: `Bearer ${access_token}` }
      return zoom.send('POST', `/v2/meetings/${id}/registrants`, max, headers)
    },
    http: 400,
    code: 3003,
    message: /^You are not the meeting host/,
  },
  {
    fact: 'a webinar that is not there',
    call: async (zoom) => registerAt(zoom, 'webinar', 123_456_789),
    http: 404,
    code: 3001,
    message: /123456789/,
  },
]

for (const { fact, call, http, code, message } of refusals) {
  test(`registration is refused in Zoom's words: ${fact}`, async (t) => {
    const { status, body } = await call(await simulate(t))
    assert.deepEqual([status, body.code], [http, code], JSON.stringify(body))
    assert.match(body.message, message)
  })
}

/** Fields of a sample that come only from features that the simulator lacks. */
const virtualBackgrounds = [
  'panelists.virtual_background_id is absent',
  'panelists.name_tag_id is absent',
  'panelists.name_tag_name is absent',
  'panelists.name_tag_pronouns is absent',
  'panelists.name_tag_description is absent',
]

async function registered(t: TestContext) {
  const zoom = await simulate(t)
  const { id } = await zoom.schedule(automatic)
  const webinar = await webinarOf(zoom, {
    ...automatic,
    type: 9,
    recurrence: { type: 1, repeat_interval: 1, end_times: 2 },
  })
  const asked = { ...max, custom_questions: [{ title: 'Why?', value: 'So' }] }
  const { body } = await zoom.api('POST', `/meetings/${id}/registrants`, asked)
  const posted = await zoom.api('POST', `/webinars/${webinar.id}/registrants`, asked)
  return { zoom, meeting: `/meetings/${id}`, webinar: `/webinars/${webinar.id}`, body, posted: posted.body }
}

test('answers about registrants and panelists have the fields and types of the samples', async (t) => {
  const { zoom, meeting, webinar, body, posted } = await registered(t)
  const get = async (path: string): Promise<Json> => (await zoom.api('GET', path)).body
  const one = [{ name: 'P', first_name: 'P', email: 'p@x.example' }]
  const questions = {
    questions: [{ field_name: 'city', required: false }],
    custom_questions: [{ title: 'Why?', type: 'short', required: false, answers: [] }],
  }
  assert.equal((await zoom.api('PATCH', `${webinar}/registrants/questions`, questions)).status, 204)
  const panelist = (await zoom.api('POST', `${webinar}/panelists`, { panelists: one })).body
  const batch = (await zoom.api('POST', `${meeting}/batch_registrants`, { registrants: one })).body
  const answers: [string, Json, string[]?][] = [
    ['meetings-{meetingId}-registrants-{registrantId}_GET', await get(`${meeting}/registrants/${body.registrant_id}`)],
    [
      'webinars-{webinarId}-registrants-{registrantId}_GET',
      await get(`${webinar}/registrants/${posted.registrant_id}`),
    ],
    ['webinars-{webinarId}-registrants_GET', await get(`${webinar}/registrants`)],
    ['webinars-{webinarId}-registrants_POST', posted],
    ['webinars-{webinarId}-registrants-questions_GET', await get(`${webinar}/registrants/questions`)],
    ['meetings-{meetingId}-batch_registrants_POST', batch],
    ['webinars-{webinarId}-panelists_POST', panelist],
    ['webinars-{webinarId}-panelists_GET', await get(`${webinar}/panelists`), virtualBackgrounds],
  ]
  for (const [sample, answer, expected = []] of answers)
    assert.deepEqual(differences(publishedSample(sample), answer), expected, sample)
})
