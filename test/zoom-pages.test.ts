import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listUsers } from '#zoom/users.ts'
import { listPastMeetingInstances } from '#zoom/past-meetings.ts'
import { answering, clientOf } from './zoom-server.ts'

const page = (next_page_token: string, ...emails: string[]) => ({
  status: 200,
  body: { next_page_token, users: emails.map((email) => ({ id: email, email, type: 1 })) },
})
const emailsOf = async (users: AsyncIterable<{ email?: string | null | undefined }>) =>
  (await Array.fromAsync(users)).map(({ email }) => email)

test('a list is read to its last page, in the largest pages', async (t) => {
  const zoom = await answering(t, page('t1', 'ada', 'grace'), page('t2', 'alan'), page('', 'max'))
  assert.deepEqual(await emailsOf(listUsers(clientOf(zoom.origin), { status: 'active' })), [
    'ada',
    'grace',
    'alan',
    'max',
  ])
  assert.deepEqual(
    zoom.received.map(({ url }) => url),
    ['', '&next_page_token=t1', '&next_page_token=t2'].map((token) => `/v2/users?page_size=300&status=active${token}`),
  )
})

test('an empty page in the middle is not the end', async (t) => {
  const zoom = await answering(t, page('t1', 'ada'), page('t2'), page('', 'max'))
  assert.deepEqual(await emailsOf(listUsers(clientOf(zoom.origin))), ['ada', 'max'])
})

test('a caller who has enough causes no further request', async (t) => {
  const zoom = await answering(t, page('t1', 'ada', 'grace'), page('', 'alan'))
  for await (const user of listUsers(clientOf(zoom.origin))) if (user.email === 'grace') break
  assert.equal(zoom.received.length, 1)
})

test('a list that goes in circles ends with an error', async (t) => {
  const zoom = await answering(t, page('t1', 'ada'), page('t2', 'grace'), page('t1', 'alan'))
  await assert.rejects(emailsOf(listUsers(clientOf(zoom.origin))), /the same next_page_token came twice/)
  assert.equal(zoom.received.length, 3)
})

test('a list that has no pages is asked for without a page size', async (t) => {
  const zoom = await answering(t, {
    status: 200,
    body: { meetings: [{ uuid: 'a==', start_time: '2026-01-05T09:00:00Z' }] },
  })
  const runs = await Array.fromAsync(listPastMeetingInstances(clientOf(zoom.origin), '81234567890'))
  assert.deepEqual(
    runs.map(({ uuid }) => uuid),
    ['a=='],
  )
  assert.equal(zoom.received[0]?.url, '/v2/past_meetings/81234567890/instances')
})
