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
