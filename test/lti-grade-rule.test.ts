import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gradesOf, type Held } from '#integrations/lti/grades/classes.ts'
import { countedSpans, gradeOf, shareOf, type Span } from '#integrations/lti/grades/rule.ts'

/** `10:00–11:30` on one day. */
const span = (text: string): Span => {
  const [from = '', to = ''] = text.split('–').map((clock) => clock.padStart(5, '0'))
  return { from: Date.parse(`2026-03-02T${from}:00Z`), to: Date.parse(`2026-03-02T${to}:00Z`) }
}

interface Case {
  what: string
  planned: string[]
  held: string
  there: string[]
  points: number
  /** undefined: no grade, held outside of the plan. */
  grade: number | undefined
}

const cases: Case[] = [
  {
    what: 'two stays that overlap count once',
    planned: ['15:00–17:00'],
    held: '15:00–17:00',
    there: ['15:05–15:35', '15:30–15:40'],
    points: 60,
    grade: 17.5,
  },
  {
    what: 'a second device adds nothing',
    planned: ['15:00–17:00'],
    held: '15:00–17:00',
    there: ['15:00–16:00', '15:30–16:00'],
    points: 60,
    grade: 30,
  },
  {
    what: 'time before the plan is no attendance',
    planned: ['10:00–11:00'],
    held: '9:50–11:05',
    there: ['9:50–10:50'],
    points: 100,
    grade: 83.33333,
  },
  {
    what: 'a class that begins late takes nothing from who is there',
    planned: ['10:00–11:00'],
    held: '10:20–11:00',
    there: ['10:20–11:00'],
    points: 100,
    grade: 100,
  },
  {
    what: 'a session wholly before its plan grades nobody',
    planned: ['10:00–11:00'],
    held: '9:00–9:30',
    there: ['9:00–9:30'],
    points: 100,
    grade: undefined,
  },
  {
    what: 'a session that ends as its plan begins grades nobody',
    planned: ['10:00–11:00'],
    held: '9:30–10:00',
    there: ['9:30–10:00'],
    points: 100,
    grade: undefined,
  },
  {
    what: 'of an unmatched guest it says what it would be',
    planned: ['15:00–17:00'],
    held: '15:00–17:00',
    there: ['15:00–16:50'],
    points: 60,
    grade: 55,
  },
  {
    what: 'of a series the run counts that was held',
    planned: ['8:00–9:00', '10:00–11:00'],
    held: '9:55–11:00',
    there: ['10:30–11:00'],
    points: 10,
    grade: 5,
  },
  {
    what: 'the time between two runs is no attendance',
    planned: ['8:00–9:00', '10:00–11:00'],
    held: '8:00–11:00',
    there: ['8:30–10:30'],
    points: 100,
    grade: 50,
  },
  {
    what: 'without a plan all of it counts',
    planned: [],
    held: '9:00–9:40',
    there: ['9:10–9:40'],
    points: 100,
    grade: 75,
  },
  {
    what: 'who left before it began was not there',
    planned: ['10:00–11:00'],
    held: '9:00–11:00',
    there: ['9:00–9:59'],
    points: 100,
    grade: 0,
  },
  {
    what: 'staying on gains nothing',
    planned: ['10:00–11:00'],
    held: '10:00–12:00',
    there: ['10:30–12:00'],
    points: 100,
    grade: 50,
  },
  {
    what: 'an instant is no session',
    planned: [],
    held: '9:00–9:00',
    there: ['9:00–9:00'],
    points: 100,
    grade: undefined,
  },
]

for (const { what, planned, held, there, points, grade } of cases)
  test(`attendance: ${what}`, () => {
    const counted = countedSpans(span(held), planned.map(span))
    const share = counted.length > 0 ? shareOf(counted, there.map(span)) * points : undefined
    assert.equal(share === undefined ? undefined : Math.round(share * 1e5) / 1e5, grade)
  })

test('several sessions become one grade as the teacher chose', () => {
  const shares = [1, 0.5, 0.75]
  assert.equal(gradeOf('best', shares), 1)
  assert.equal(gradeOf('last', shares), 0.75)
  assert.equal(gradeOf('mean', shares), 0.75)
  assert.equal(gradeOf('sum', shares), 1)
  assert.equal(gradeOf('sum', [0.25, 0.5]), 0.75)
})

test('no session is no attendance, whatever the policy', () => {
  for (const policy of ['best', 'last', 'mean', 'sum'] as const) assert.equal(gradeOf(policy, []), 0)
})

/** A session with one learner in it; without `planned` it counts whole. */
const session = (held: string, there: string[], planned: string[] = []): Held => ({
  counted: countedSpans(span(held), planned.map(span)),
  people: there.length > 0 ? [{ member: { user_id: '4', role: 'learner' }, spans: there.map(span) }] : [],
})

const gradeIn = (sessions: Held[], planned: string[], policy: Parameters<typeof gradeOf>[0]) =>
  gradesOf(sessions, planned.map(span), policy).map(({ share, minutes, of_minutes }) => [share, minutes, of_minutes])

test('a class whose room was closed and opened again is one class, whatever the policy', () => {
  const planned = ['10:00–11:00']
  const twice = [session('9:58–10:02', ['9:58–10:02'], planned), session('10:12–11:00', ['10:12–10:35'], planned)]
  for (const policy of ['best', 'last', 'mean', 'sum'] as const)
    assert.deepEqual(gradeIn(twice, planned, policy), [[0.5, 25, 50]])
  const missedTheTrial = [session('9:58–10:02', [], planned), session('10:02–11:00', ['10:02–11:00'], planned)]
  assert.deepEqual(gradeIn(missedTheTrial, planned, 'last'), [[58 / 60, 58, 60]])
})

test('who stays in the room until the next run is in that one, too', () => {
  const planned = ['8:00–9:00', '10:00–11:00']
  const through = [session('8:00–11:00', ['8:00–10:15'], planned)]
  assert.deepEqual(gradeIn(through, planned, 'last'), [[0.25, 75, 120]])
  assert.deepEqual(gradeIn(through, planned, 'mean'), [[0.625, 75, 120]])
})

test('a run that nobody held is no class, and without a plan each session is one', () => {
  assert.deepEqual(
    gradeIn([session('8:00–9:00', ['8:00–9:00'], ['8:00–9:00'])], ['8:00–9:00', '10:00–11:00'], 'mean'),
    [[1, 60, 60]],
  )
  assert.deepEqual(gradeIn([session('8:00–9:00', ['8:00–9:00']), session('9:00–9:30', [])], [], 'mean'), [
    [0.5, 60, 90],
  ])
})

test('teachers, and whom nobody knows, have no grade', () => {
  const counted = [span('8:00–9:00')]
  const people = [
    { member: { user_id: '3', role: 'teacher' as const }, spans: counted },
    { member: undefined, spans: counted },
  ]
  assert.deepEqual(gradesOf([{ counted, people }], [], 'best'), [])
})
