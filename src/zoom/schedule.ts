import { z } from 'zod'
import { count, digits, flag, meetingId, text } from './wire.ts'

// What meetings and webinars have in common.

/** One date of a recurring meeting; `occurrence_id` is its first start in epoch ms, as text, and outlives a change of time. */
export const occurrence = z.looseObject({
  occurrence_id: z.union([z.int(), z.string()]).transform(String),
  start_time: text,
  duration: count,
  /** `available` or `deleted`. */
  status: text,
})
export type Occurrence = z.output<typeof occurrence>

/** How a meeting recurs: https://developers.zoom.us/docs/api/references/recurrence/. `end_times` or `end_date_time`, not both. */
export const recurrence = z.looseObject({
  /** 1 daily, 2 weekly, 3 monthly. */
  type: z.number(),
  repeat_interval: count,
  /** `1,3` is Sunday and Tuesday. */
  weekly_days: digits.nullish(),
  monthly_day: count,
  monthly_week: count,
  monthly_week_day: count,
  end_times: count,
  end_date_time: text,
})

/** A tracking field of the account, and its value for one meeting. */
export const trackingValue = z.looseObject({ field: z.string(), value: text })

/** A meeting or webinar as it is planned. Times are UTC (`…Z`), `duration` is minutes. */
export const scheduled = z.looseObject({
  id: meetingId,
  /** Of the next run; Zoom makes a new one for each. */
  uuid: text,
  host_id: text,
  host_email: text,
  topic: text,
  type: z.number(),
  status: text,
  start_time: text,
  duration: count,
  timezone: text,
  created_at: text,
  agenda: text,
  /** For hosts, with a token in it: as secret as one. */
  start_url: text,
  join_url: text,
  registration_url: text,
  password: text,
  pmi: digits.nullish(),
  occurrences: z.array(occurrence).nullish(),
  recurrence: recurrence.nullish(),
  tracking_fields: z.array(trackingValue).nullish(),
  settings: z.looseObject({ use_pmi: flag, alternative_hosts: text, waiting_room: flag }).nullish(),
})

/** What is sent to plan one; unknown keys go along. */
export interface ScheduleBody {
  topic?: string
  agenda?: string
  /** `2026-03-31T12:02:00Z` is UTC, without the Z it is local time in `timezone`. */
  start_time?: string
  timezone?: string
  /** Minutes. */
  duration?: number
  password?: string
  schedule_for?: string
  template_id?: string
  recurrence?: RecurrenceBody
  tracking_fields?: { field: string; value: string }[]
  settings?: Record<string, unknown>
  [key: string]: unknown
}

export interface RecurrenceBody {
  type: number
  repeat_interval?: number
  weekly_days?: string
  monthly_day?: number
  monthly_week?: number
  monthly_week_day?: number
  end_times?: number
  end_date_time?: string
}
