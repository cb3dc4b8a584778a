import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Problem } from '#core/errors.ts'
import type { NewMeeting } from '#hub/resources.ts'
import type { Policy } from './tables.ts'

/** What a teacher planned. */
export interface Plan {
  meeting: Required<Pick<NewMeeting, 'topic' | 'start_time' | 'duration' | 'timezone'>> & Pick<NewMeeting, 'recurrence'>
  /** The maximum of the attendance grade; null: not graded. */
  points: number | null
  policy: Policy
}

const number = (least: number, most: number, message: string) =>
  z.coerce.number(message).min(least, message).max(most, message)

const fields = z.object({
  title: z.string().trim().min(1, 'Give it a title').max(200, 'At most 200 characters'),
  start: z.string().refine(isLocalTime, 'Choose a day and a time'),
  timezone: z.string().refine(isTimeZone, 'Choose a time zone'),
  duration: number(1, 1440, 'From 1 to 1440 minutes').int('Whole minutes'),
  weekly: z.literal('on').optional(),
  interval: number(1, 12, 'From 1 to 12 weeks').int('Whole weeks').default(1),
  days: z.array(z.string().regex(/^[1-7]$/)),
  ends: z.enum(['times', 'until']).default('times'),
  times: number(1, 50, 'From 1 to 50 times').int('A whole number').default(10),
  until: z.union([z.literal(''), z.iso.date('Choose a day')]).default(''),
  graded: z.literal('on').optional(),
  points: number(0.01, 10_000, 'More than 0, at most 10000').default(100),
  policy: z.enum(['best', 'last', 'mean', 'sum']).default('best'),
})

/** What was typed, or what is wrong with it, field by field. `now` is epoch ms. */
export function readPlan(form: URLSearchParams, now: number): { plan: Plan } | { problems: Problem[] } {
  const read = fields.safeParse({ ...Object.fromEntries(form), days: form.getAll('days') })
  if (!read.success)
    return { problems: read.error.issues.map((issue) => ({ field: String(issue.path[0]), message: issue.message })) }
  const said = read.data
  const start = Temporal.PlainDateTime.from(said.start).toZonedDateTime(said.timezone)
  const problems: Problem[] = []
  if (start.epochMilliseconds < now) problems.push({ field: 'start', message: 'This is in the past' })
  if (said.weekly && said.ends === 'until' && said.until < said.start.slice(0, 10))
    problems.push({ field: 'until', message: 'Choose a day after the first meeting' })
  if (problems.length > 0) return { problems }
  return {
    plan: {
      meeting: {
        topic: said.title,
        start_time: `${said.start}:00`,
        duration: said.duration,
        timezone: said.timezone,
        ...(said.weekly ? { recurrence: recurrenceOf(said, start) } : {}),
      },
      points: said.graded ? said.points : null,
      policy: said.policy,
    },
  }
}

/** Zoom's words: days are 1 (Sunday) to 7, the last day is a moment in UTC (https://developers.zoom.us/docs/api/meetings/). */
function recurrenceOf(
  { interval, days, ends, times, until, timezone }: z.infer<typeof fields>,
  start: Temporal.ZonedDateTime,
): NonNullable<NewMeeting['recurrence']> {
  const weekly_days = days.length > 0 ? [...new Set(days)].sort().join(',') : String((start.dayOfWeek % 7) + 1)
  const lastMoment = (): string =>
    Temporal.PlainDate.from(until).toZonedDateTime({ timeZone: timezone, plainTime: '23:59:59' }).toInstant().toString()
  return {
    type: 2,
    repeat_interval: interval,
    weekly_days,
    ...(ends === 'until' ? { end_date_time: lastMoment() } : { end_times: times }),
  }
}

/** To the minute, on a day that exists, and without a zone: that is another field. */
function isLocalTime(text: string): boolean {
  return /\d$/.test(text) && z.iso.datetime({ local: true, precision: -1 }).safeParse(text).success
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
