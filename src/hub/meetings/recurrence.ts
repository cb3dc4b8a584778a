import { Temporal } from 'temporal-polyfill'
import { InputError } from '#core/errors.ts'
import type { MeetingPreview, NewMeeting, PreviewRequest } from '#hub/resources.ts'

type Recurrence = NonNullable<NewMeeting['recurrence']>

/** Zoom makes no more of one series: https://developers.zoom.us/docs/api/meetings/ */
const most = 60
/** A rule that names no day that exists (the fifth Monday of February in 2027) ends here. */
const farthest = { 1: 60 * 90, 2: 60 * 12 + 1, 3: 12 * 60 }

/**
 * When a series would take place, as Zoom counts: always at the same time of day in the meeting's zone, whatever the clocks do; a day
 * that a month lacks is left out; the first is on the first fitting day at or after the start. In ms since 1970.
 */
export function occurrencesOfPlan(start: Temporal.ZonedDateTime, recurrence: Recurrence): number[] {
  const until = recurrence.end_date_time ? Date.parse(recurrence.end_date_time) : Infinity
  const count = Math.min(most, recurrence.end_times ?? (recurrence.end_date_time ? most : 1))
  const found: number[] = []
  for (const day of daysOf(recurrence, start.toPlainDate())) {
    const at = day.toZonedDateTime({ timeZone: start.timeZoneId, plainTime: start.toPlainTime() }).epochMilliseconds
    if (at > until) break
    found.push(at)
    if (found.length === count) break
  }
  return found
}

function* daysOf(recurrence: Recurrence, first: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  const every = recurrence.repeat_interval ?? 1
  for (let step = 0; step <= farthest[recurrence.type]; step++)
    for (const day of ofPeriod[recurrence.type](recurrence, first, step * every))
      if (Temporal.PlainDate.compare(day, first) >= 0) yield day
}

/** The days of one period, `ahead` days, weeks or months after that of the first day; in order. */
const ofPeriod: Record<
  Recurrence['type'],
  (recurrence: Recurrence, first: Temporal.PlainDate, ahead: number) => Temporal.PlainDate[]
> = {
  1: (_recurrence, first, days) => [first.add({ days })],
  2: ({ weekly_days }, first, weeks) => {
    // Zoom's week begins on Sunday, which is 1.
    const sunday = first.subtract({ days: first.dayOfWeek % 7 }).add({ weeks })
    const days = weekly_days?.split(',').map(Number) ?? [(first.dayOfWeek % 7) + 1]
    return [...new Set(days)].sort((a, b) => a - b).map((day) => sunday.add({ days: day - 1 }))
  },
  3: ({ monthly_day, monthly_week, monthly_week_day }, first, months) => {
    const month = first.toPlainYearMonth().add({ months })
    if (monthly_week_day !== undefined) return weekdayOfMonth(month, monthly_week ?? 1, monthly_week_day)
    const day = monthly_day ?? first.day
    return day <= month.daysInMonth ? [month.toPlainDate({ day })] : []
  },
}

/** The n-th such weekday of a month, or (-1) its last. */
function weekdayOfMonth(month: Temporal.PlainYearMonth, week: number, weekday: number): Temporal.PlainDate[] {
  const all = Array.from({ length: month.daysInMonth }, (_, at) => month.toPlainDate({ day: at + 1 })).filter(
    (day) => (day.dayOfWeek % 7) + 1 === weekday,
  )
  const chosen = all.at(week === -1 ? -1 : week - 1)
  return chosen ? [chosen] : []
}

/** What a plan comes to, seen from the meeting's zone and from others. @throws InputError for a zone that does not exist. */
export function previewOf({ start_time, timezone, duration, recurrence, zones }: PreviewRequest): MeetingPreview {
  const start = startOf(start_time, timezone)
  const times = recurrence ? occurrencesOfPlan(start, recurrence) : [start.epochMilliseconds]
  const seen = [...new Set([timezone, ...zones])].map(zoneNamed)
  const offsets = new Map<string, string>()
  const items = times.map((at) => {
    const local = seen.map((zone) => {
      const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
      const before = offsets.get(zone)
      offsets.set(zone, there.offset)
      return {
        timezone: zone,
        start: there.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
        clocks_changed: before !== undefined && before !== there.offset,
      }
    })
    return { start_time: new Date(at).toISOString(), duration: duration ?? 60, local }
  })
  return { items }
}

function startOf(start_time: string, timezone: string): Temporal.ZonedDateTime {
  const zone = zoneNamed(timezone)
  return /(?:Z|[+-]\d\d:\d\d)$/.test(start_time)
    ? Temporal.Instant.from(start_time).toZonedDateTimeISO(zone)
    : Temporal.PlainDateTime.from(start_time).toZonedDateTime(zone)
}

function zoneNamed(name: string): string {
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return name
  } catch (cause) {
    const problem = { field: 'timezone', message: `${name} is no time zone; names are like Europe/Berlin` }
    throw new InputError(problem.message, [problem], { cause })
  }
}
