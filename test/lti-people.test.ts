import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { wordsOf } from './lti-browser.ts'
import { lmsOf } from './lti-lms.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const lms = lmsOf(w)
const tool = await lms.connect('School LMS')
const start = Math.ceil(Date.now() / 60_000) * 60_000 + 2 * 60_000
const plan = {
  title: 'Physics',
  start: new Date(start).toISOString().slice(0, 16),
  timezone: 'UTC',
  duration: '20',
  graded: 'on',
  points: '10',
  policy: 'best',
}
const minutes = (count: number) => w.zoom('POST', '/clock', { advance_s: Math.round(count * 60) })
const activity = await lms.add('ada', tool, plan)
const [meeting] = (await w.api<{ items: { id: string; zoom_meeting_id: string }[] }>('GET', '/meetings')).body.items

test('a teacher without a Zoom account is told who must do what, and nothing is asked of Zoom', async () => {
  const before = await w.calls()
  await w.server.hub.db.deleteFrom('zoom_user').where('email', '=', 'ada@school.example').execute()
  const form = await lms.launch('ada', { tool })
  const refused = await form.browser.submit(form, plan)
  assert.equal(refused.status, 422)
  assert.match(
    wordsOf(refused.text),
    /ada@school\.example is no user of your organisation’s Zoom account\. Ask its Zoom administrator/,
  )
  assert.match(refused.text, /value="Physics"/, 'what was typed is not lost')
  assert.equal(await w.calls(), before)
})

test('who came by a ticket of the course is known by it, whatever name was typed, and graded without having been asked for an address', async () => {
  const shown = await lms.launch('alan', { activity })
  assert.match(wordsOf(shown.text), /Join the meeting/)
  const pass = await w.server.hub.db
    .selectFrom('pass')
    .select('id')
    .where('name', '=', 'Alan Turing')
    .executeTakeFirstOrThrow()
  const at = `/meetings/${meeting?.zoom_meeting_id}`
  await minutes((start - Date.now()) / 60_000)
  await w.zoom('POST', `${at}/start`, {})
  await w.zoom('POST', `${at}/join`, { name: 'Ada Lovelace', email: 'ada@school.example' })
  await w.zoom('POST', `${at}/join`, { name: 'Grace Hopper', customer_key: pass.id })
  await minutes(20)
  await w.zoom('POST', `${at}/end`, {})
  await w.settled()
  await until(async () => (await lms.grades()).grades.length > 0, 'the grade')
  const { grades, line_items } = await lms.grades()
  assert.deepEqual(
    grades.map(({ user, score, maximum }) => [user, Math.round(score), maximum]),
    [['Alan Turing', 10, 10]],
  )
  assert.equal(line_items.length, 1, 'the column that came with the activity, no other')
})

test('a copy of the activity shows the same meeting, and has its grades in a column of its own', async () => {
  const copy = (await lms.control<{ cmid: string }>('POST', '/copy', { activity })).cmid
  const shown = await lms.launch('grace', { activity: copy })
  assert.match(wordsOf(shown.text), /Physics/)
  await until(async () => (await lms.grades()).grades.length === 2, 'the grade in the copy')
  const { grades, line_items } = await lms.grades()
  assert.deepEqual(
    grades.map(({ user }) => user),
    ['Alan Turing', 'Alan Turing'],
  )
  assert.equal(line_items.length, 2)
  const placements = (await w.api<{ items: unknown[] }>('GET', `/meetings/${meeting?.id}/placements`)).body.items
  assert.equal(placements.length, 2)
})

test('a parameter that names what another LMS made opens nothing', async () => {
  const other = await lms.connect('Another LMS')
  const stolen = (await lms.state()).activities[0]?.custom
  const { cmid } = await lms.control<{ cmid: string }>('POST', '/copy', { activity, tool: other })
  assert.deepEqual((await lms.state()).activities.at(-1)?.custom, stolen)
  const shown = await lms.launch('ada', { activity: cmid })
  assert.equal(shown.status, 404)
  assert.match(wordsOf(shown.text), /No meeting belongs to this activity yet/)
})

test('of another workspace nothing is seen: no platform, no placement, no meeting', async () => {
  const { ensureWorkspace } = await import('#hub/workspaces.ts')
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const authorization = `Bearer ${await w.key('owner', 'Elsewhere')}`
  const platforms = await w.api<{ items: unknown[] }>('GET', '/lti/platforms', undefined, { authorization })
  assert.deepEqual(platforms.body.items, [])
  assert.equal((await w.api('GET', `/meetings/${meeting?.id}/placements`, undefined, { authorization })).status, 404)
})

test('only administrators connect an LMS', async () => {
  const authorization = `Bearer ${await w.key('operator')}`
  assert.equal((await w.api('POST', '/lti/platforms', { name: 'Mine' }, { authorization })).status, 403)
})
