import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, test } from 'node:test'
import { newId } from '#core/ids.ts'
import type { Page, Summary } from '#hub/resources.ts'
import { repairGap } from '#hub/repair/repair.ts'
import { contentOf } from '#hub/summaries.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { insertGap } from '#store/gaps.ts'
import { emptyAttendanceBefore } from '#store/retention.ts'
import { atZoom } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
afterEach(() => w.zoom('DELETE', '/faults'))

interface Held {
  id: string
  zoom_meeting_id: string
}

async function held(topic: string): Promise<Held> {
  const { body } = await w.api<Held>('POST', '/meetings', { host: 'ada@school.example', topic })
  for (const what of ['start', 'end']) await w.zoom('POST', `/meetings/${body.zoom_meeting_id}/${what}`, {})
  await w.settled()
  return body
}

const write = ({ zoom_meeting_id }: Held, text: object = {}) =>
  w.zoom<{ uuid: string }>('POST', `/meetings/${zoom_meeting_id}/summary`, text)
const listed = async ({ id }: Held) => (await w.api<Page<Summary>>('GET', `/summaries?meeting_id=${id}`)).body.items
/** For lists, and for texts. */
const asked = async () => [await w.calls('Listmeetingsummaries'), await w.calls('Getameetingsummary')]
const told = ({ id }: Held) =>
  hub.db
    .selectFrom('hub_event')
    .select(['cause', 'payload'])
    .where('meeting_id', '=', id)
    .where('type', '=', 'summary.ready')
    .orderBy('id')
    .execute()

test('what AI Companion wrote is there, and told as news; changed, it is told again', async () => {
  const meeting = await held('Algebra')
  const before = await asked()
  const { uuid } = await write(meeting, {
    title: 'Algebra, in short',
    overview: 'Groups were met.',
    details: [{ label: 'Rings', summary: 'Next week.' }],
    next_steps: ['Read chapter 2'],
  })
  await w.settled()
  const [summary, ...more] = await listed(meeting)
  assert.deepEqual(more, [])
  assert.deepEqual([summary?.uuid, summary?.title, summary?.state], [uuid, 'Algebra, in short', 'ready'])
  assert.match(summary?.content ?? '', /Groups were met\.\n\n### Rings\nNext week\.\n\n- Read chapter 2/)

  await w.zoom('POST', '/clock', { advance_s: 60 })
  await write(meeting, { title: 'Algebra', overview: 'Groups were defined.' })
  await w.settled()
  const [changed] = await listed(meeting)
  assert.equal(changed?.id, summary?.id)
  assert.match(changed?.content ?? '', /Groups were defined/)
  assert.deepEqual(await told(meeting), [
    { cause: 'webhook', payload: { summary_id: summary?.id } },
    { cause: 'webhook', payload: { summary_id: summary?.id } },
  ])
  assert.deepEqual(await asked(), before, 'Zoom is asked nothing')
})

/** Tells a published event as if it were about this run, some seconds from now. */
async function tell(name: string, { zoom_meeting_id }: Held, uuid: string, later_s: number): Promise<void> {
  const sample = JSON.parse(readFileSync(`test/vectors/zoom/webhooks/${name}.json`, 'utf8')) as {
    payload: { object: object }
  }
  const object = { ...sample.payload.object, meeting_uuid: uuid, meeting_id: Number(zoom_meeting_id) }
  const payload = { ...sample.payload, account_id: 'sim-account', object }
  const event_ts = Date.now() + later_s * 1000
  const answer = await fetch(`${w.simulatorUrl}/_/events/${name}`, {
    method: 'POST',
    body: JSON.stringify({ payload, event_ts }),
  })
  assert.equal(answer.status, 200, await answer.text())
  await w.settled()
}

test('one in the trash is shown no more until it is taken back; of one that was deleted the text is gone', async () => {
  const meeting = await held('Biology')
  const { uuid } = await write(meeting, { title: 'Cells' })
  await w.settled()
  const now = async () => {
    const [summary] = await listed(meeting)
    return [summary?.state, summary?.title, Boolean(summary?.content)]
  }
  assert.deepEqual(await now(), ['ready', 'Cells', true])
  await tell('meeting.summary_trashed', meeting, uuid, 100)
  assert.deepEqual(await now(), ['trashed', '', false])
  await tell('meeting.summary_recovered', meeting, uuid, 101)
  const [recovered] = await listed(meeting)
  assert.deepEqual([recovered?.state, Boolean(recovered?.content)], ['ready', true])
  await tell('meeting.summary_trashed', meeting, uuid, 50)
  assert.equal((await listed(meeting))[0]?.state, 'ready', 'older news')
  await tell('meeting.summary_deleted', meeting, uuid, 102)
  assert.deepEqual(await now(), ['deleted', '', false])
  const { content } = await hub.db.selectFrom('summary').selectAll().where('uuid', '=', uuid).executeTakeFirstOrThrow()
  assert.equal(content, null)
})

test('a summary of a run that was never heard of makes the run, which has ended', async () => {
  await w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
  const meeting = await held('Chemistry')
  await w.zoom('DELETE', '/faults')
  const { uuid } = await write(meeting)
  await w.settled()
  const { items } = (await w.api<Page<{ uuid: string; state: string }>>('GET', `/meetings/${meeting.id}/sessions`)).body
  assert.deepEqual(
    items.map((session) => [session.uuid, session.state]),
    [[uuid, 'ended']],
  )
  assert.equal((await listed(meeting)).length, 1)
})

test('what was written while events were lost is found, where it is wanted, with one list and a call for each text', async () => {
  const meeting = await held('Drama')
  const since = new Date(Date.now() - 3_600_000)
  await w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
  await write(meeting, { overview: 'Hamlet died.' })
  await w.zoom('POST', '/settle')
  const repair = async () => {
    const id = newId('gap', hub.runtime.now())
    const until_ = new Date(Date.now() + 3_600_000)
    const { workspace_id, zoom_app_id } = w
    const gap = { id, workspace_id, zoom_app_id, since, until: until_, cause: 'away' as const }
    await insertGap(hub.db, { ...gap, found_at: until_, repaired_at: null })
    await repairGap({ gap_id: id, look: 1, failed: [] }, hub)
  }
  await repair()
  assert.deepEqual(await listed(meeting), [], 'nobody wants them')

  await atZoom(w, 'PATCH', '/users/ada@school.example/settings', {
    in_meeting: { meeting_summary_with_ai_companion: { enable: true } },
  })
  const app = `/zoom_apps/${w.zoom_app_id}`
  assert.equal((await w.api('PATCH', app, { purposes: ['lms', 'summaries'] })).status, 200)
  const before = await asked()
  await repair()
  await repair()
  const [summary] = await listed(meeting)
  assert.match(summary?.content ?? '', /Hamlet died/)
  assert.deepEqual(
    (await told(meeting)).map(({ cause }) => cause),
    ['repair'],
  )
  const [lists = 0, texts = 0] = (await asked()).map((count, index) => count - (before[index] ?? 0))
  assert.deepEqual([lists, texts], [2, 1])
})

test('a meeting of another workspace has no summaries here', async () => {
  const meeting = await held('English')
  await write(meeting)
  await w.settled()
  await ensureWorkspace(hub, 'Elsewhere')
  const as = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  assert.equal((await w.api('GET', `/summaries?meeting_id=${meeting.id}`, undefined, as)).status, 404)
  assert.deepEqual((await w.api<Page<Summary>>('GET', '/summaries', undefined, as)).body.items, [])
})

test('with the names in attendance go the summaries, which have them, too', async () => {
  const meeting = await held('French')
  await write(meeting)
  await w.settled()
  await until(async () => (await listed(meeting)).length === 1, 'the summary')
  await emptyAttendanceBefore(hub.db, w.workspace_id, new Date(Date.now() + 86_400_000))
  assert.deepEqual(await listed(meeting), [])
})

test('the text is Zoom’s own, else made of its parts, of which a person’s count', () => {
  const run = { meeting_id: '1', meeting_uuid: 'u' }
  assert.equal(contentOf({ ...run, summary_content: '## All', summary_overview: 'Less' }), '## All')
  assert.equal(contentOf(run), null)
  assert.equal(contentOf({ ...run, summary_overview: '', summary_details: [], next_steps: [] }), null)
  const parts = {
    ...run,
    summary_overview: 'It was held.',
    summary_details: [{ label: 'Rings', summary: 'Next week.' }, { summary: 'Without a label.' }],
    next_steps: ['Read', 'Write'],
  }
  assert.equal(contentOf(parts), 'It was held.\n\n### Rings\n\nNext week.\n\nWithout a label.\n\n- Read\n- Write')
  assert.equal(
    contentOf({
      ...parts,
      edited_summary: { summary_overview: 'It was not.', summary_details: 'Nothing.', next_steps: [] },
    }),
    'It was not.\n\nNothing.',
  )
})
