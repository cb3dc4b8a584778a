import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate, simulateWithEvents } from './simulator-client.ts'

test('the seed has Ada the owner, Grace and Alan', async (t) => {
  const { api } = await simulate(t)
  const { body } = await api('GET', '/users')
  assert.deepEqual(
    body.users.map((user: { email: string; type: number; role_id: string }) => [user.email, user.type, user.role_id]),
    [
      ['ada@school.example', 2, '0'],
      ['grace@school.example', 2, '2'],
      ['alan@school.example', 1, '2'],
    ],
  )
  assert.equal(body.total_records, 3)
  assert.equal(body.next_page_token, '')
})

test('a user is found by id, by e-mail in any case, and as me', async (t) => {
  const { api } = await simulate(t)
  const byEmail = await api('GET', '/users/ADA@school.example')
  assert.equal(byEmail.body.account_id, 'sim-account')
  assert.equal((await api('GET', `/users/${byEmail.body.id}`)).body.email, 'ada@school.example')
  assert.equal((await api('GET', '/users/me')).body.email, 'ada@school.example')
})

test('me can be switched off for server-to-server apps, as Zoom documents it', async (t) => {
  const { api, control } = await simulate(t)
  await control('PATCH', '/settings', { me_for_server_to_server: false })
  const { status, body } = await api('GET', '/users/me')
  assert.deepEqual([status, body.code], [404, 1001])
})

test('an unknown user is 404 with code 1001', async (t) => {
  const { api } = await simulate(t)
  const { status, body } = await api('GET', '/users/nobody@school.example')
  assert.deepEqual([status, body.code], [404, 1001])
  assert.match(body.message, /nobody@school\.example/)
})

test('a list comes in pages; the token of the next page lives fifteen minutes and fits no other list', async (t) => {
  const { api, control } = await simulate(t)
  const people = Array.from({ length: 7 }, (_, i) => ({ email: `student${i}@school.example` }))
  await control('POST', '/people', { people })
  const first = await api('GET', '/users?page_size=4')
  assert.equal(first.body.users.length, 4)
  assert.equal(first.body.page_count, 3)
  const token = first.body.next_page_token
  const second = await api('GET', `/users?page_size=4&next_page_token=${token}`)
  const third = await api('GET', `/users?page_size=4&next_page_token=${second.body.next_page_token}`)
  const all = [first, second, third].flatMap(({ body }) => body.users.map(({ email }: { email: string }) => email))
  assert.equal(new Set(all).size, 10)
  assert.equal(third.body.next_page_token, '')
  const refused = { code: 300, message: 'The next page token is invalid or expired.' }
  assert.deepEqual((await api('GET', `/users/ada@school.example/meetings?next_page_token=${token}`)).body, refused)
  await control('POST', '/clock', { advance_s: 15 * 60 + 1 })
  assert.deepEqual((await api('GET', `/users?page_size=4&next_page_token=${token}`)).body, refused)
})

test('a page of more than 300 is refused, naming page_size', async (t) => {
  const { api } = await simulate(t)
  const { status, body } = await api('GET', '/users?page_size=301')
  assert.deepEqual([status, body.code, body.errors[0].field], [400, 300, 'page_size'])
})

test('a created user waits for the invitation to be accepted; user.created tells how it came to be', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const user_info = { email: 'mary@school.example', first_name: 'Mary', last_name: 'Jackson', type: 1 }
  const { status, body } = await zoom.api('POST', '/users', { action: 'create', user_info })
  assert.equal(status, 201)
  assert.deepEqual({ ...body, id: undefined }, { ...user_info, id: undefined })
  assert.equal((await zoom.api('GET', `/users/${body.id}`)).body.status, 'pending')
  assert.equal((await zoom.api('GET', '/users?status=pending')).body.users.length, 1)
  const [event] = await events('user.created')
  assert.equal(event.payload.creation_type, 'create')
  assert.equal(event.payload.object.email, 'mary@school.example')
})

test('an e-mail that is in the account already is 409 with code 1005', async (t) => {
  const { api } = await simulate(t)
  const user_info = { email: 'grace@school.example', type: 1 }
  const { status, body } = await api('POST', '/users', { action: 'custCreate', user_info })
  assert.deepEqual([status, body], [409, { code: 1005, message: 'User already in the account: grace@school.example' }])
})

test('every wrong field of a new user is named', async (t) => {
  const { api } = await simulate(t)
  const { body } = await api('POST', '/users', { action: 'invent', user_info: { email: 'no', type: 7 } })
  assert.deepEqual(
    body.errors.map(({ field }: { field: string }) => field),
    ['action', 'user_info.email', 'user_info.type'],
  )
})

test('a licence needs a seat, freeing one makes room, and user.updated tells both types', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  await zoom.control('PATCH', '/settings', { licensed_seats: 2 })
  const refused = await zoom.api('PATCH', '/users/alan@school.example', { type: 2 })
  assert.deepEqual([refused.status, refused.body], [400, { code: 200, message: 'You can add max 2 paid users.' }])
  assert.equal((await zoom.api('PATCH', '/users/grace@school.example', { type: 1 })).status, 204)
  assert.equal((await zoom.api('PATCH', '/users/alan@school.example', { type: 2 })).status, 204)
  const updates = await events('user.updated')
  assert.deepEqual(
    updates.map(({ payload }) => [payload.old_object.type, payload.object.type]),
    [
      [2, 1],
      [1, 2],
    ],
  )
})

test('an account without a plan has no licences at all', async (t) => {
  const { api, control } = await simulate(t)
  await control('PATCH', '/settings', { plan: 'free' })
  const { body } = await api('PATCH', '/users/alan@school.example', { type: 2 })
  assert.deepEqual(body, { code: 200, message: "You can't add paid users." })
})

test('the owner can neither lose the licence nor be removed', async (t) => {
  const { api } = await simulate(t)
  assert.equal((await api('PATCH', '/users/ada@school.example', { type: 1 })).body.code, 1108)
  assert.equal((await api('DELETE', '/users/ada@school.example')).body.code, 200)
})

test('profile fields are kept and given back', async (t) => {
  const { api } = await simulate(t)
  await api('PATCH', '/users/grace@school.example', { dept: 'Computing', job_title: 'Rear admiral', unknown: 1 })
  const { body } = await api('GET', '/users/grace@school.example')
  assert.deepEqual([body.dept, body.job_title, body.unknown], ['Computing', 'Rear admiral', undefined])
})

test('deactivating frees the seat and takes the user out of the list; user.deactivated follows', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  await zoom.control('PATCH', '/settings', { licensed_seats: 2 })
  assert.equal((await zoom.api('PUT', '/users/grace@school.example/status', { action: 'deactivate' })).status, 204)
  assert.equal((await zoom.api('PATCH', '/users/alan@school.example', { type: 2 })).status, 204)
  assert.equal((await zoom.api('GET', '/users')).body.users.length, 2)
  const [event] = await events('user.deactivated')
  assert.deepEqual(Object.keys(event.payload.object), ['id', 'first_name', 'last_name', 'email', 'type'])
})

for (const [action, name] of [
  ['', 'user.disassociated'],
  ['&action=delete', 'user.deleted'],
]) {
  test(`a removed user is gone, the meetings go to whom they were left: ${name}`, async (t) => {
    const { zoom, events } = await simulateWithEvents(t)
    const meeting = await zoom.schedule({}, 'grace@school.example')
    const query = `transfer_email=ada@school.example&transfer_meeting=true${action}`
    assert.equal((await zoom.api('DELETE', `/users/grace@school.example?${query}`)).status, 204)
    assert.equal((await zoom.api('GET', '/users/grace@school.example')).status, 404)
    assert.equal((await zoom.api('GET', `/meetings/${meeting.id}`)).body.host_email, 'ada@school.example')
    const [event] = await events(name ?? '')
    assert.equal(event.payload.operator, 'ada@school.example')
    assert.equal(event.payload.object.email, 'grace@school.example')
  })
}

test('settings are given in sections, changed by section, and told by user.settings_updated', async (t) => {
  const { zoom, events } = await simulateWithEvents(t)
  const changes = { feature: { webinar: true, webinar_capacity: 500 } }
  assert.equal((await zoom.api('PATCH', '/users/grace@school.example/settings', changes)).status, 204)
  const { body } = await zoom.api('GET', '/users/grace@school.example/settings')
  assert.equal(body.feature.webinar, true)
  assert.equal(body.recording.cloud_recording, true)
  const [event] = await events('user.settings_updated')
  assert.deepEqual(event.payload.object.settings, changes)
  assert.equal(event.payload.old_object.settings.feature.webinar, false)
})

test('a Basic user cannot have the webinar add-on', async (t) => {
  const { api } = await simulate(t)
  const { body } = await api('PATCH', '/users/alan@school.example/settings', { feature: { webinar: true } })
  assert.equal(body.code, 1122)
})

test('the passcode rules of the account are another object', async (t) => {
  const { api } = await simulate(t)
  const { body } = await api('GET', '/users/ada@school.example/settings?option=meeting_security')
  assert.equal(body.meeting_security.meeting_password_requirement.length, 0)
})

test('a zak is given for a user, and for oneself', async (t) => {
  const { api, authorize, send } = await simulate(t)
  assert.match((await api('GET', '/users/ada@school.example/token?type=zak')).body.token, /^eyJ/)
  const { access_token } = await authorize('grace@school.example')
  const own = await send('GET', '/v2/users/me/zak', undefined, { authorization: `Bearer ${access_token}` })
  assert.match(own.body.token, /^eyJ/)
})

test('the summary counts licences, and an e-mail can be looked up', async (t) => {
  const { api } = await simulate(t)
  const { body } = await api('GET', '/users/summary')
  assert.deepEqual([body.licensed_users_count, body.basic_users_count, body.total_users_count], [2, 1, 3])
  assert.deepEqual((await api('GET', '/users/email?email=grace@school.example')).body, { existed_email: true })
  assert.deepEqual((await api('GET', '/users/email?email=x@school.example')).body, { existed_email: false })
})
