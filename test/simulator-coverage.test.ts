import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverage } from '#simulator/coverage.ts'
import { notCovered } from '#simulator/not-covered.ts'

const { operations, events } = coverage()
const rows = [...operations, ...events]

test("every operation and event of Zoom's lists is covered or has a reason in src/simulator/not-covered.ts", () => {
  assert.deepEqual(
    rows.filter(({ covered, reason }) => !covered && reason === undefined).map(({ name }) => name),
    [],
  )
})

test('nothing that is covered still has a reason in src/simulator/not-covered.ts', () => {
  assert.deepEqual(
    rows.filter(({ covered, reason }) => covered && reason !== undefined).map(({ name }) => name),
    [],
  )
})

test("reasons are for what stands in Zoom's lists, once", () => {
  const names = notCovered.flatMap((group): readonly string[] => group.rows)
  assert.equal(new Set(names).size, names.length)
  const known = new Set(rows.map(({ name }) => name))
  assert.deepEqual(
    names.filter((name) => !known.has(name)),
    [],
  )
})
