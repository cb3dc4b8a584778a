import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeTour } from '#cli/tour/class.ts'
import { world } from './world.ts'

test('the tour shows who came to the meeting, and Zoom is asked twice: to create it and for its report', async (t) => {
  const school = await world(t)
  const lines: string[] = []
  const { zoomCalls } = await takeTour({
    hubUrl: school.hubUrl,
    simulatorUrl: school.simulatorUrl,
    key: await school.key('operator'),
    network: fetch,
    print: (line = '') => void lines.push(line),
  })
  assert.equal(zoomCalls, 2)
  const people = lines
    .slice(lines.findIndex((line) => /name +also as/.test(line)) + 1)
    .filter((line) => /\d\d:\d\d/.test(line))
  assert.deepEqual(people.map(withoutTimes), [
    'Ada Lovelace ada@school.example 45 1 zoom_user',
    'Grace Hopper grace@school.example 37 2 zoom_user',
    'Alan Turing Alan’s iPad alan@school.example 42 2 zoom_user',
    'Max Muster 35 1 name',
  ])
  assert.ok(lines.some((line) => line.includes('Zoom calls used: 2')))
})

/** The class took place in the hour before the test, whenever that was. */
const withoutTimes = (line: string): string =>
  line
    .replaceAll(/\d\d:\d\d/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
