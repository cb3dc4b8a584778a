import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectDemoHosts, setUpDemo, withDemoKey } from '#cli/demo/demo.ts'
import { showFourPlaces } from '#cli/tour/four-places.ts'
import { world } from './world.ts'

test('one class is planned in a course, announced in a channel, shown on a web site and visited by a bot, for four calls to Zoom', async (t) => {
  const w = await world(t, { connected: false })
  const { hub } = w.server
  const stage = { hubUrl: w.hubUrl, simulatorUrl: w.simulatorUrl }
  const demo = await setUpDemo(hub, stage)
  await connectDemoHosts(hub, demo, stage)
  const lines: string[] = []
  const shown = await withDemoKey(hub, demo, 'owner', (key) =>
    showFourPlaces({ ...stage, key, network: fetch, print: (line = '') => void lines.push(line) }),
  )
  assert.equal(shown.zoomCalls, 4)
  const text = lines.join('\n')
  assert.doesNotMatch(text, /no reason is known/)

  const places = rowsUnder(lines, 'in 4 places')
  assert.deepEqual(
    places.map((line) => line.split(/ {2,}/)[1]).toSorted((a = '', b = '') => a.localeCompare(b)),
    ['bots', 'lti', 'mattermost', 'site'],
  )
  const people = rowsUnder(lines, 'Attendance of session').map((line) => line.replace(/ {2,}/g, ' '))
  for (const expected of [
    /^Ada Lovelace .* 45 1 zoom_user$/,
    /^Grace Hopper .* 37 2 zoom_user$/,
    /^Alan Turing Alan’s iPad .* 42 2/,
  ])
    assert.ok(
      people.some((line) => expected.test(line)),
      `${expected.source} in ${people.join('; ')}`,
    )
  assert.ok(
    people.some((line) => /^Max Muster .* 35 1 customer_key$/.test(line)),
    'a guest is known by the ticket',
  )
  assert.match(text, /Grace Hopper +8\d\.\d+ +100 +37 of 45 minutes/)
  assert.match(text, /The Zoom meeting has ended/)
  assert.match(text, /Bot, by local_recording/)
  assert.match(text, /joined_meeting → recording_permission_granted → meeting_ended → post_processing_completed/)
  assert.match(text, /Planned/, 'the web page shows the next week')

  const again = await setUpDemo(hub, stage)
  await connectDemoHosts(hub, again, stage)
  assert.equal(again.id, demo.id, 'a second start finds the workspace and connects its hosts anew')

  await hub.db.updateTable('zoom_app').set({ oauth_base: 'http://localhost:1' }).execute()
  await setUpDemo(hub, stage)
  const apps = await hub.db.selectFrom('zoom_app').select(['client_id', 'oauth_base']).orderBy('client_id').execute()
  assert.deepEqual(
    apps,
    ['sim-admin-app', 'sim-s2s'].map((client_id) => ({ client_id, oauth_base: w.simulatorUrl })),
    'a simulator that is at another port now has new apps, also for what the tour adds',
  )
})

/** The rows of the table under a heading: two lines further down, until the next heading. */
const rowsUnder = (lines: string[], heading: string): string[] => {
  const below = lines.slice(lines.findIndex((line) => line.includes(heading)) + 3)
  return below
    .slice(
      0,
      below.findIndex((line) => line.startsWith('\n')),
    )
    .map((line) => line.trim())
}
