import { z } from 'zod'

/** Every switch of the simulator. What Zoom documents poorly or has changed over the years is a switch here. */
export const settingsSchema = z.strictObject({
  plan: z.enum(['free', 'pro', 'business']).describe("The account's plan: decides rate limits, reports and recordings"),
  rate_limits: z.boolean().describe('false: nothing is ever refused with 429'),
  daily_limit: z.int().min(1).nullable().describe("Replaces the plan's daily limits: a small one is reached soon"),
  licensed_seats: z.int().min(0).describe('How many users may be of type 2 (Licensed)'),
  token_expires_in: z.int().min(1).describe('Seconds an access token lives; real replies are often 3599'),
  token_tolerance: z
    .int()
    .min(1)
    .nullable()
    .describe('How many server-to-server tokens of an app work at once; null: any number'),
  refresh_token_days: z.number().positive().describe('Life of a refresh token; Zoom names 90 days, formerly 15 years'),
  revoke_on_reuse: z
    .boolean()
    .describe('Whether a refresh token that is used again ends its whole grant, as RFC 9700 advises'),
  invalid_client_status: z
    .union([z.literal(401), z.literal(400)])
    .describe('HTTP status of a wrong client id or secret'),
  missing_scopes_status: z
    .union([z.literal(400), z.literal(401), z.literal(403)])
    .describe('HTTP status of codes 4711 and 4700'),
  me_for_server_to_server: z.boolean().describe("Whether /users/me means the app's owner for a server-to-server app"),
  events_need_scopes: z
    .boolean()
    .describe('Whether an app gets only events that its scopes cover (the mapping is inferred)'),
  max_occurrences: z.int().min(1).describe('Occurrences of a recurring meeting: 60 in the OpenAPI, 50 in the guide'),
  values_as_text: z.boolean().describe('Whether "45" is as good as 45, and "true" as true, in the body of a request'),
  move_past_start: z.boolean().describe('Whether a start_time in the past becomes now'),
  guest_emails: z.boolean().describe('Whether the e-mail of a guest who is not registered is told'),
  report_delay_s: z
    .number()
    .min(0)
    .describe('Seconds after the end until reports know a meeting; 15 minutes to a day at Zoom'),
  dashboard_delay_s: z
    .number()
    .min(0)
    .describe('Seconds until dashboards know of a start or an end; about a minute at Zoom'),
  recording_delay_s: z.number().min(0).describe('Seconds from the end of a recording until it is completed'),
  free_minutes: z.number().positive().describe('Minutes after which a meeting of three or more with a Basic host ends'),
  webhook_timeout_ms: z.int().min(1).describe('How long an endpoint may take to answer a webhook'),
  webhook_retry_minutes: z.array(z.number().positive()).describe('Waits before each retry; other texts say 5, 30, 90'),
  webhook_retry_4xx: z.boolean().describe('Whether an answer of 4xx is retried, too'),
  webhook_retry_signs_again: z.boolean().describe('Whether a retry has a timestamp and signature of its own'),
  max_registrants: z.int().min(1).describe('Registrants that a meeting or webinar may have'),
  archiving: z.boolean().describe('Whether meetings and webinars may be archived'),
  dlp: z.boolean().describe('Whether data loss prevention is on: without it no message of a chat may be rewritten'),
  cloud_storage_full: z.boolean().describe('Whether no cloud recording can begin for want of room'),
  simulive: z.boolean().describe('Whether webinars may play a recording instead of being held'),
  third_party_survey: z.boolean().describe('Whether a host may link to a survey elsewhere'),
  awkward_uuids: z.boolean().describe('Every new UUID begins with / and holds //, as about one in thirty does at Zoom'),
})

export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings = (): Settings => ({
  plan: 'business',
  rate_limits: true,
  daily_limit: null,
  licensed_seats: 100,
  token_expires_in: 3600,
  token_tolerance: null,
  refresh_token_days: 90,
  revoke_on_reuse: false,
  invalid_client_status: 401,
  missing_scopes_status: 400,
  me_for_server_to_server: true,
  events_need_scopes: true,
  max_occurrences: 60,
  values_as_text: true,
  move_past_start: true,
  guest_emails: false,
  report_delay_s: 0,
  dashboard_delay_s: 0,
  recording_delay_s: 0,
  free_minutes: 40,
  webhook_timeout_ms: 3000,
  webhook_retry_minutes: [5, 20, 60],
  webhook_retry_4xx: true,
  webhook_retry_signs_again: true,
  max_registrants: 4999,
  archiving: false,
  dlp: false,
  cloud_storage_full: false,
  simulive: false,
  third_party_survey: true,
  awkward_uuids: false,
})
