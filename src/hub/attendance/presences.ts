import type { AttendanceRow } from '#store/attendance.ts'
import type { AttendanceSource } from '#store/db.ts'

/** What one event or one line of a report says of a stay. '' and null are "not said". */
export interface Stay {
  user_id: string
  name: string
  email: string
  participant_user_id: string
  participant_uuid: string
  registrant_id: string
  customer_key: string
  join_time: Date | null
  leave_time: Date | null
  leave_reason: string | null
}

/**
 * The row that a participant event leads to, given the rows of the same session and user_id: events may come twice and in any
 * order, so a leave may be there before its join. undefined when the event adds nothing.
 */
export function placeStay(
  rows: readonly AttendanceRow[],
  stay: Stay,
  blank: () => AttendanceRow,
): AttendanceRow | undefined {
  if (rows.some((row) => row.source !== 'events')) return undefined
  const row = rows.find((each) => isSameStay(each, stay)) ?? blank()
  const merged = { ...row, ...said(row, stay) }
  return equal(row, merged) ? undefined : merged
}

/** One stay has one join and one leave: the same again, or the one that was missing. */
function isSameStay(row: AttendanceRow, { join_time, leave_time }: Stay): boolean {
  if (join_time)
    return row.join_time
      ? row.join_time.getTime() === join_time.getTime()
      : !row.leave_time || row.leave_time >= join_time
  if (leave_time)
    return row.leave_time
      ? row.leave_time.getTime() === leave_time.getTime()
      : !row.join_time || row.join_time <= leave_time
  return true
}

/** What was said wins over what was not; nothing that is known is lost. */
const said = (row: AttendanceRow, stay: Stay): Omit<Stay, 'user_id'> => ({
  name: stay.name || row.name,
  email: stay.email || row.email,
  participant_user_id: stay.participant_user_id || row.participant_user_id,
  participant_uuid: stay.participant_uuid || row.participant_uuid,
  registrant_id: stay.registrant_id || row.registrant_id,
  customer_key: stay.customer_key || row.customer_key,
  join_time: stay.join_time ?? row.join_time,
  leave_time: stay.leave_time ?? row.leave_time,
  leave_reason: stay.leave_reason ?? row.leave_reason,
})

/**
 * The rows of a session after a list of its participants: one per line of it, with what only events know (participant_uuid, the leave's
 * reason) carried over. A stay that events saw and the report does not know is kept, as events saw it.
 */
export function correctByReport(
  rows: readonly AttendanceRow[],
  report: readonly Stay[],
  source: AttendanceSource,
  blank: (stay: Stay) => AttendanceRow,
): AttendanceRow[] {
  const left = new Set(rows)
  const corrected = report.map((stay) => {
    const match = nearest(
      [...left].filter((row) => row.user_id === stay.user_id),
      stay,
    )
    if (match) left.delete(match)
    return { ...(match ?? blank(stay)), ...said(match ?? blank(stay), stay), source }
  })
  return [...corrected, ...left]
}

/** Of several stays under one number, the one that began nearest to the report's time. */
function nearest(candidates: readonly AttendanceRow[], { join_time }: Stay): AttendanceRow | undefined {
  const distance = (row: AttendanceRow): number =>
    Math.abs((row.join_time?.getTime() ?? 0) - (join_time?.getTime() ?? 0))
  return [...candidates].sort((a, b) => distance(a) - distance(b))[0]
}

const equal = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A row of which nothing is known but whose it is. */
export const blankRow = (id: string, workspace_id: string, uuid: string, user_id: string): AttendanceRow => ({
  id,
  workspace_id,
  uuid,
  user_id,
  name: '',
  email: '',
  participant_user_id: '',
  participant_uuid: '',
  registrant_id: '',
  customer_key: '',
  join_time: null,
  leave_time: null,
  leave_reason: null,
  source: 'events',
})
