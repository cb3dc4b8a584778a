import { z } from 'zod'
import { maybe, pageQuery, time } from './common.ts'

export const occurrence = z.object({
  occurrence_id: z.string(),
  start_time: time,
  duration: z.number().describe('Minutes'),
  status: z.enum(['available', 'deleted']),
  agenda: maybe(z.string()).describe('Its own, where it was given one here; null: that of the series'),
  settings: z.record(z.string(), z.unknown()).describe('Its own, as far as they were changed here'),
})
export type Occurrence = z.infer<typeof occurrence>

export const meetingState = z
  .enum(['scheduled', 'started', 'ended', 'cancelled', 'gone'])
  .describe('cancelled: called off here; gone: deleted at Zoom')

export const meeting = z.object({
  id: z.string(),
  zoom_meeting_id: z.string(),
  kind: z.enum(['meeting', 'webinar']),
  connection_id: maybe(z.string()),
  state: meetingState,
  type: z
    .number()
    .describe('Zoom’s: 1 instant, 2 scheduled, 3 recurring without fixed time, 8 recurring; webinars 5, 6, 9'),
  topic: z.string(),
  agenda: maybe(z.string()),
  host_id: z.string(),
  host_email: maybe(z.string()),
  start_time: maybe(time),
  duration: maybe(z.number()).describe('Minutes'),
  timezone: maybe(z.string()),
  next_start_time: maybe(time).describe('Of the next occurrence that is not cancelled'),
  last_ended_at: maybe(time).describe('When its newest session ended'),
  join_url: maybe(z.string()),
  password: maybe(z.string()),
  recurrence: maybe(z.record(z.string(), z.unknown())),
  tracking_fields: z.array(z.object({ field: z.string(), value: z.string() })),
  settings: z.record(z.string(), z.unknown()),
  revision: z.number().int().describe('Counts changes. Sent as If-Match with a change, it keeps others’ changes safe'),
  created_at: time,
  changed_at: time,
})
export type Meeting = z.infer<typeof meeting>

export const plannedMeeting = meeting.extend({
  left_out: z
    .array(z.object({ field: z.string(), asked: z.unknown(), kept: z.unknown() }))
    .describe('Options that Zoom took and yet has otherwise, without saying why'),
})
export type PlannedMeeting = z.infer<typeof plannedMeeting>

export const meetingFilter = pageQuery.extend({
  q: z.string().max(200).optional().describe('Words in topic, host or meeting id'),
  when: z.enum(['upcoming', 'past', 'all']).default('all'),
  state: meetingState.optional(),
  kind: z.enum(['meeting', 'webinar']).optional(),
  host: z.string().max(254).optional().describe('Id or e-mail of the host'),
  place_id: z.string().max(100).optional().describe('Shown in this place'),
  from: time.optional().describe('Starts then or later; a meeting without a time counts from when it was made'),
  to: time.optional().describe('Starts then or earlier'),
})
export type MeetingFilter = z.infer<typeof meetingFilter>

export const newView = z
  .object({
    page: z.enum(['meetings']).describe('Which list'),
    name: z.string().trim().min(1).max(60),
    query: z.string().max(1000).describe('What it is narrowed to, as it stands in the console’s address'),
  })
  .strict()
export type NewView = z.infer<typeof newView>

export const view = z.object({ id: z.string(), ...newView.shape, created_at: time })
export type View = z.infer<typeof view>
