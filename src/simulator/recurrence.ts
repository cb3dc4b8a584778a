import { Temporal } from 'temporal-polyfill'
import type { Recurrence } from './state.ts'
import { readTime } from './time.ts'

/**
 * The starts, in epoch milliseconds, of a recurring meeting that begins at `start`: always at the same wall time of its
 * time zone, so an hour apart in UTC across a change to or from summer time. A day that a month does not have is skipped.
 * Without an end it happens once; never more than `most` times.
 * https://developers.zoom.us/docs/api/meetings/#tag/meetings/post/users/{userId}/meetings (recurrence)
 */
export function expand(recurrence: Recurrence, start: number, timezone: string, most: number): number[] {
  const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timezone)
  const time = first.toPlainTime()
  const until = recurrence.end_date_time ? (readTime(recurrence.end_date_time, 'UTC') ?? start) : Infinity
  const count = Math.min(recurrence.end_times ?? (recurrence.end_date_time ? most : 1), most)
  const starts: number[] = []
  for (const day of daysOf(recurrence, first.toPlainDate())) {
    const at = day.toZonedDateTime({ timeZone: timezone, plainTime: time }).epochMilliseconds
    if (at > until || starts.length === count) return starts
    starts.push(at)
  }
  return starts
}

/** Far enough for any series that Zoom accepts, near enough to end one that never has a day. */
const longestSearch = 2000

function* daysOf(recurrence: Recurrence, first: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  for (let step = 0; step < longestSearch; step++) {
    for (const day of days[recurrence.type](recurrence, first, step * recurrence.repeat_interval)) {
      if (Temporal.PlainDate.compare(day, first) >= 0) yield day
    }
  }
}

type DaysOfPeriod = (recurrence: Recurrence, first: Temporal.PlainDate, periods: number) => Temporal.PlainDate[]

/** The days of one day, week or month, so many after the first. */
const days: Record<Recurrence['type'], DaysOfPeriod> = {
  1: (_recurrence, first, periods) => [first.add({ days: periods })],
  2: ({ weekly_days }, first, periods) => {
    const sunday = first.subtract({ days: first.dayOfWeek % 7 }).add({ weeks: periods })
    return weekdays(weekly_days ?? String((first.dayOfWeek % 7) + 1)).map((day) => sunday.add({ days: day - 1 }))
  },
  3: (recurrence, first, periods) => {
    const month = first.with({ day: 1 }).add({ months: periods })
    const day = recurrence.monthly_week_day
      ? dayOfWeekInMonth(month, recurrence.monthly_week ?? 1, recurrence.monthly_week_day)
      : (recurrence.monthly_day ?? first.day)
    return day > month.daysInMonth ? [] : [month.with({ day })]
  },
}

/** `"1,3"` with 1 for Sunday, in order. */
const weekdays = (text: string): number[] =>
  text
    .split(',')
    .map(Number)
    .toSorted((a, b) => a - b)

/** The date of, say, the second Tuesday (week 2, weekday 3), or of the last one (week -1). */
function dayOfWeekInMonth(month: Temporal.PlainDate, week: number, weekday: number): number {
  const firstOne = 1 + ((weekday - 1 - (month.dayOfWeek % 7) + 7) % 7)
  if (week > 0) return firstOne + (week - 1) * 7
  return firstOne + Math.floor((month.daysInMonth - firstOne) / 7) * 7
}
