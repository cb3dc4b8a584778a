import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { simulate, simulateWithEvents, type Json, type Zoom } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

const ada = 'ada@school.example'
const question = { name: 'Clear?', type: 'single', answers: ['Yes', 'No'], prompts: [{ prompt_question: 'Why?' }] }
const poll = { title: 'Today', poll_type: 2, questions: [question] }

const turnOn = (zoom: Zoom, in_meeting: object) => zoom.api('PATCH', `/users/${ada}/settings`, { in_meeting })

async function webinarOf(zoom: Zoom, more: object = { settings: { approval_type: 0 } }): Promise<string> {
  await zoom.control('PATCH', `/people/${ada}`, { webinar: true })
  return `/webinars/${(await zoom.api('POST', `/users/${ada}/webinars`, { topic: 'Open day', ...more })).body.id}`
}

const control = (path: string): string => path.replace('webinars', 'meetings')

async function holdWebinar(t: TestContext) {
  const { zoom, events } = await simulateWithEvents(t)
  const path = await webinarOf(zoom)
  const source = await zoom.control('POST', `${control(path)}/tracking_sources`, { source_name: 'flyer' })
  const person = (email: string) => ({ email, first_name: 'P', custom_questions: [{ title: 'Why?', value: 'So' }] })
  const came = (await zoom.api('POST', `${path}/registrants?tracking_source_id=${source.id}`, person('came@x.example')))
    .body
  await zoom.api('POST', `${path}/registrants`, person('absent@x.example'))
  await zoom.control('POST', `${control(path)}/start`)
  await zoom.control('POST', `${control(path)}/join`, {
    name: 'P',
    email: 'came@x.example',
    registrant_id: came.registrant_id,
  })
  for (const kind of ['poll', 'qa'])
    await zoom.control('POST', `${control(path)}/answers`, { kind, name: 'P', question: 'Clear?', answer: 'Yes' })
  await zoom.control('POST', '/clock', { advance_s: 60 })
  await zoom.control('POST', `${control(path)}/end`)
  return { zoom, events, path, past: `/past_webinars/${path.slice(10)}` }
}

test('a past webinar tells who came, who did not, what was asked and answered', async (t) => {
  const { zoom, path, past, events } = await holdWebinar(t)
  const get = async (rest: string): Promise<Json> => (await zoom.api('GET', past + rest)).body
  assert.equal((await get('/instances')).webinars.length, 1)
  const absentees = await get('/absentees')
  assert.deepEqual(
    absentees.registrants.map((one: Json) => one.email),
    ['absent@x.example'],
  )
  const sources = (await zoom.api('GET', `${path}/tracking_sources`)).body
  assert.equal(sources.tracking_sources[0].registration_count, 1)
  const [created] = await events('webinar.registration_created')
  assert.equal(created.payload.object.registrant.tracking_source.source_name, 'flyer')
  const answers: [string, Json][] = [
    ['past_webinars-{webinarId}-absentees_GET', absentees],
    ['past_webinars-{webinarId}-participants_GET', await get('/participants')],
    ['past_webinars-{webinarId}-polls_GET', await get('/polls')],
    ['past_webinars-{webinarId}-qa_GET', await get('/qa')],
    ['webinars-{webinarId}-tracking_sources_GET', sources],
  ]
  for (const [sample, answer] of answers) assert.deepEqual(differences(publishedSample(sample), answer), [], sample)
})

for (const kind of ['meeting', 'webinar']) {
  test(`polls of a ${kind} are made, read, changed and deleted`, async (t) => {
    const zoom = await simulate(t)
    const path = `${kind === 'webinar' ? await webinarOf(zoom) : `/meetings/${(await zoom.schedule()).id}`}/polls`
    await turnOn(zoom, { webinar_polling: { enable: true } })
    const { status, body } = await zoom.api('POST', path, poll)
    assert.equal(status, 201)
    const made = differences(publishedSample('webinars-{webinarId}-polls_POST'), body)
    assert.deepEqual(made, ['questions.prompts.prompt_right_answers is absent'])
    assert.deepEqual((await zoom.api('GET', `${path}/${body.id}`)).body, body)
    assert.equal((await zoom.api('PUT', `${path}/${body.id}`, { ...poll, title: 'Tomorrow' })).status, 204)
    const list = (await zoom.api('GET', path)).body
    assert.deepEqual([list.total_records, list.polls[0].title, list.polls[0].id], [1, 'Tomorrow', body.id])
    assert.equal((await zoom.api('POST', path, { ...poll, questions: [] })).body.code, 300)
    assert.equal((await zoom.api('DELETE', `${path}/${body.id}`)).status, 204)
    assert.equal((await zoom.api('GET', `${path}/${body.id}`)).status, 404)
  })
}

test('a batch of polls is taken whole, up to fifty in a meeting', async (t) => {
  const { api, schedule } = await simulate(t)
  const path = `/meetings/${(await schedule()).id}`
  const polls = (count: number) => ({ polls: Array.from({ length: count }, () => poll) })
  assert.equal((await api('POST', `${path}/batch_polls`, polls(49))).body.polls.length, 49)
  const { status, body } = await api('POST', `${path}/batch_polls`, polls(2))
  assert.deepEqual([status, body.code], [400, 4400])
  assert.equal((await api('GET', `${path}/polls`)).body.total_records, 49)
})

test('a survey is set, read and deleted where surveys are on', async (t) => {
  const zoom = await simulate(t)
  await turnOn(zoom, { meeting_survey: true, webinar_survey: true })
  const survey = { custom_survey: { title: 'How was it?', questions: [] }, show_in_the_browser: true }
  for (const path of [`/meetings/${(await zoom.schedule()).id}/survey`, `${await webinarOf(zoom)}/survey`]) {
    assert.equal((await zoom.api('PATCH', path, survey)).status, 204)
    assert.equal((await zoom.api('PATCH', path, { third_party_survey: 'https://x.example' })).status, 204)
    assert.deepEqual((await zoom.api('GET', path)).body, { ...survey, third_party_survey: 'https://x.example' })
    const { status, body } = await zoom.api('PATCH', path, { third_party_survey: 'nowhere' })
    assert.deepEqual([status, body.code, body.message], [400, 300, 'Invalid third party survey: nowhere.'])
    assert.equal((await zoom.api('DELETE', path)).status, 204)
  }
})

test('people get links of their own, and programs their tokens', async (t) => {
  const zoom = await simulate(t)
  const [meeting, webinar] = [`/meetings/${(await zoom.schedule()).id}`, await webinarOf(zoom)]
  const attendees = [{ name: 'Jill' }, { name: 'Max' }]
  for (const path of [meeting, webinar]) {
    const { status, body } = await zoom.api('POST', `${path}/invite_links`, { attendees })
    assert.equal(status, 201)
    assert.deepEqual(differences(publishedSample('meetings-{meetingId}-invite_links_POST'), body), [])
    assert.notEqual(body.attendees[0].join_url, body.attendees[1].join_url)
    assert.equal((await zoom.api('POST', `${path}/invite_links`, { attendees, ttl: 7_776_001 })).body.code, 300)
  }
  await turnOn(zoom, {
    webinar_live_streaming: { enable: true },
    closed_captioning: { enable: true, third_party_captioning_service: true },
  })
  await zoom.control('PATCH', '/settings', { archiving: true })
  await zoom.api('PATCH', `/users/${ada}/settings`, { recording: { local_recording: true } })
  for (const kind of ['local_recording', 'live_streaming', 'local_archiving'])
    assert.equal((await zoom.api('GET', `${webinar}/jointoken/${kind}`)).body.expire_in, 120, kind)
  assert.equal((await zoom.api('GET', `${meeting}/jointoken/local_archiving`)).body.expire_in, 120)
  assert.match((await zoom.api('GET', `${meeting}/token?type=closed_caption_token`)).body.token, /closedcaption/)
  assert.equal(
    (await zoom.api('GET', `${webinar}/token`)).body.message,
    `Webinar ${webinar.slice(10)} has not started.`,
  )
  await zoom.control('POST', `${control(webinar)}/start`)
  assert.equal((await zoom.api('GET', `${webinar}/token`)).status, 200)
})

test('the transcript of a past meeting is read and deleted', async (t) => {
  const zoom = await simulate(t)
  const path = `/meetings/${(await zoom.schedule()).id}`
  await zoom.control('POST', `${path}/start`)
  await zoom.control('POST', `${path}/recording`)
  await zoom.control('POST', `${path}/end`)
  const { body } = await zoom.api('GET', `${path}/transcript`)
  assert.match(await (await fetch(body.download_url)).text(), /^WEBVTT/)
  assert.equal((await zoom.api('DELETE', `${path}/transcript`)).status, 204)
  assert.equal((await zoom.api('GET', `${path}/transcript`)).body.code, 3322)
})

interface Refused {
  fact: string
  call: (zoom: Zoom) => Promise<{ status: number; body: Json }>
  refused: [http: number, code: number, message: RegExp]
}

const onWebinar = (method: string, rest: string, body?: object) => async (zoom: Zoom) =>
  zoom.api(method, (await webinarOf(zoom)) + rest, body)
const onMeeting = (method: string, rest: string, body?: object) => async (zoom: Zoom) =>
  zoom.api(method, `/meetings/${(await zoom.schedule()).id}${rest}`, body)
const onNumber = (method: string, path: string, body?: object) => (zoom: Zoom) => zoom.api(method, path, body)

const refusals: Refused[] = [
  {
    fact: 'webinar polls that are off',
    call: onWebinar('GET', '/polls'),
    refused: [400, 4400, /^Webinar polls disabled/],
  },
  {
    fact: 'meeting polls that are off',
    call: async (zoom) => {
      await turnOn(zoom, { polling: false })
      return onMeeting('POST', '/polls', poll)(zoom)
    },
    refused: [400, 4400, /^Meeting polls disabled/],
  },
  {
    fact: 'a poll for no meeting',
    call: onNumber('POST', '/meetings/123456789/polls', poll),
    refused: [404, 404, /^Meeting not found/],
  },
  {
    fact: 'a poll that is not there',
    call: onMeeting('DELETE', '/polls/x'),
    refused: [404, 404, /^Meeting Poll not found/],
  },
  {
    fact: 'meeting surveys that are off',
    call: onMeeting('GET', '/survey'),
    refused: [400, 3000, /^Meeting survey disabled/],
  },
  {
    fact: 'webinar surveys that are off',
    call: onWebinar('PATCH', '/survey', {}),
    refused: [400, 3000, /^Webinar survey disabled/],
  },
  {
    fact: 'a survey of no meeting',
    call: onNumber('GET', '/meetings/123456789/survey'),
    refused: [404, 3001, /123456789/],
  },
  {
    fact: 'a survey of no number',
    call: onNumber('GET', '/meetings/abc/survey'),
    refused: [400, 300, /^Invalid meeting ID/],
  },
  {
    fact: 'links for no number',
    call: onNumber('POST', '/webinars/abc/invite_links', {}),
    refused: [400, 300, /^Webinar Id does not exist/],
  },
  {
    fact: 'links for no meeting',
    call: onNumber('POST', '/meetings/123456789/invite_links', {}),
    refused: [400, 3001, /123456789/],
  },
  {
    fact: 'a webinar where meeting links are meant',
    call: async (zoom) => zoom.api('POST', `${control(await webinarOf(zoom))}/invite_links`, {}),
    refused: [400, 3000, /^Cannot access webinar information/],
  },
  {
    fact: 'archives that are off',
    call: onMeeting('GET', '/jointoken/local_archiving'),
    refused: [400, 3000, /^Not allowed to start local archiving/],
  },
  {
    fact: 'webinar archives that are off',
    call: onWebinar('GET', '/jointoken/local_archiving'),
    refused: [400, 3000, /^Not allowed to start local archiving/],
  },
  {
    fact: 'webinar streams that are off',
    call: onWebinar('GET', '/jointoken/live_streaming'),
    refused: [400, 3000, /^Not allowed to start live streaming/],
  },
  {
    fact: 'captions that are off',
    call: onWebinar('GET', '/token'),
    refused: [400, 3000, /^Closed captioning disabled/],
  },
  {
    fact: 'absentees before the end',
    call: async (zoom) => zoom.api('GET', `/past_webinars/${(await webinarOf(zoom)).slice(10)}/absentees`),
    refused: [404, 3001, /not end/],
  },
  {
    fact: 'absentees without registration',
    call: async (zoom) => {
      const path = await webinarOf(zoom, { settings: { approval_type: 2 } })
      await zoom.control('POST', `${control(path)}/start`)
      await zoom.control('POST', `${control(path)}/end`)
      return zoom.api('GET', `/past_webinars/${path.slice(10)}/absentees`)
    },
    refused: [400, 3000, /^This Webinar has not registration required/],
  },
  {
    fact: 'answers before the end',
    call: async (zoom) => zoom.api('GET', `/past_meetings/${(await zoom.schedule()).id}/qa`),
    refused: [404, 3001, /not end/],
  },
]

for (const { fact, call, refused } of refusals) {
  test(`it is refused in Zoom's words: ${fact}`, async (t) => {
    const { status, body } = await call(await simulate(t))
    const [http, code, message] = refused
    assert.deepEqual([status, body.code], [http, code], JSON.stringify(body))
    assert.match(body.message, message)
  })
}
