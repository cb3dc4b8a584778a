import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runProgram } from '../../bench/servers/process.ts'
import { cluster } from './cluster.ts'

const caller = new URL('../../bench/servers/zoom-caller.ts', import.meta.url)

test('three processes that want more than Zoom allows share it evenly and provoke no 429', async (t) => {
  const { db, env } = await cluster(t)
  const { rows } = await db.query<{ id: string }>('select id from connection')
  const callers = await Promise.all(
    Object.entries({ lti: 200, site: 60, bots: 60 }).map(([name, wants]) =>
      runProgram(caller, [String(rows[0]?.id), name, String(wants), '6', 'hub'], env, /^ready/),
    ),
  )
  for (const { child } of callers) child.kill('SIGUSR2')
  await Promise.all(callers.map(({ ended }) => ended))
  const counts = callers.map(
    ({ printed }) => JSON.parse(printed.at(-1) ?? '') as { answered: number; refused: number; failed: number },
  )
  const answered = counts.map((count) => count.answered)
  assert.deepEqual(
    counts.map(({ refused, failed }) => refused + failed),
    [0, 0, 0],
  )
  // How much of the allowance is used depends on the machine, and is measured by the bench `quota`; but nobody stands still.
  const all = answered.reduce((sum, each) => sum + each, 0)
  assert.ok(all > (6 * 80) / 2, `${answered.join(', ')} were answered`)
  const evenness = all ** 2 / (answered.length * answered.reduce((sum, each) => sum + each ** 2, 0))
  // Shared by what each wants instead of evenly, 200 : 60 : 60, Jain's index would be 0.72.
  assert.ok(evenness > 0.9, `${answered.join(', ')} were answered`)
})
