import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, type Json, type Zoom } from './simulator-client.ts'

async function held(zoom: Zoom, kind: 'meeting' | 'webinar' = 'meeting'): Promise<number> {
  if (kind === 'webinar') await zoom.control('PATCH', '/people/ada@school.example', { webinar: true })
  const answer = await zoom.api('POST', `/users/ada@school.example/${kind}s`, { topic: 'Algebra I' })
  const { id } = answer.body
  await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Ada', email: 'ada@school.example' })
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Max' })
  return id
}

test('a message of a live chat is rewritten and deleted, each by its id, and the others stay', async (t) => {
  const zoom = await simulate(t)
  await zoom.control('PATCH', '/settings', { dlp: true })
  const id = await held(zoom)
  const say = (message: string): Promise<Json> => zoom.control('POST', `/meetings/${id}/chat`, { name: 'Max', message })
  const [rude, late] = [await say('Rude'), await say('Late')]
  const path = ({ message_id }: Json): string => `/live_meetings/${id}/chat/messages/${encodeURIComponent(message_id)}`
  assert.equal((await zoom.api('PATCH', path(rude), { message_content: 'Sorry' })).status, 204)
  assert.equal((await zoom.api('DELETE', path(late))).status, 204)
  const { messages } = await zoom.control('GET', `/meetings/${id}/chat`)
  assert.deepEqual(
    messages.map(({ name, message }: Json) => [name, message]),
    [['Max', 'Sorry']],
  )
  assert.equal((await zoom.api('DELETE', path(late))).status, 400)
})

test('a chat is rewritten only with data loss prevention, and moderated only while it runs', async (t) => {
  const zoom = await simulate(t)
  const id = await held(zoom)
  const { message_id } = await zoom.control('POST', `/meetings/${id}/chat`, { name: 'Max', message: 'Hi' })
  const path = `/live_meetings/${id}/chat/messages/${encodeURIComponent(message_id)}`
  const refused = await zoom.api('PATCH', path, { message_content: 'Ho' })
  assert.deepEqual([refused.status, refused.body], [400, { code: 300, message: 'DLP is not enabled on this account' }])
  await zoom.control('POST', `/meetings/${id}/end`)
  const over = await zoom.api('DELETE', path)
  assert.deepEqual([over.status, over.body.code], [404, 3001])
})

test("a webinar's chat loses a message that its own API deletes, and no meeting's API reaches it", async (t) => {
  const zoom = await simulate(t)
  const id = await held(zoom, 'webinar')
  const { message_id } = await zoom.control('POST', `/meetings/${id}/chat`, { name: 'Max', message: 'Hi' })
  const message = `chat/messages/${encodeURIComponent(message_id)}`
  assert.equal((await zoom.api('DELETE', `/live_meetings/${id}/${message}`)).body.code, 3001)
  assert.equal((await zoom.api('DELETE', `/live_webinars/${id}/${message}`)).status, 204)
  assert.deepEqual(await zoom.control('GET', `/meetings/${id}/chat`), { messages: [] })
})

for (const kind of ['meeting', 'webinar'] as const) {
  test(`a dashboard tells who shared in a ${kind}, what and how long, and what people thought of it`, async (t) => {
    const zoom = await simulate(t)
    const id = await held(zoom, kind)
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Ada', content: 'whiteboard' })
    await zoom.control('POST', '/clock', { advance_s: 60 })
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Ada', action: 'stop' })
    await zoom.control('POST', `/meetings/${id}/sharing`, { name: 'Ada' })
    await zoom.control('POST', '/clock', { advance_s: 30 })
    await zoom.control('POST', `/meetings/${id}/end`)
    await zoom.control('POST', `/meetings/${id}/feedback`, { name: 'Ada', quality: 'NOT_GOOD', comment: 'Too loud' })
    const read = async (what: string): Promise<Json> =>
      (await zoom.api('GET', `/metrics/${kind}s/${id}/participants/${what}?type=past`)).body.participants
    const [row, ...others] = await read('sharing')
    assert.deepEqual(others, [])
    assert.deepEqual(
      row.details.map(({ content, start_time, end_time }: Json) => [
        row.user_name,
        content,
        // To ten seconds: real time goes on between the steps.
        Math.round((Date.parse(end_time) - Date.parse(start_time)) / 10_000) * 10,
      ]),
      [
        ['Ada', 'whiteboard', 60],
        ['Ada', 'desktop', 30],
      ],
    )
    const said = await read('satisfaction')
    assert.deepEqual(
      said.map(({ email, quality, comment }: Json) => [email, quality, comment]),
      [['ada@school.example', 'NOT_GOOD', 'Too loud']],
    )
  })
}

test('every participant has a line that was measured once a minute, and ten of them fit on a page', async (t) => {
  const zoom = await simulate(t)
  const id = await held(zoom)
  for (let i = 0; i < 10; i++) await zoom.control('POST', `/meetings/${id}/join`, { name: `Guest ${i}` })
  await zoom.control('POST', '/clock', { advance_s: 150 })
  await zoom.control('POST', `/meetings/${id}/end`)
  const path = `/metrics/meetings/${id}/participants`
  const { body } = await zoom.api('GET', `${path}/qos?type=past`)
  assert.deepEqual([body.participants.length, body.total_records, body.page_size], [10, 12, 10])
  const next = await zoom.api('GET', `${path}/qos?type=past&next_page_token=${body.next_page_token}`)
  assert.equal(next.body.participants.length, 2)
  assert.equal((await zoom.api('GET', `${path}/qos?type=past&page_size=11`)).body.code, 300)
  const [ada] = body.participants
  const minutes = ada.user_qos.map(
    ({ date_time }: Json) => (Date.parse(date_time) - Date.parse(ada.join_time)) / 60_000,
  )
  assert.deepEqual(minutes, [0, 1, 2])
  const alone = await zoom.api('GET', `${path}/${ada.user_id}/qos?type=past`)
  assert.deepEqual(alone.body, ada)
  assert.equal((await zoom.api('GET', `${path}/nobody/qos?type=past`)).body.code, 300)
  const summary = (await zoom.api('GET', `${path}/qos_summary?type=past`)).body.participants[0]
  assert.deepEqual([summary.user_name, summary.email], ['Ada', 'ada@school.example'])
})

test('the report of activities tells what was done in a meeting, by whom, in order', async (t) => {
  const zoom = await simulate(t)
  const id = await held(zoom)
  const later = () => zoom.control('POST', '/clock', { advance_s: 1 })
  await later()
  await zoom.control('POST', `/meetings/${id}/chat`, { name: 'Max', message: 'Hello' })
  await later()
  await zoom.control('POST', `/meetings/${id}/leave`, { name: 'Max' })
  await later()
  await zoom.control('POST', `/meetings/${id}/end`)
  const day = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 10)
  const days = `from=${day(0)}&to=${day(86_400_000)}`
  const read = async (type: string, more = ''): Promise<Json[]> => {
    const path = `/report/meeting_activities?${days}&activity_type=${encodeURIComponent(type)}${more}`
    return (await zoom.api('GET', path)).body.meeting_activity_logs
  }
  const all = await read('All Activities', `&meeting_number=${id}`)
  assert.deepEqual(
    all.slice(1).map(({ operator, activity_category }) => `${operator}: ${activity_category}`),
    [
      'Ada Lovelace: Meeting Started',
      'Ada: User Join',
      'Max: User Join',
      'Max: In-Meeting Chat',
      'Max: User Left',
      'Ada: User Left',
      'Ada Lovelace: Meeting Ended',
    ],
  )
  assert.equal(all[0]?.activity_category, 'Meeting Created')
  assert.deepEqual(
    (await read('In-Meeting Chat')).map(({ activity_detail }) => activity_detail),
    ['Hello'],
  )
  assert.deepEqual(
    (await read('User Join', '&search_key=ADA@')).map(({ operator }) => operator),
    ['Ada'],
  )
  assert.equal((await zoom.api('GET', `/report/meeting_activities?${days}`)).body.code, 300)
})

for (const kind of ['meeting', 'webinar'] as const) {
  test(`the reports of a ${kind} tell its polls, questions and survey as people answered them`, async (t) => {
    const zoom = await simulate(t)
    const id = await held(zoom, kind)
    const answer = (body: object) => zoom.control('POST', `/meetings/${id}/answers`, { name: 'Max', ...body })
    await answer({ question: 'Clear?', answer: 'Yes' })
    await answer({ kind: 'qa', question: 'Why?', answer: 'Because' })
    await answer({ kind: 'qa', question: 'When?' })
    await zoom.control('POST', `/meetings/${id}/end`)
    await answer({ kind: 'survey', question: 'Good?', answer: 'Very' })
    const read = async (what: string): Promise<Json> => (await zoom.api('GET', `/report/${kind}s/${id}/${what}`)).body
    const details = async (what: string): Promise<Json[]> => (await read(what)).questions[0].question_details
    assert.deepEqual(
      (await details('polls')).map((one) => [one.question, one.answer]),
      [['Clear?', 'Yes']],
    )
    assert.deepEqual(
      (await details('qa')).map((one) => [one.question, one.question_status, one.answer_details[0]?.content]),
      [
        ['Why?', 'answered', 'Because'],
        ['When?', 'open', undefined],
      ],
    )
    const [survey] = (await read('survey')).survey_answers
    assert.deepEqual(
      [survey.name, survey.answer_details[0].question, survey.answer_details[0].answer],
      ['Max', 'Good?', 'Very'],
    )
  })
}
