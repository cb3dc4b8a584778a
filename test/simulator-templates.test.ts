import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

const ada = '/users/ada@school.example'

test('a meeting is kept as a template, listed and read, and replaced only on demand', async (t) => {
  const { api, control, send, accessToken, schedule } = await simulate(t)
  const { id } = await schedule({ settings: { auto_recording: 'cloud' } })
  const save = (more: object = {}) =>
    api('POST', `${ada}/meeting_templates`, { meeting_id: id, name: 'Lesson', ...more })
  const { status, body } = await save()
  assert.equal(status, 201)
  assert.deepEqual((await save()).body.code, 300)
  assert.deepEqual((await save({ overwrite: true })).body, body)
  const list = (await api('GET', `${ada}/meeting_templates`)).body
  assert.deepEqual(list, { templates: [{ ...body, type: 1 }], total_records: 1 })
  assert.deepEqual(differences(publishedSample('users-{userId}-meeting_templates_GET'), list), [])
  // Zoom names no granular scope for one template: an app of the classic family reads it.
  await control('POST', '/apps', {
    client_id: 'old',
    client_secret: 'x',
    type: 'server_to_server',
    scope_family: 'classic',
  })
  const authorization = `Bearer ${await accessToken(['old', 'x'])}`
  const get = (template: string) => send('GET', `/v2${ada}/meeting_templates/${template}`, undefined, { authorization })
  const one = (await get(body.id)).body
  assert.equal(one.name, 'Lesson', JSON.stringify(one))
  assert.equal(one.settings.recording.auto_recording, 'cloud')
  const found = differences(publishedSample('users-{userId}-meeting_templates-{meetingTemplateId}_GET'), one)
  // The published sample of a user's settings lacks it, too.
  const inMeeting = found.filter((line) => !line.includes('captioning.'))
  assert.deepEqual(inMeeting, ['settings.in_meeting.allow_participants_to_rename is absent'])
  assert.equal((await get('none')).body.code, 300)
})

test('a webinar is kept as a template, at most forty of them', async (t) => {
  const { api, control } = await simulate(t)
  await control('PATCH', '/settings', { rate_limits: false })
  await control('PATCH', '/people/ada@school.example', { webinar: true })
  const webinar_id = (await api('POST', `${ada}/webinars`, { topic: 'Open day' })).body.id
  const save = (name: string) => api('POST', `${ada}/webinar_templates`, { webinar_id, name })
  const { body } = await save('W')
  assert.deepEqual(differences(publishedSample('users-{userId}-webinar_templates_POST'), body), [])
  for (let i = 1; i < 40; i++) assert.equal((await save(`W${i}`)).status, 201)
  const full = await save('one more')
  assert.deepEqual([full.status, full.body.message], [400, 'You can only create up to 40 webinar templates.'])
  assert.equal((await api('GET', `${ada}/webinar_templates`)).body.total_records, 40)
})

test("templates are refused in Zoom's words", async (t) => {
  const { api, control, schedule } = await simulate(t)
  const meeting_id = (await schedule()).id
  const post = async (kind: string, body: object) => {
    const answer = await api('POST', `${ada}/${kind}_templates`, body)
    return [answer.status, answer.body.code]
  }
  assert.deepEqual(await post('webinar', {}), [400, 200])
  await control('PATCH', '/people/ada@school.example', { webinar: true })
  const webinar_id = (await api('POST', `${ada}/webinars`, {})).body.id
  assert.deepEqual(await post('meeting', { meeting_id: webinar_id }), [400, 3000])
  assert.deepEqual(await post('webinar', { webinar_id: meeting_id }), [400, 3000])
  assert.deepEqual(await post('meeting', { meeting_id: 123_456_789 }), [400, 3001])
  assert.deepEqual(await post('meeting', {}), [400, 300])
  await control('PATCH', '/people/ada@school.example', { type: 99 })
  assert.deepEqual(await post('meeting', { meeting_id }), [400, 3161])
})
