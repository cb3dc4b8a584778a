import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attendeesOf } from '#hub/attendance/attendees.ts'
import { blankRow, correctByReport, placeStay, type Stay } from '#hub/attendance/presences.ts'
import type { AttendanceRow } from '#store/attendance.ts'

const start = Date.UTC(2026, 0, 5, 9)
const at = (minute: number): Date => new Date(start + minute * 60_000)
const end = at(60)

let made = 0
const row = (change: Partial<AttendanceRow>): AttendanceRow => ({
  ...blankRow(`att_${++made}`, 'ws', 'uuid', String(made)),
  ...change,
})
const stay = (change: Partial<Stay>): Stay => {
  const { id: _id, workspace_id: _ws, uuid: _uuid, source: _source, ...blank } = row({})
  return { ...blank, ...change }
}

test('presences of one Zoom user are one person, under all the names', () => {
  const people = attendeesOf(
    [
      row({ name: 'Alan', participant_user_id: 'z1', join_time: at(0), leave_time: at(10) }),
      row({ name: 'iPad', participant_user_id: 'z1', join_time: at(20), leave_time: at(30) }),
    ],
    end,
    0,
  )
  assert.deepEqual(
    people.map(({ name, other_names, duration, joins }) => ({ name, other_names, duration, joins })),
    [{ name: 'Alan', other_names: ['iPad'], duration: 1200, joins: 2 }],
  )
})

test('who is there twice at once is counted once', () => {
  const [person] = attendeesOf(
    [
      row({ name: 'Max', email: 'max@x', join_time: at(0), leave_time: at(30) }),
      row({ name: 'Max (phone)', email: 'MAX@x', join_time: at(20), leave_time: at(40) }),
    ],
    end,
    0,
  )
  assert.equal(person?.duration, 40 * 60)
})

test('two presences are tied by way of a third', () => {
  const people = attendeesOf(
    [
      row({ name: 'a', email: 'max@x', join_time: at(0) }),
      row({ name: 'b', registrant_id: 'r1', join_time: at(1) }),
      row({ name: 'c', email: 'max@x', registrant_id: 'r1', join_time: at(2) }),
    ],
    end,
    0,
  )
  assert.equal(people.length, 1)
  assert.equal(people[0]?.known_by, 'registrant')
})

test('a name ties only presences of which nothing else is known', () => {
  const people = attendeesOf(
    [
      row({ name: 'Max', email: 'max@x', join_time: at(0) }),
      row({ name: 'Max', join_time: at(1) }),
      row({ name: ' max ', join_time: at(2) }),
    ],
    end,
    0,
  )
  assert.deepEqual(
    people.map(({ known_by, joins }) => [known_by, joins]),
    [
      ['email', 1],
      ['name', 2],
    ],
  )
})

test('two people without a name are two', () => {
  assert.equal(attendeesOf([row({ join_time: at(0) }), row({ join_time: at(1) })], end, 0).length, 2)
})

test('who was not seen leaving left with the end, and before the end is still there', () => {
  const rows = [row({ name: 'Max', join_time: at(10) })]
  assert.equal(attendeesOf(rows, end, 0)[0]?.left_at, end.toISOString())
  assert.equal(attendeesOf(rows, end, 0)[0]?.duration, 50 * 60)
  assert.equal(attendeesOf(rows, null, at(15).getTime())[0]?.left_at, null)
  assert.equal(attendeesOf(rows, null, at(15).getTime())[0]?.duration, 5 * 60)
})

test('no order of presences changes who was there and for how long, and nobody is there longer than the session', () => {
  const key = fc.constantFrom('', 'a', 'b', 'c')
  const presence = fc.record({
    name: key,
    email: key,
    participant_user_id: key,
    registrant_id: key,
    from: fc.integer({ min: 0, max: 59 }),
    length: fc.integer({ min: 0, max: 60 }),
  })
  fc.assert(
    fc.property(fc.array(presence, { maxLength: 8 }), fc.integer(), (presences, seed) => {
      const rows = presences.map(({ from, length, ...rest }) =>
        row({ ...rest, join_time: at(from), leave_time: at(Math.min(60, from + length)) }),
      )
      const shuffled = [...rows].sort((a, b) => Math.sin(seed + Number(a.user_id)) - Math.sin(seed + Number(b.user_id)))
      const summary = (list: AttendanceRow[]) =>
        attendeesOf(list, end, 0)
          .map((each) => `${each.duration} ${each.joins}`)
          .sort()
      assert.deepEqual(summary(rows), summary(shuffled))
      const people = attendeesOf(rows, end, 0)
      assert.equal(
        people.reduce((sum, each) => sum + each.joins, 0),
        rows.length,
      )
      for (const person of people) assert.ok(person.duration <= 3600)
    }),
  )
})

test('a join and its leave make one row in either order, and the same event again makes none', () => {
  const join = stay({ user_id: '7', name: 'Max', join_time: at(1) })
  const leave = stay({ user_id: '7', leave_time: at(9), leave_reason: 'left' })
  for (const order of [
    [join, leave],
    [leave, join],
    [join, join, leave, leave],
  ]) {
    const rows: AttendanceRow[] = []
    for (const each of order) {
      const placed = placeStay(rows, each, () => row({ user_id: '7' }))
      if (!placed) continue
      const index = rows.findIndex(({ id }) => id === placed.id)
      if (index < 0) rows.push(placed)
      else rows[index] = placed
    }
    assert.equal(rows.length, 1)
    assert.deepEqual([rows[0]?.join_time, rows[0]?.leave_time, rows[0]?.name], [at(1), at(9), 'Max'])
  }
})

test('a report wins over the events, keeps what only they know, and loses nobody', () => {
  const rows = [
    row({ user_id: '1', name: 'Max', participant_uuid: 'p1', join_time: at(1), leave_time: null, leave_reason: null }),
    row({ user_id: '2', name: 'Seen by events alone', join_time: at(2), leave_time: at(3) }),
  ]
  const corrected = correctByReport(
    rows,
    [stay({ user_id: '1', name: 'Max M.', email: 'max@x', join_time: at(0), leave_time: at(50) })],
    'report',
    (each) => row({ user_id: each.user_id }),
  )
  assert.deepEqual(
    corrected.map(({ user_id, name, participant_uuid, join_time, leave_time, source }) => ({
      user_id,
      name,
      participant_uuid,
      join_time,
      leave_time,
      source,
    })),
    [
      { user_id: '1', name: 'Max M.', participant_uuid: 'p1', join_time: at(0), leave_time: at(50), source: 'report' },
      {
        user_id: '2',
        name: 'Seen by events alone',
        participant_uuid: '',
        join_time: at(2),
        leave_time: at(3),
        source: 'events',
      },
    ],
  )
})
