import { z } from 'zod'
import { time } from './common.ts'

const recurrence = z
  .object({
    type: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe('1 daily, 2 weekly, 3 monthly'),
    repeat_interval: z.number().int().min(1).max(90).optional(),
    weekly_days: z
      .string()
      .regex(/^[1-7](,[1-7])*$/, 'must be days like "1,3" (1 is Sunday)')
      .optional(),
    monthly_day: z.number().int().min(1).max(31).optional(),
    monthly_week: z.union([z.literal(-1), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
    monthly_week_day: z.number().int().min(1).max(7).optional(),
    end_times: z.number().int().min(1).max(60).optional(),
    end_date_time: z.iso.datetime({ offset: true }).optional(),
  })
  .strict()

const meetingFields = {
  topic: z.string().trim().min(1).max(200),
  agenda: z.string().max(2000),
  start_time: z.iso.datetime({ offset: true, local: true }).describe('With Z: UTC. Without: local time in `timezone`'),
  duration: z.number().int().min(1).max(1440).describe('Minutes'),
  timezone: z.string().min(1).max(64).describe('IANA name, for example Europe/Berlin'),
  password: z
    .string()
    .max(10)
    .regex(/^[a-zA-Z0-9@\-_*]*$/, 'may hold letters, digits and @ - _ *'),
  recurrence,
  tracking_fields: z
    .array(z.object({ field: z.string().min(1).max(100), value: z.string().max(500) }).strict())
    .max(50)
    .describe('The account’s tracking fields; an empty list removes the values'),
  schedule_for: z
    .string()
    .min(1)
    .max(320)
    .describe(
      'Who becomes the host: e-mail or id of somebody who gave the host the scheduling privilege at Zoom. In a change: to whom the meeting is handed over',
    ),
  settings: z
    .record(z.string(), z.unknown())
    .describe(
      'Zoom’s own settings object. What GET /zoom_users/{id}/meeting_options lists is checked; the rest is passed on as it is',
    ),
}

export const newMeeting = z
  .object({
    kind: z.enum(['meeting', 'webinar']).default('meeting'),
    connection_id: z.string().optional().describe('Not needed while the workspace has one connection'),
    host: z.string().min(1).max(320).describe('Zoom user: e-mail or id; `me` for the one who consented'),
    topic: meetingFields.topic,
    agenda: meetingFields.agenda.optional(),
    start_time: meetingFields.start_time.optional().describe('Absent: an instant meeting'),
    duration: meetingFields.duration.optional(),
    timezone: meetingFields.timezone.optional(),
    password: meetingFields.password.optional(),
    recurrence: meetingFields.recurrence.optional(),
    type: z
      .union([z.literal(3), z.literal(6)])
      .optional()
      .describe('3: a meeting, 6: a webinar that recurs without fixed times. All other types follow from the rest'),
    schedule_for: meetingFields.schedule_for.optional(),
    tracking_fields: meetingFields.tracking_fields.optional(),
    settings: meetingFields.settings.optional(),
  })
  .strict()
export type NewMeeting = z.infer<typeof newMeeting>

export const meetingChange = z
  .object(meetingFields)
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type MeetingChange = z.infer<typeof meetingChange>

export const occurrenceChange = z
  .object({
    start_time: meetingFields.start_time,
    timezone: meetingFields.timezone,
    duration: meetingFields.duration,
    agenda: meetingFields.agenda,
    settings: meetingFields.settings,
  })
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type OccurrenceChange = z.infer<typeof occurrenceChange>

export const previewRequest = z
  .object({
    start_time: meetingFields.start_time,
    timezone: meetingFields.timezone,
    duration: meetingFields.duration.optional(),
    recurrence: meetingFields.recurrence.optional(),
    zones: z.array(z.string().min(1).max(64)).max(4).default([]).describe('Others from which it shall be seen'),
  })
  .strict()
export type PreviewRequest = z.infer<typeof previewRequest>

export const meetingPreview = z.object({
  items: z.array(
    z.object({
      start_time: time,
      duration: z.number().describe('Minutes'),
      local: z.array(
        z.object({
          timezone: z.string(),
          start: z.string().describe('ISO 8601 with the offset that holds there then'),
          clocks_changed: z.boolean().describe('Between the occurrence before and this one, clocks there were changed'),
        }),
      ),
    }),
  ),
})
export type MeetingPreview = z.infer<typeof meetingPreview>

export const cancelRequest = z
  .object({ occurrence_id: z.string().regex(/^\d+$/).optional().describe('Cancel this occurrence alone') })
  .strict()
export type CancelRequest = z.infer<typeof cancelRequest>
