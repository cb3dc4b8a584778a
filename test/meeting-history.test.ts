import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { atZoom } from './at-zoom.ts'
import { world } from './world.ts'

interface Entry {
  actor: string
  action: string
  detail: { changes?: { part: string; from?: unknown; to?: unknown }[] }
}

const w = await world({ after })

const history = async (id: string): Promise<Entry[]> =>
  (await w.api<{ items: Entry[] }>('GET', `/audit?object_id=${id}`)).body.items.reverse()

test('the history of a meeting tells what was changed here and at Zoom, from what to what, and no secret', async () => {
  const { body } = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
    start_time: '2030-01-01T09:00:00Z',
    settings: { waiting_room: false },
  })
  await w.settled()
  await w.api('PATCH', `/meetings/${body.id}`, { topic: 'Algebra I', password: 'hush-77' })
  await w.settled()
  await atZoom(w, 'PATCH', `/meetings/${body.zoom_meeting_id}`, {
    start_time: '2030-01-01T10:00:00Z',
    settings: { waiting_room: true },
  })
  await w.settled()
  await atZoom(w, 'DELETE', `/meetings/${body.zoom_meeting_id}`)
  await w.settled()
  const [made, here, ...there] = await history(body.id)
  assert.equal(made?.action, 'meeting.created')
  assert.match(here?.actor ?? '', /^key:/)
  const parts = new Map(here?.detail.changes?.map((change) => [change.part, change]))
  assert.deepEqual(parts.get('topic'), { part: 'topic', from: 'Algebra', to: 'Algebra I' })
  assert.deepEqual(parts.get('password'), { part: 'password' })
  assert.deepEqual(
    there.map(({ actor, action }) => `${actor} ${action}`),
    ['zoom meeting.changed', 'zoom meeting.deleted'],
  )
  const moved = new Map(there[0]?.detail.changes?.map((change) => [change.part, change]))
  assert.deepEqual(moved.get('start_time'), {
    part: 'start_time',
    from: '2030-01-01T09:00:00.000Z',
    to: '2030-01-01T10:00:00.000Z',
  })
  assert.deepEqual(moved.get('settings.waiting_room'), { part: 'settings.waiting_room', from: false, to: true })
  assert.ok(!JSON.stringify(await history(body.id)).includes('hush-77'))
})

test('what was done here stands once, by whoever did it, though Zoom’s event of it is faster than its answer', async () => {
  const { body } = await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Geometry',
    start_time: '2030-02-01T09:00:00Z',
  })
  await w.settled()
  // What Zoom has then is read slowly: its event of the change is here before.
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/meetings/{meetingId}' },
    times: 1,
    action: { delay_ms: 700 },
  })
  await w.api('PATCH', `/meetings/${body.id}`, { topic: 'Geometry I' })
  assert.equal((await w.api('POST', `/meetings/${body.id}/cancel`, {})).status, 200)
  await w.settled()
  const entries = await history(body.id)
  assert.deepEqual(
    entries.map(({ actor, action }) => `${actor.replace(/:.*/, '')} ${action}`),
    ['key meeting.created', 'key meeting.changed', 'key meeting.cancelled'],
  )
  assert.deepEqual(
    entries[1]?.detail.changes?.find(({ part }) => part === 'topic'),
    { part: 'topic', from: 'Geometry', to: 'Geometry I' },
  )
})
