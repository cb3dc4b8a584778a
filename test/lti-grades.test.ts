import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { addJobs } from '#hub/jobs/add.ts'
import { gradeJob } from '#integrations/lti/grades/send.ts'
import { tables } from '#integrations/lti/tables.ts'
import { lmsOf } from './lti-lms.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const lms = lmsOf(w)
const tool = await lms.connect('School LMS')
const start = Math.ceil(Date.now() / 60_000) * 60_000 + 2 * 60_000
const activity = await lms.add('ada', tool, {
  title: 'Chemistry',
  start: new Date(start).toISOString().slice(0, 16),
  timezone: 'UTC',
  duration: '20',
  graded: 'on',
  points: '100',
  policy: 'best',
})
for (const user of ['grace', 'alan']) await lms.launch(user, { activity })
const [meeting] = (await w.api<{ items: { id: string; zoom_meeting_id: string }[] }>('GET', '/meetings')).body.items
const at = `/meetings/${meeting?.zoom_meeting_id}`
const minutes = (count: number) => w.zoom('POST', '/clock', { advance_s: Math.round(count * 60) })

const grades = async () =>
  (await lms.grades()).grades.map(({ user, score }) => `${user} ${Math.round(score)}`).toSorted()

/** Two minutes of eighteen, and all of them; the simulator's clock goes on while we ask. */
const areRight = async () => /^Alan Turing 1\d,Grace Hopper (?:99|100)$/.test((await grades()).join())

/** No job about grades waits or runs. */
const areQuiet = async () => {
  const { rows } = await sql`select 1 from graphile_worker.jobs where task_identifier = 'lti_grade'`.execute(hub.db)
  return rows.length === 0
}

async function session(people: string[], length: number): Promise<void> {
  await w.zoom('POST', `${at}/start`, {})
  for (const name of people) await w.zoom('POST', `${at}/join`, { name, email: `${name}@school.example` })
  await minutes(length)
  await w.zoom('POST', `${at}/end`, {})
  await w.settled()
}

/** What the LMS was told is forgotten for one learner, as if the score had changed, and the job runs again. */
async function again(): Promise<void> {
  const { placement_id } = await tables(hub.db).selectFrom('lti_score').select('placement_id').executeTakeFirstOrThrow()
  const { user_id } = await tables(hub.db).selectFrom('lti_score').select('user_id').executeTakeFirstOrThrow()
  await tables(hub.db).updateTable('lti_score').set({ score: 1 }).where('user_id', '=', user_id).execute()
  await addJobs(hub.db, [gradeJob(placement_id)])
}

test('a class whose room was opened twice is one class: who was at the trial alone has little of it', async () => {
  await minutes((start - Date.now()) / 60_000)
  await session(['ada', 'grace', 'alan'], 2)
  await session(['ada', 'grace'], 16)
  await until(areRight, 'one grade of both sessions')
  await until(
    async () => (await lms.launch('ada', { activity })).text.split('Confirmed by Zoom’s report').length === 3,
    'both reports to have been read',
  )
  await until(areQuiet, 'what followed from them to be done')
})

test('a column that somebody deleted is made again, with everybody’s grade', async () => {
  const [column] = (await lms.grades()).line_items
  await lms.control('POST', '/delete-column', { line_item: column?.id })
  assert.deepEqual(await grades(), [])
  await again()
  await until(areRight, 'the new column to be filled')
  await until(areQuiet, 'the job to be done')
})

test('an LMS that gives us no token for a while has refused nobody’s score', async () => {
  const seen = w.log.length
  const now = hub.runtime.now
  // Our token is over by this clock, and what we sign with it is not believed.
  hub.runtime.now = () => now() + 2 * 3_600_000
  await again()
  await until(async () => w.log.slice(seen).some((line) => /a platform refused/.test(line)), 'the refusal')
  hub.runtime.now = now
  await until(
    async () =>
      (await tables(hub.db).selectFrom('lti_score').select('score').execute()).every(({ score }) => score !== 1),
    'the score to be sent',
  )
  const refused = await tables(hub.db).selectFrom('lti_score').select('refused').execute()
  assert.deepEqual(
    refused.map((row) => row.refused),
    [null, null],
  )
})
