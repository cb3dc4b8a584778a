import { z } from 'zod'
import { maybe, time } from './common.ts'

const optionValue = z.union([z.string(), z.number()])

export const meetingRule = z
  .enum(['always', 'decides', 'never'])
  .describe('always: its value holds for every meeting; decides: whoever plans decides; never: it may not be chosen')

const trackingFields = z.array(
  z.object({
    field: z.string(),
    required: z.boolean(),
    visible: z.boolean(),
    recommended_values: z.array(z.string()),
  }),
)

const optionSection = z.enum(['what', 'when', 'who', 'access', 'registration', 'media', 'more'])

export const hostOptions = z.object({
  zoom_user_id: maybe(z.string()).describe('null: of no host in particular'),
  email: maybe(z.string()),
  asked_at: maybe(time).describe('When Zoom was asked about this host; null: not yet'),
  fresh: z.boolean().describe('Whether that can be relied on: less than a day ago, and nothing was changed since'),
  unknown: z
    .array(z.object({ what: z.string(), reason: z.string() }))
    .describe('What Zoom would not tell of the host, and why'),
  timezone: maybe(z.string()),
  schedulers: z.array(z.object({ id: z.string(), email: z.string() })).describe('For whom the host may schedule'),
  tracking_fields: trackingFields,
  passcode: z.object({
    demands: z
      .array(
        z.object({
          demand: z.enum(['length', 'digits_alone', 'letter', 'both_cases', 'digit', 'special', 'no_rows']),
          number: maybe(z.number().int()),
          words: z.string(),
        }),
      )
      .describe('What the account asks of a passcode; empty: nothing'),
    suggestion: z.string().describe('A new one that keeps to it'),
  }),
  items: z
    .array(
      z.object({
        id: z.string().describe('Where it stands in the body of POST /meetings: settings.waiting_room'),
        words: z.string(),
        about: maybe(z.string()),
        section: optionSection,
        type: z.string().describe('Kind of value: flag, choice, text …'),
        kinds: z.array(z.enum(['meeting', 'webinar'])),
        occurrence: z.boolean().describe('Whether one occurrence of a series may have its own'),
        choices: z.array(z.object({ value: optionValue, words: z.string(), reason: maybe(z.string()) })),
        default: z.unknown().describe('What holds when nothing is sent; null: not known'),
        reason: maybe(z.string()).describe('Why it cannot be chosen; null: it can'),
        rule: meetingRule,
        preset: z.unknown().describe('What the workspace has Greenroom send when nothing is sent; null: nothing'),
      }),
    )
    .describe('Every option of a meeting or webinar'),
})
export type HostOptions = z.infer<typeof hostOptions>

export const meetingDefault = z.object({
  id: z.string().describe('Where it stands in the body of POST /meetings: settings.waiting_room'),
  words: z.string(),
  about: maybe(z.string()),
  section: optionSection,
  type: z.string().describe('Kind of value: flag, choice, text …'),
  kinds: z.array(z.enum(['meeting', 'webinar'])),
  choices: z.array(z.object({ value: optionValue, words: z.string() })),
  rules: z.array(meetingRule).describe('What can be decided of it'),
  has_value: z.boolean().describe('Whether it can be given a value for all meetings'),
  rule: meetingRule,
  value: z.unknown().describe('null: none, and Zoom’s default for the host holds'),
  changed_at: maybe(time).describe('null: nobody has decided anything of it'),
})
export type MeetingDefault = z.infer<typeof meetingDefault>

export const meetingDefaults = z.object({
  items: z.array(meetingDefault),
  tracking_fields: trackingFields.describe('The account’s, as Zoom last told them'),
})
export type MeetingDefaults = z.infer<typeof meetingDefaults>

export const meetingDefaultChange = z
  .object({
    rule: meetingRule,
    value: z
      .unknown()
      .optional()
      .describe('As POST /meetings takes it. always: needed; decides: where the form begins'),
  })
  .strict()
export type MeetingDefaultChange = z.infer<typeof meetingDefaultChange>
