import type { MeetingChange, NewMeeting } from '#hub/resources.ts'

/**
 * A time as Zoom reads it: `2026-03-31T12:02:00Z` for UTC, or without the Z for local time in the meeting's zone. Zoom knows
 * neither offsets nor fractions of a second (https://developers.zoom.us/docs/api/meetings/).
 */
export function zoomTime(text: string): string {
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(text)) return `${new Date(text).toISOString().slice(0, 19)}Z`
  return text.length === 16 ? `${text}:00` : text.slice(0, 19)
}

/** The fields with their times as Zoom reads them. */
export function withZoomTimes<Fields extends Partial<NewMeeting> | MeetingChange>(fields: Fields): Fields {
  const { start_time, recurrence } = fields
  return {
    ...fields,
    ...(start_time ? { start_time: zoomTime(start_time) } : {}),
    ...(recurrence?.end_date_time
      ? { recurrence: { ...recurrence, end_date_time: zoomTime(recurrence.end_date_time) } }
      : {}),
  }
}
