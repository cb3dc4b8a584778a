import type { MeetingState } from '#store/db.ts'

/** What the state of a meeting follows from. */
export interface MeetingFacts {
  /** Called off here, or deleted at Zoom: no run of it changes that. */
  over: 'cancelled' | 'gone' | undefined
  openSessions: number
  /** Whether it ran at least once. */
  held: boolean
  /** When its last planned time ends; undefined when it has none (instant, or recurring without fixed times). */
  ends_at: Date | null
  /** Zoom's type. */
  type: number
}

/**
 * The state of a meeting, from facts alone, so that it comes out the same in whatever order events arrived. A series
 * with runs to come, and what recurs without fixed times, stays scheduled after a run.
 */
export function meetingState({ over, openSessions, held, ends_at, type }: MeetingFacts, now: number): MeetingState {
  if (over) return over
  if (openSessions > 0) return 'started'
  if (!held) return 'scheduled'
  if (recurringWithoutTimes.includes(type)) return 'scheduled'
  return isSeries(type) && ends_at !== null && ends_at.getTime() > now ? 'scheduled' : 'ended'
}

/** Types 8 and 9: a series with fixed times (https://developers.zoom.us/docs/api/meetings/). */
export const isSeries = (type: number): boolean => type === 8 || type === 9

const recurringWithoutTimes: readonly number[] = [3, 4, 6]

/** What people see of a meeting at a moment: before, in the minutes before, while it runs, after, or never. */
export interface MeetingPhase {
  phase: 'planned' | 'open' | 'live' | 'ended' | 'cancelled'
  /** The run that this is about, ISO 8601; absent without fixed time. */
  start?: string
  end?: string
  occurrence_id?: string
  /** When the doors open; only while it is planned. */
  opens_at?: string
}

export interface PhaseFacts {
  state: MeetingState
  type: number
  start_time: string | null
  duration: number | null
  /** When its newest session ended: the run that it belongs to may be over before its time. */
  last_ended_at?: string | null
}

interface Run {
  start: number
  end: number
  occurrence_id?: string
}

/**
 * The phase of a meeting: Zoom's word (started) counts before the clock. The doors are open from some minutes before a run's
 * start until its planned end, both included; what has no fixed time is always open. Of a series it is the run that is on or comes
 * next. A run whose session has ended is over, though its time is not; but neither a trial before its time nor a session that
 * broke off early ends it.
 */
export function meetingPhase(
  meeting: PhaseFacts,
  occurrences: readonly { occurrence_id: string; start_time: string; duration: number; status: string }[],
  now: number,
  { opens_before_min }: { opens_before_min: number } = { opens_before_min: 15 },
): MeetingPhase {
  if (meeting.state === 'cancelled' || meeting.state === 'gone') return { phase: 'cancelled' }
  const runs = runsOf(meeting, occurrences)
  const live = meeting.state === 'started'
  const run = runs.find((each) => each.end >= now && (live || !wasHeld(each, meeting))) ?? runs.at(-1)
  const about = run ? aboutRun(run) : {}
  if (live) return { phase: 'live', ...about }
  if (!run) return { phase: meeting.state === 'ended' || runsAreOver(meeting, occurrences) ? 'ended' : 'open' }
  if (now > run.end || wasHeld(run, meeting)) return { phase: 'ended', ...about }
  const opens = run.start - opens_before_min * 60_000
  return now >= opens ? { phase: 'open', ...about } : { phase: 'planned', ...about, opens_at: iso(opens) }
}

/** Classes run over, but not by more than this. */
const overrun_ms = 30 * 60_000

/** A session has ended in its second half, or a little later. */
const wasHeld = ({ start, end }: Run, { last_ended_at }: PhaseFacts): boolean => {
  const ended = last_ended_at ? Date.parse(last_ended_at) : Number.NaN
  return ended >= (start + end) / 2 && ended <= end + overrun_ms
}

/** The runs to look at, by time: those of a series that are not called off, or the one there is. */
function runsOf({ type, start_time, duration }: PhaseFacts, occurrences: Parameters<typeof meetingPhase>[1]): Run[] {
  if (occurrences.length > 0)
    return occurrences
      .filter(({ status }) => status === 'available')
      .map((each) => ({ ...span(each.start_time, each.duration), occurrence_id: each.occurrence_id }))
      .sort((a, b) => a.start - b.start)
  if (!start_time || recurringWithoutTimes.includes(type) || type === 1) return []
  return [span(start_time, duration ?? 0)]
}

/** A series of which every run was called off. */
const runsAreOver = ({ type }: PhaseFacts, occurrences: readonly unknown[]): boolean =>
  isSeries(type) && occurrences.length > 0

const span = (start_time: string, minutes: number): Run => {
  const start = Date.parse(start_time)
  return { start, end: start + minutes * 60_000 }
}

const aboutRun = ({ start, end, occurrence_id }: Run): Partial<MeetingPhase> => ({
  start: iso(start),
  end: iso(end),
  ...(occurrence_id ? { occurrence_id } : {}),
})

const iso = (ms: number): string => new Date(ms).toISOString()
