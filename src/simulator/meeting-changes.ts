import { occurrenceJson } from './meeting-json.ts'
import type { Meeting } from './state.ts'
import { utc } from './time.ts'

/** What an event tells when it differs. */
export const snapshot = (meeting: Meeting): Record<string, unknown> => ({
  topic: meeting.topic,
  type: meeting.type,
  ...(meeting.start !== undefined && { start_time: utc(meeting.start) }),
  duration: meeting.duration,
  timezone: meeting.timezone,
  agenda: meeting.agenda,
  password: meeting.password,
  ...(meeting.recurrence && { recurrence: meeting.recurrence }),
  ...(meeting.occurrences.length > 0 && { occurrences: meeting.occurrences.map(occurrenceJson) }),
  settings: meeting.settings,
})

/** Only the changed fields, before and after; of `settings` only the changed ones in it. */
export function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): { object: Record<string, unknown>; old_object: Record<string, unknown> } {
  const result = { object: {} as Record<string, unknown>, old_object: {} as Record<string, unknown> }
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) continue
    const inner = name === 'settings' ? differences(Object(before[name]), Object(after[name])) : undefined
    result.object[name] = inner ? inner.object : after[name]
    result.old_object[name] = inner ? inner.old_object : before[name]
  }
  return result
}
