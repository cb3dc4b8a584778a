import { attendance } from '#hub/attendance/attendance.ts'
import type { Hub } from '#hub/hub.ts'
import { meeting, occurrences } from '#hub/meetings/read.ts'
import type { Attendee, Meeting, Session } from '#hub/resources.ts'
import { sessionsOfMeeting } from '#hub/sessions/read.ts'
import type { Link } from '#integrations/lti/links.ts'
import { membersOf } from '#integrations/lti/people.ts'
import type { LtiRole } from '#integrations/lti/tables.ts'
import { gradesOf, type Grade } from './classes.ts'
import { countedSpans, merged, shareOf, type Span } from './rule.ts'

/** The attendance of all sessions of a meeting, as its course sees it. */
export interface Report {
  /** The newest first. */
  sessions: SessionReport[]
  /** Of each learner who was there at least once. */
  grades: Grade[]
}

export interface SessionReport {
  session: Session
  /** What of it counts; nothing, when it was held outside of its plan. */
  counted: Span[]
  people: Attended[]
}

/** Somebody who was there, on however many devices. */
export interface Attended {
  /** Who this is in the course, when that is known beyond a name. */
  member: { user_id: string; role: LtiRole } | undefined
  name: string
  email: string
  spans: Span[]
  /** Whether they are there now. */
  still: boolean
  /** Of the counted time, from 0 to 1. */
  share: number
}

const mostSessions = 200

/** Who attended what and what that is worth: from stored rows alone. */
export async function reportOf(hub: Hub, workspace_id: string, meeting_id: string, link: Link): Promise<Report> {
  const actor = { workspace_id, name: 'lti' }
  const runs = runsOf(
    await meeting(hub, actor, meeting_id),
    (await occurrences(hub, actor, meeting_id)).items.map(({ start_time, duration }) => runOf(start_time, duration)),
  )
  const members = new Map(
    (await membersOf(hub, link.place_id, link.context_id)).map((member) => [member.person_id, member]),
  )
  const now = hub.runtime.now()
  const sessions: SessionReport[] = []
  for (const session of (await sessionsOfMeeting(hub, actor, meeting_id, { limit: mostSessions })).items) {
    const held = spanOf(session.started_at, session.ended_at, now)
    const counted = held ? countedSpans(held, runs) : []
    const { attendees } = await attendance(hub, actor, session.uuid)
    const persons = attendees.filter(({ is_bot }) => !is_bot)
    const known = Map.groupBy(persons, (each) => members.get(each.person_id ?? '') ?? each)
    const people = [...known].map(([who, group]): Attended => {
      const spans = group.flatMap(({ presences }) =>
        presences.flatMap(({ join_time, leave_time }) => spanOf(join_time, leave_time, now) ?? []),
      )
      return {
        member: 'role' in who ? who : undefined,
        name: who.name || (group[0] as Attendee).name,
        email: who.email ?? '',
        spans,
        still: group.some(({ left_at }) => left_at === null),
        share: counted.length > 0 ? shareOf(counted, spans) : 0,
      }
    })
    sessions.push({ session, counted, people })
  }
  const ended = sessions.filter(({ session }) => session.state === 'ended').toReversed()
  return { sessions, grades: gradesOf(ended, runs, link.policy) }
}

/** The planned runs: of a series its own (one that was moved while it ran is one with its new time), of a single meeting its one; none when there is no plan. */
function runsOf({ type, start_time, duration }: Meeting, series: Span[]): Span[] {
  const isSingle = type === 2 || type === 5
  return isSingle && start_time && duration ? [runOf(start_time, duration)] : merged(series)
}

const runOf = (start_time: string, minutes: number): Span => ({
  from: Date.parse(start_time),
  to: Date.parse(start_time) + minutes * 60_000,
})

const spanOf = (from: string | null, to: string | null, now: number): Span | undefined =>
  from === null ? undefined : { from: Date.parse(from), to: to === null ? now : Date.parse(to) }
