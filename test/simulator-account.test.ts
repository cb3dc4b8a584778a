import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulateWithEvents, type Json } from './simulator-client.ts'

const day = (ms = 0): string => new Date(Date.now() + ms).toISOString().slice(0, 10)

test('tracking fields are made, changed and taken away; an unknown one is refused', async (t) => {
  const { api } = await simulate(t)
  const made = await api('POST', '/tracking_fields', { field: 'Course', required: true })
  assert.equal(made.status, 201)
  const path = `/tracking_fields/${made.body.id}`
  assert.equal((await api('PATCH', path, { recommended_values: ['Algebra'] })).status, 204)
  assert.deepEqual((await api('GET', path)).body.recommended_values, ['Algebra'])
  assert.equal((await api('DELETE', path)).status, 204)
  assert.equal((await api('GET', path)).status, 404)
  assert.equal((await api('POST', '/tracking_fields', {})).body.code, 300)
})

test('an assistant has the user among the schedulers, until either side ends it', async (t) => {
  const { api } = await simulate(t)
  const [ada, grace] = ['/users/ada@school.example', '/users/grace@school.example']
  const body = { assistants: [{ email: 'grace@school.example' }] }
  assert.equal((await api('POST', `${ada}/assistants`, body)).status, 201)
  assert.deepEqual(
    (await api('GET', `${grace}/schedulers`)).body.schedulers.map(({ email }: Json) => email),
    ['ada@school.example'],
  )
  assert.equal((await api('DELETE', `${grace}/schedulers`)).status, 204)
  assert.deepEqual((await api('GET', `${ada}/assistants`)).body.assistants, [])
  const unknown = { assistants: [{ email: 'nobody@school.example' }] }
  assert.equal((await api('POST', `${ada}/assistants`, unknown)).body.code, 1001)
})

test('an e-mail changes within the managed domains, to one that nobody has', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const put = (email: string) => zoom.api('PUT', '/users/alan@school.example/email', { email })
  assert.equal((await put('alan@elsewhere.example')).body.code, 200)
  assert.equal((await put('ada@school.example')).status, 409)
  assert.equal((await put('turing@school.example')).status, 204)
  const [event] = await events('user.updated')
  assert.equal(event.payload.object.email, 'turing@school.example')
  assert.equal(event.payload.old_object.email, 'alan@school.example')
})

test('licences for many users at once end with the seats, and say for whom', async (t) => {
  const { api, control } = await simulate(t)
  await control('PATCH', '/settings', { licensed_seats: 2 })
  const users = ['ada', 'alan', 'nobody'].map((name) => ({ email: `${name}@school.example` }))
  const { status, body } = await api('POST', '/users/features', {
    feature_type: 'user_type',
    feature_value: '2',
    users,
  })
  assert.equal(status, 201)
  assert.deepEqual(body.success_user_ids, [])
  assert.deepEqual(
    body.fail_details.map(({ reason }: Json) => reason),
    ['No need to update', 'Not enough seats', 'Users not found'],
  )
})

test('settings of the account change by section and are told; the option asks for another answer', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const path = '/accounts/me/settings'
  const before = (await zoom.api('GET', path)).body.in_meeting.chat
  assert.equal((await zoom.api('PATCH', path, { in_meeting: { chat: !before } })).status, 204)
  assert.equal((await zoom.api('GET', path)).body.in_meeting.chat, !before)
  const [event] = await events('account.settings_updated')
  assert.deepEqual(event.payload.old_object.settings, { in_meeting: { chat: before } })
  assert.ok((await zoom.api('GET', `${path}?option=meeting_security`)).body.meeting_security)
  const option = '?option=recording_authentication'
  assert.ok((await zoom.api('GET', `/users/me/settings${option}`)).body.authentication_options)
  assert.equal((await zoom.api('GET', '/accounts/another/settings')).body.code, 2001)
})

test('reports of use count what was held, each day and each host', async (t) => {
  const zoom = await simulate(t)
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  for (const name of ['Max', 'Eva']) await zoom.control('POST', `/meetings/${id}/join`, { name })
  await zoom.control('POST', '/clock', { advance_s: 60 })
  await zoom.control('POST', `/meetings/${id}/end`)
  const days = `from=${day()}&to=${day(86_400_000)}`
  const { body } = await zoom.api('GET', `/report/users?${days}`)
  assert.deepEqual([body.total_meetings, body.total_participants, body.users.length], [1, 2, 1])
  assert.equal((await zoom.api('GET', `/report/users?${days}&type=inactive`)).body.users.length, 2)
  const { dates } = (await zoom.api('GET', '/report/daily')).body
  assert.equal(
    dates.reduce((sum: number, { meetings }: Json) => sum + meetings, 0),
    1,
  )
  const old = await zoom.api('GET', '/report/daily?year=2020&month=1')
  assert.match(old.body.message, /recent 6 months/)
  await zoom.control('PATCH', '/settings', { plan: 'free' })
  assert.equal((await zoom.api('GET', `/report/users?${days}`)).body.code, 200)
})

test("a recording's settings are given, changed, and another topic is told", async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const { id } = await zoom.schedule()
  await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/recording`)
  await zoom.control('POST', '/clock', { advance_s: 60 })
  await zoom.control('POST', `/meetings/${id}/end`)
  const path = `/meetings/${id}/recordings/settings`
  assert.equal((await zoom.api('PATCH', path, { share_recording: 'nobody' })).body.code, 300)
  assert.equal((await zoom.api('PATCH', path, { share_recording: 'none', topic: 'Rings' })).status, 204)
  assert.equal((await zoom.api('GET', path)).body.share_recording, 'none')
  assert.equal((await events('recording.renamed'))[0].payload.object.topic, 'Rings')
  assert.equal((await zoom.api('GET', '/accounts/me/recordings')).status, 200)
})

test('roles are the three that every account has, with who is in them', async (t) => {
  const { api } = await simulate(t)
  const { body } = await api('GET', '/roles')
  assert.deepEqual(
    body.roles.map(({ name, total_members }: Json) => [name, total_members]),
    [
      ['Owner', 1],
      ['Admin', 0],
      ['Member', 2],
    ],
  )
  assert.equal((await api('GET', '/roles/2/members')).body.members.length, 2)
  assert.equal((await api('GET', '/roles/9/members')).status, 404)
})
