import { z } from 'zod'
import { maybe, pageQuery, time } from './common.ts'

const attendanceSource = z.enum(['report', 'dashboard', 'past_participants', 'events'])

export const session = z.object({
  uuid: z.string(),
  meeting_id: z.string(),
  zoom_meeting_id: z.string(),
  topic: z.string(),
  host_id: z.string(),
  state: z.enum(['started', 'ended']),
  started_at: maybe(time),
  ended_at: maybe(time),
  duration: maybe(z.number()).describe('Seconds, once it has ended'),
  attendees: z.number().describe('People, each counted once'),
  source: attendanceSource.describe('What the attendance rests on: the best that Zoom would tell'),
  report: z.object({
    state: z.enum(['none', 'waiting', 'done', 'unavailable']),
    reason: maybe(z.string()),
    at: maybe(time),
  }),
})
export type Session = z.infer<typeof session>

export const presence = z.object({
  id: z.string(),
  user_id: z.string().describe('Zoom’s number for this stay'),
  name: z.string(),
  email: z.string(),
  registrant_id: z.string(),
  customer_key: z.string(),
  join_time: maybe(time),
  leave_time: maybe(time),
  leave_reason: maybe(z.string()),
  duration: z.number().describe('Seconds'),
  source: attendanceSource,
})
export type Presence = z.infer<typeof presence>

export const attendee = z.object({
  key: z.string().describe('Names them within the session, to say who they are'),
  person_id: maybe(z.string()).describe(
    'The person this is known to be, by a ticket, a Zoom user or a verified e-mail',
  ),
  name: z.string(),
  other_names: z.array(z.string()),
  email: z.string(),
  zoom_user_id: z.string(),
  known_by: z
    .enum(['assigned', 'zoom_user', 'registrant', 'customer_key', 'email', 'name'])
    .describe('assigned: somebody said so; else the strongest thing that ties the presences to one person'),
  is_bot: z.boolean().describe('Sent by us; not one of the people'),
  joined_at: maybe(time),
  left_at: maybe(time).describe('null while still there'),
  duration: z.number().describe('Seconds, overlaps counted once'),
  joins: z.number(),
  presences: z.array(presence),
})
export type Attendee = z.infer<typeof attendee>

export const assignment = z
  .object({
    uuid: z.string().max(200).describe('Of the session'),
    key: z.string().max(500).describe('Of the attendee'),
    person_id: maybe(z.string().max(100)).describe('null takes it back'),
  })
  .strict()
export type Assignment = z.infer<typeof assignment>

export const unmatched = z.object({
  uuid: z.string().describe('Of the session'),
  key: z.string().describe('Names them within the session, to say who they are'),
  name: z.string(),
  meeting_id: z.string(),
  topic: z.string(),
  started_at: maybe(time).describe('Of the session'),
  joined_at: maybe(time),
  left_at: maybe(time).describe('null while still there'),
  joins: z.number().int(),
})
export type Unmatched = z.infer<typeof unmatched>

export const unmatchedFilter = pageQuery
  .extend({
    q: z.string().trim().max(200).optional().describe('Words of the name or the topic'),
    from: time.optional().describe('The session began then or later'),
    to: time.optional().describe('The session began then or earlier'),
  })
  .strict()
export type UnmatchedFilter = z.infer<typeof unmatchedFilter>

export const attendance = z.object({ session, attendees: z.array(attendee) })
export type Attendance = z.infer<typeof attendance>

/** Narrows a list of what sessions left: to one meeting or session, and to words. */
export interface OfMeeting {
  meeting_id?: string | undefined
  uuid?: string | undefined
  q?: string | undefined
}

export const recording = z.object({
  id: z.string(),
  meeting_id: z.string(),
  uuid: z.string(),
  recording_type: maybe(z.string()),
  file_type: maybe(z.string()),
  file_size: maybe(z.number()).describe('Bytes'),
  recording_start: maybe(time),
  recording_end: maybe(time),
  play_url: maybe(z.string()),
  share_url: maybe(z.string()),
  passcode: maybe(z.string()),
  state: z.enum(['ready', 'trashed', 'deleted']),
  visibility: z.enum(['shown', 'hidden']).describe('Whether places show it'),
  hidden_in: z.array(z.string()).describe('The places that do not show it although it is shown elsewhere'),
})
export type Recording = z.infer<typeof recording>

export const recordingChange = z
  .object({
    visibility: z.enum(['shown', 'hidden']),
    place_id: z.string().max(100).optional().describe('In this place alone; in all of them, unless it is told'),
  })
  .strict()
export type RecordingChange = z.infer<typeof recordingChange>

export const summary = z.object({
  id: z.string(),
  meeting_id: z.string(),
  uuid: z.string(),
  title: z.string(),
  content: maybe(z.string()).describe(
    'Markdown; none while Zoom has told no text, and of one that was trashed or deleted',
  ),
  doc_url: maybe(z.string()).describe('Where it stands at Zoom'),
  state: z.enum(['ready', 'trashed', 'deleted']),
  created_at: time,
  changed_at: time,
})
export type Summary = z.infer<typeof summary>
