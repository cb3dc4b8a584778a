import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { problemOf } from '#http/problem.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { lackOf, type LackOfRight } from '#hub/zoom-rights.ts'
import { translated } from '#hub/zoom-refusal.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { endpoints } from '#zoom/schema/endpoints.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { db } = w.server.hub

const refusal = (code: number, reason: string, status = 400) =>
  new ZoomApiError({ status, code, reason, errors: [], tracking_id: undefined })

const refusals: [number, string, LackOfRight['lack'] | undefined, RegExp][] = [
  [4711, 'Invalid access token, does not contain scopes:[user:read:list_users:admin].', 'scope', /not pick hosts/],
  [
    4700,
    'Invalid access token, does not contain scopes: [recording:read:admin, recording:read]',
    'scope',
    /recordings/,
  ],
  [
    4711,
    'Invalid access token, does not contain scopes:[phone:read:call:admin].',
    'scope',
    /not do this.*phone:read:call/,
  ],
  [4711, 'Invalid access token.', 'scope', /lacks a scope/],
  [200, 'No permission.', 'role', /“Roles”/],
  [200, 'Only available for Paid account.', 'plan', /plan of the Zoom account/],
  [200, 'Only available for paid users: usrAda0.', 'plan', /plan of the Zoom account/],
  [
    200,
    'Webinar plan is missing. Subscribe to the webinar plan and enable webinars for user usrAda0',
    'webinars',
    /host/,
  ],
  [1122, 'Only Pro or Corp user can enable Webinar feature.', 'webinars', /host/],
  [200, 'You can add max 10 paid users.', 'seats', /No licence .* is free/],
  [200, 'You can’t add paid users.', 'seats', /No licence .* is free/],
  [3161, 'Your user account is not allowed meeting hosting and scheduling capabilities.', 'licence', /may not hold/],
  [1108, 'User type permission check failed.', 'licence', /cannot be changed from here/],
  [3309, 'Not enough cloud storage available.', 'storage', /room for cloud recordings/],
  [
    4400,
    'Meeting polls disabled. To enable this feature, enable the "Meeting Polls/Quizzes" setting in the Zoom web portal',
    'setting',
    /turns on “Meeting Polls\/Quizzes”/,
  ],
  [3000, 'Cannot access meeting info.', undefined, /^$/],
  [200, 'Something new.', undefined, /^$/],
  [3001, 'Meeting does not exist: 1.', undefined, /^$/],
]
for (const [code, reason, lack, words] of refusals)
  test(`Zoom's ${code} “${reason.slice(0, 60)}” is told as ${lack ?? 'itself'}`, () => {
    const error = refusal(code, reason)
    const found = lackOf(error)
    assert.equal(found?.lack, lack)
    assert.match(found?.words ?? '', words)
    if (!found) return
    assert.equal((translated(error, 0) as Error).message, found.words)
    const { status, body } = problemOf(error, 0)
    const ofHost = ['webinars', 'licence', 'setting'].includes(found.lack)
    assert.deepEqual([status, body.detail], [ofHost ? 422 : 409, found.words])
    assert.ok(code > 4500 || found.words.endsWith(reason), 'Zoom’s own words are not lost')
  })

test('every refusal for want of a plan, licence or room that Zoom documents is recognised', () => {
  const documented = endpoints
    .flatMap(({ errors }) => errors)
    .filter(({ code }) => [200, 3161, 3309, 4400].includes(code))
  assert.ok(documented.length > 80, String(documented.length))
  const unknown = documented.filter(({ code, message }) => !lackOf(refusal(code, message)))
  // A number is too high: that is not a right.
  assert.deepEqual([...new Set(unknown.map(({ message }) => message))], ['You can only add a maximum of 50 polls.'])
})

test('of a call that another scope would have allowed, too, it is not said that it cannot be made', () => {
  assert.match(
    lackOf(refusal(4711, 'does not contain scopes:[user:read:settings, user:read:settings:admin].'))?.words ?? '',
    /may not see what a host may do\./,
  )
})

test('a refusal reads alike in the API, in a failed job and at the doctor', async () => {
  const reason = 'Only available for Paid account.'
  const { words } = lackOf(refusal(200, reason)) ?? { words: '' }
  await w.zoom('POST', '/faults', {
    match: { path: '/v2/*' },
    action: { status: 400, body: { code: 200, message: reason } },
    times: null,
  })
  const { body, status } = await w.api<{ detail?: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
  })
  assert.deepEqual([status, body.detail], [409, words])

  await addJobs(db, [{ task: 'zoom_users', payload: { connection_id: w.connection_id }, max_attempts: 1 }])
  const last = async () =>
    (
      await sql<{ last_error: string | null }>`
        select last_error from graphile_worker.jobs where task_identifier = 'zoom_users' and attempts = 1`.execute(db)
    ).rows[0]?.last_error
  await until(async () => Boolean(await last()), 'the job to fail')
  assert.ok((await last())?.includes(words), (await last()) ?? '')

  const { findings } = (await w.api<{ findings: { check: string; message: string }[] }>('GET', '/doctor')).body
  for (const what of ['reports', 'dashboards'])
    assert.ok(
      findings.find(({ check }) => check.endsWith(`plan, ${what}`))?.message.includes(words),
      JSON.stringify(findings),
    )
})
