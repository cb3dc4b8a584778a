import { z } from 'zod'
import { isTimeZone, readTime } from './time.ts'

const text = (most: number) => z.string().max(most)
const flag = z.boolean()
const oneOf = <const T extends number[]>(...values: T) => z.literal(values)
const list = <T extends z.ZodType>(item: T) => z.array(item)

/** Fields that both kinds have in `settings`. Unknown ones are left out. */
const commonSettings = {
  approval_type: oneOf(0, 1, 2),
  registration_type: oneOf(1, 2, 3),
  auto_recording: z.enum(['none', 'local', 'cloud']),
  audio: z.enum(['both', 'telephony', 'voip', 'thirdParty']),
  alternative_hosts: z.string(),
  alternative_host_update_polls: flag,
  host_video: flag,
  meeting_authentication: flag,
  authentication_option: z.string(),
  authentication_domains: z.string(),
  close_registration: flag,
  contact_email: z.string(),
  contact_name: z.string(),
  registrants_confirmation_email: flag,
  registrants_email_notification: flag,
  show_share_button: flag,
  allow_multiple_devices: flag,
  email_in_attendee_report: flag,
  global_dial_in_countries: list(z.string()),
  additional_data_center_regions: list(z.string()),
  language_interpretation: z.looseObject({ enable: flag.optional() }),
  sign_language_interpretation: z.looseObject({ enable: flag.optional() }),
  question_and_answer: z.looseObject({ enable: flag.optional() }),
  enforce_login: flag,
  enforce_login_domains: z.string(),
  request_permission_to_unmute_participants: flag,
  allow_host_control_participant_mute_state: flag,
}

const countries = list(z.string().regex(/^[A-Z]{2}$/))

const meetingSettings = z
  .object({
    ...commonSettings,
    join_before_host: flag,
    jbh_time: oneOf(0, 5, 10, 15),
    waiting_room: flag,
    mute_upon_entry: flag,
    participant_video: flag,
    approved_or_denied_countries_or_regions: z.looseObject({
      enable: flag.optional(),
      method: z.enum(['approve', 'deny']).optional(),
      approved_list: countries.optional(),
      denied_list: countries.optional(),
    }),
    use_pmi: flag,
    watermark: flag,
    alternative_hosts_email_notification: flag,
    authentication_exception: list(z.looseObject({ email: z.string(), name: z.string() })),
    meeting_invitees: list(z.looseObject({ email: z.string() })),
    breakout_room: z.looseObject({
      enable: flag.optional(),
      rooms: list(z.object({ name: text(32).min(1), participants: list(z.string()).default([]) })).optional(),
    }),
    email_notification: flag,
    calendar_type: oneOf(1, 2),
    private_meeting: flag,
    encryption_type: z.enum(['enhanced_encryption', 'e2ee']),
    focus_mode: flag,
    continuous_meeting_chat: z.looseObject({ enable: flag.optional() }),
    auto_start_meeting_summary: flag,
    who_will_receive_summary: oneOf(1, 2, 3, 4),
    auto_start_ai_companion_questions: flag,
    who_can_ask_questions: oneOf(1, 2, 3, 4, 5),
    summary_template_id: z.string(),
    resources: list(z.looseObject({ resource_type: z.string() })),
    device_testing: flag,
    internal_meeting: flag,
    participant_focused_meeting: flag,
    push_change_to_calendar: flag,
    host_save_video_order: flag,
    show_join_info: flag,
    disable_participant_video: flag,
    custom_keys: list(z.looseObject({ key: z.string(), value: z.string() })),
  })
  .partial()

const webinarSettings = z
  .object({
    ...commonSettings,
    panelists_video: flag,
    practice_session: flag,
    hd_video: flag,
    hd_video_for_attendees: flag,
    send_1080p_video_to_attendees: flag,
    on_demand: flag,
    panelist_authentication: flag,
    post_webinar_survey: flag,
    survey_url: z.string(),
    registrants_restrict_number: z.int().min(0).max(20_000),
    panelists_invitation_email_notification: flag,
    attendees_and_panelists_reminder_email_notification: z.looseObject({ enable: flag.optional() }),
    follow_up_attendees_email_notification: z.looseObject({ enable: flag.optional() }),
    follow_up_absentees_email_notification: z.looseObject({ enable: flag.optional() }),
    email_language: z.string(),
    add_watermark: flag,
    add_audio_watermark: flag,
    enable_session_branding: flag,
    show_join_info: flag,
  })
  .partial()

const weekdays = z.string().regex(/^[1-7](,[1-7])*$/)

const recurrence = z
  .object({
    type: oneOf(1, 2, 3),
    repeat_interval: z.int().min(1).default(1),
    weekly_days: weekdays.optional(),
    monthly_day: z.int().min(1).max(31).optional(),
    monthly_week: oneOf(-1, 1, 2, 3, 4).optional(),
    monthly_week_day: z.int().min(1).max(7).optional(),
    end_times: z.int().min(1).optional(),
    end_date_time: z
      .string()
      .regex(/Z$/)
      .refine((value) => readTime(value, 'UTC') !== undefined)
      .optional(),
  })
  .refine(({ type, repeat_interval }) => repeat_interval <= { 1: 90, 2: 12, 3: 3 }[type], { path: ['repeat_interval'] })

const common = {
  topic: text(200).min(1).optional(),
  start_time: z
    .string()
    .refine((value) => readTime(value, 'UTC') !== undefined)
    .optional(),
  timezone: z.string().refine(isTimeZone).optional(),
  duration: z.int().min(1).max(1440).optional(),
  agenda: text(2000).optional(),
  password: z
    .string()
    .regex(/^[a-zA-Z0-9@\-_*]{0,10}$/)
    .optional(),
  schedule_for: z.string().optional(),
  template_id: z.string().optional(),
  recurrence: recurrence.optional(),
  tracking_fields: list(z.object({ field: z.string(), value: z.string() })).optional(),
}

export const bodies = {
  meeting: z.object({
    ...common,
    type: oneOf(1, 2, 3, 8, 10).optional(),
    pre_schedule: flag.optional(),
    default_password: flag.optional(),
    settings: meetingSettings.optional(),
  }),
  webinar: z.object({
    ...common,
    type: oneOf(5, 6, 9).optional(),
    is_simulive: flag.optional(),
    record_file_id: z.string().optional(),
    settings: webinarSettings.optional(),
  }),
}

/** What a client may say about a meeting or webinar. */
export type MeetingBody = z.output<(typeof bodies)['meeting']> | z.output<(typeof bodies)['webinar']>

/** What PATCH with an occurrence_id may change. */
export const occurrenceFields = new Set(['start_time', 'timezone', 'duration', 'agenda', 'settings'])
