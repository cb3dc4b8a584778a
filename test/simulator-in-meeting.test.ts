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
        (Date.parse(end_time) - Date.parse(start_time)) / 1000,
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
