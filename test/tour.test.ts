import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTour } from '../src/cli/tour.ts'
import { world } from './world.ts'

test('the tour shows who came to the meeting, and Zoom is asked twice: to create it and for its report', async (t) => {
  const { hubUrl, simulatorUrl, key } = await world(t)
  const lines: string[] = []
  const { zoomCalls } = await takeTour({
    hubUrl,
    simulatorUrl,
    key: await key('operator'),
    network: fetch,
    print: (line = '') => void lines.push(line),
  })
  assert.equal(zoomCalls, 2)
  const head = lines.findIndex((line) => /name +also as/.test(line))
  const rows = lines.slice(head + 1).filter((line) => /@|Max Muster/.test(line))
  for (const row of rows) console.log(row)
  assert.deepEqual(rows.length, 4)
})
