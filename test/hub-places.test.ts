import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createPlace } from '#hub/places.ts'
import { placeMeeting } from '#hub/placements.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const actor = { workspace_id: w.workspace_id, name: 'test' }

const course = await createPlace(hub, actor, { integration: 'lti', name: 'School LMS' })
const chat = await createPlace(hub, actor, { integration: 'mattermost', name: 'School chat' })
const { id: meeting_id } = (
  await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
    start_time: '2030-01-07T09:00:00Z',
    duration: 45,
  })
).body

interface Listed {
  items: { id: string; name: string; state: string }[]
  next_cursor: string | null
}
const names = async (query = ''): Promise<string[]> =>
  (await w.api<Listed>('GET', `/places${query}`)).body.items.map(({ name }) => name)

test('places are listed, by pages, by kind and by words in their name', async () => {
  assert.deepEqual(await names(), ['School LMS', 'School chat'])
  assert.deepEqual(await names('?integration=lti'), ['School LMS'])
  assert.deepEqual(await names('?q=CHAT'), ['School chat'])
  assert.deepEqual(await names('?q=%25'), [], 'a percent sign stands for itself')
  const { next_cursor } = (await w.api<Listed>('GET', '/places?limit=1')).body
  assert.deepEqual(await names(`?limit=1&cursor=${next_cursor}`), ['School chat'])
})

test('a place is switched off and on by an administrator, and by nobody less', async () => {
  const operator = { authorization: `Bearer ${await w.key('operator')}` }
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, { state: 'off' }, operator)).status, 403)
  assert.equal((await w.api<{ state: string }>('PATCH', `/places/${chat.id}`, { state: 'off' })).body.state, 'off')
  assert.equal((await w.api<{ state: string }>('GET', `/places/${chat.id}`)).body.state, 'off')
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, { state: 'on' })).status, 200)
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, { state: 'away' })).status, 422)
})

test('a meeting says where it is; the same place says it anew, not twice', async () => {
  const first = await placeMeeting(hub, actor, { place_id: course.id, meeting_id, ref: 'link-1', title: 'Algebra' })
  const again = await placeMeeting(hub, actor, { place_id: course.id, meeting_id, ref: 'link-1', title: 'Algebra II' })
  assert.equal(again.id, first.id)
  const { items } = (
    await w.api<{ items: { title: string; place_name: string }[] }>('GET', `/meetings/${meeting_id}/placements`)
  ).body
  assert.deepEqual(
    items.map(({ title, place_name }) => [title, place_name]),
    [['Algebra II', 'School LMS']],
  )
})

test('a course takes meetings on its own side, and says so', async () => {
  const answer = await w.api('POST', `/meetings/${meeting_id}/placements`, { place_id: course.id, target: {} })
  assert.equal(answer.status, 422)
  assert.match(answer.text, /on its own side/)
})

test('places, placements and meetings of another workspace are not there', async () => {
  await hub.db.insertInto('workspace').values({ id: 'ws_other', name: 'Other' }).execute()
  const as = { authorization: `Bearer ${await w.key('owner', 'Other')}` }
  for (const [method, path, body] of [
    ['GET', `/places/${chat.id}`, undefined],
    ['PATCH', `/places/${chat.id}`, { state: 'off' }],
    ['DELETE', `/places/${chat.id}`, undefined],
    ['GET', `/meetings/${meeting_id}/placements`, undefined],
    ['POST', `/meetings/${meeting_id}/placements`, { place_id: chat.id }],
  ] as const)
    assert.equal((await w.api(method, path, body, as)).status, 404, `${method} ${path}`)
  const foreign = { workspace_id: 'ws_other', name: 'test' }
  await assert.rejects(placeMeeting(hub, foreign, { place_id: chat.id, meeting_id, ref: 'x', title: 'x' }), /no place/)
})

test('a place that is removed takes its placements along, and leaves the meeting', async () => {
  assert.equal((await w.api('DELETE', `/places/${course.id}`)).status, 204)
  const { items } = (await w.api<{ items: unknown[] }>('GET', `/meetings/${meeting_id}/placements`)).body
  assert.deepEqual(items, [])
  assert.equal((await w.api('GET', `/meetings/${meeting_id}`)).status, 200)
})
