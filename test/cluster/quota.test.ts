import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runProgram } from '../../bench/servers/process.ts'
import { cluster } from './cluster.ts'

const caller = new URL('../../bench/servers/zoom-caller.ts', import.meta.url)

test('three processes that want more than Zoom allows share it evenly, and Zoom refuses next to nothing', async (t) => {
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
  const sum = (numbers: number[]): number => numbers.reduce((all, each) => all + each, 0)
  assert.equal(sum(counts.map(({ failed }) => failed)), 0)
  // Calls that left in time arrive in a crowd where the machine stands still between; without the hub's places hundreds are refused.
  const refused = sum(counts.map((count) => count.refused))
  assert.ok(refused <= 0.03 * sum(answered), `${refused} were refused, ${answered.join(', ')} answered`)
  // How much of the allowance is used depends on the machine, and is measured by the bench `quota`; but nobody stands still.
  const all = sum(answered)
  assert.ok(all > (6 * 80) / 2, `${answered.join(', ')} were answered`)
  const evenness = all ** 2 / (answered.length * sum(answered.map((each) => each ** 2)))
  // Shared by what each wants instead of evenly, 200 : 60 : 60, Jain's index would be 0.72.
  assert.ok(evenness > 0.9, `${answered.join(', ')} were answered`)
})
