import type { LtiRole, Policy } from '#integrations/lti/tables.ts'
import { gradeOf, lengthOf, overlap, shareOf, type Span } from './rule.ts'

/** A session that is over. */
export interface Held {
  /** What of it counts. */
  counted: readonly Span[]
  people: readonly { member: { user_id: string; role: LtiRole } | undefined; spans: readonly Span[] }[]
}

export interface Grade {
  user_id: string
  /** From 0 to 1. */
  share: number
  minutes: number
  of_minutes: number
}

/** The grade of each learner who was there at least once, from the sessions in the order in which they were held. */
export function gradesOf(sessions: readonly Held[], runs: readonly Span[], policy: Policy): Grade[] {
  const classes = classesOf(
    sessions.filter(({ counted }) => counted.length > 0),
    runs,
  )
  return learnersOf(classes.flatMap((each) => each.sessions)).map((user_id) => {
    const attended = classes.map(({ counted, sessions: held }) => {
      const spans = held.flatMap(({ people }) => people.flatMap((each) => (isOf(user_id, each) ? each.spans : [])))
      return { share: shareOf(counted, spans), of_minutes: lengthOf(counted) / 60_000 }
    })
    return {
      user_id,
      share: gradeOf(
        policy,
        attended.map(({ share }) => share),
      ),
      minutes: attended.reduce((sum, { share, of_minutes }) => sum + share * of_minutes, 0),
      of_minutes: attended.reduce((sum, { of_minutes }) => sum + of_minutes, 0),
    }
  })
}

interface Class {
  counted: Span[]
  sessions: readonly Held[]
}

/**
 * A planned run is one class, however often its room was closed and opened again: two minutes of trying out are no class of their
 * own. Whoever stays in the room until the next run is in that one, too. Without a plan each session is a class.
 */
function classesOf(sessions: readonly Held[], runs: readonly Span[]): Class[] {
  if (runs.length === 0) return sessions.map((each) => ({ counted: [...each.counted], sessions: [each] }))
  return runs
    .map((run) => ({
      counted: sessions.flatMap(({ counted }) => counted.flatMap((part) => overlap(part, run))),
      sessions,
    }))
    .filter(({ counted }) => counted.length > 0)
}

const learnersOf = (sessions: readonly Held[]): string[] => [
  ...new Set(
    sessions.flatMap(({ people }) =>
      people.flatMap(({ member }) => (member?.role === 'learner' ? [member.user_id] : [])),
    ),
  ),
]

const isOf = (user_id: string, { member }: Held['people'][number]): boolean => member?.user_id === user_id
