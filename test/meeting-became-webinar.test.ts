import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fetchMeeting } from '#hub/meetings/fetch.ts'
import { world } from './world.ts'

const w = await world({ after })

test('a meeting that became a webinar at Zoom while nobody heard is a webinar here, and not gone', async () => {
  await w.zoom('PATCH', '/people/ada@school.example', { webinar: true })
  const start_time = new Date(Date.now() + 3_600_000).toISOString()
  const plan = { host: 'ada@school.example', topic: 'Open day', start_time, duration: 45 }
  const { body: made } = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', plan)
  await w.settled()
  await w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
  await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/convert`)
  const { workspace_id, zoom_app_id } = w
  const fetch = { workspace_id, zoom_app_id, zoom_meeting_id: made.zoom_meeting_id, kind: 'meeting' }
  await fetchMeeting(fetch, w.server.hub)
  const { body } = await w.api<{ kind: string; state: string }>('GET', `/meetings/${made.id}`)
  assert.deepEqual([body.kind, body.state], ['webinar', 'scheduled'])
})
