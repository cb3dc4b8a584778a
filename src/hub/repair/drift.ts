import type { MeetingRow } from '#store/meetings.ts'
import type { Meeting } from '#zoom/meetings.ts'
import { instant } from '#hub/meetings/from-zoom.ts'

/** Planned once: a meeting, a webinar. */
const onceTypes = new Set<number | null | undefined>([2, 5])
/** Zoom lists these, and series with fixed times. */
const listedTypes = new Set([2, 5, 8, 9])

export interface Drift {
  /** Zoom ids of those that are new, or planned otherwise than stored. */
  changed: string[]
  /** Stored ones that Zoom's list does not have. */
  missing: MeetingRow[]
  /** Ids of rows that were missing and are listed again. */
  back: string[]
}

/** What differs between what is stored of a host's meetings to come, or webinars, and what Zoom lists of them. */
export function driftOf(stored: readonly MeetingRow[], listed: readonly Meeting[], now: Date): Drift {
  const byId = new Map(stored.map((row) => [row.zoom_meeting_id, row]))
  const ids = new Set(listed.map(({ id }) => id))
  const isToCome = (row: MeetingRow): boolean => row.state === 'scheduled' && row.ends_at !== null && row.ends_at > now
  return {
    changed: [...new Set(listed.filter((each) => isOther(byId.get(each.id), each, now)).map(({ id }) => id))],
    missing: stored.filter((row) => isToCome(row) && listedTypes.has(row.type) && !ids.has(row.zoom_meeting_id)),
    back: stored.filter((row) => row.missing_since && ids.has(row.zoom_meeting_id)).map(({ id }) => id),
  }
}

/** A series is listed once for each occurrence, so its times are left to a read of the whole. */
function isOther(row: MeetingRow | undefined, listed: Meeting, now: Date): boolean {
  const start_time = instant(listed.start_time)
  if (!row) return start_time !== null && start_time > now
  if (row.state === 'cancelled') return false
  if (row.state === 'gone') return true
  if (typeof listed.topic === 'string' && listed.topic !== row.topic) return true
  if (!onceTypes.has(listed.type)) return false
  return start_time?.getTime() !== row.start_time?.getTime() || (listed.duration ?? row.duration) !== row.duration
}
