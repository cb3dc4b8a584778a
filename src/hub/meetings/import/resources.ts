import { z } from 'zod'
import { maybe, pageQuery, time } from '#hub/resources.ts'

export const newMeetingImport = z
  .object({
    content: z
      .string()
      .describe(
        'Up to 5,000 rows and 1 MB. ids: one Zoom meeting ID on each line, spaces and dashes allowed. csv: the first line names the columns; a row with meeting_id is of a meeting that exists at Zoom, one without asks for a new one',
      ),
    format: z.enum(['ids', 'csv']),
    dry_run: z.boolean().default(true).describe('Only say what would become of each row; …/run then carries it out'),
  })
  .strict()
export type NewMeetingImport = z.infer<typeof newMeetingImport>

export const meetingImportRowState = z
  .enum(['waiting', 'will_create', 'will_find', 'will_place', 'created', 'found', 'already_here', 'refused'])
  .describe(
    'waiting: not looked at yet; will_…: what happens when it is carried out; found: existed at Zoom, and is kept here now; already_here: was kept here before',
  )

export const meetingImport = z.object({
  id: z.string(),
  format: z.enum(['ids', 'csv']),
  state: z
    .enum(['checking', 'checked', 'running', 'done', 'stopped'])
    .describe('checked: every row says what would become of it'),
  total: z.number().int(),
  done: z.number().int().describe('Rows that are through: judged, or, since it is carried out, with their result'),
  left: z.number().int().describe('Rows that have no result yet'),
  rows: z
    .object(
      Object.fromEntries(meetingImportRowState.options.map((each) => [each, z.number().int()])) as Record<
        z.infer<typeof meetingImportRowState>,
        z.ZodNumber
      >,
    )
    .describe('How many are in which state'),
  waits: maybe(z.object({ until: time, reason: z.string() })).describe(
    'While nothing goes on: until when, and why, for example for Zoom’s limits',
  ),
  created_at: time,
  run_at: maybe(time).describe('Since when it is carried out; null: a dry run'),
  ended_at: maybe(time),
})
export type MeetingImport = z.infer<typeof meetingImport>

export const meetingImportRow = z.object({
  line: z.number().int().describe('As an editor or a spreadsheet counts'),
  state: meetingImportRowState,
  message: maybe(z.string()).describe('Why, and who must do what'),
  kind: maybe(z.enum(['meeting', 'webinar'])),
  zoom_meeting_id: maybe(z.string()),
  topic: maybe(z.string()),
  host: maybe(z.string()),
  start_time: maybe(z.string()).describe('As the row has it: with Z or an offset, else local time in `timezone`'),
  timezone: maybe(z.string()),
  duration: maybe(z.number()).describe('Minutes'),
  place_id: maybe(z.string()),
  meeting_id: maybe(z.string()),
  join_url: maybe(z.string()),
})
export type MeetingImportRow = z.infer<typeof meetingImportRow>

export const meetingImportFilter = pageQuery.extend({
  state: meetingImportRowState.optional(),
  q: z.string().max(200).optional().describe('Words in topic, host, meeting id or message'),
})
export type MeetingImportFilter = z.infer<typeof meetingImportFilter>
