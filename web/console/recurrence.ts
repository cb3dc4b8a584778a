import { locale, t } from './language.ts'
import { knownZone } from './times.ts'

const weekdays = [t('Sun'), t('Mon'), t('Tue'), t('Wed'), t('Thu'), t('Fri'), t('Sat')]

/**
 * Zoom's recurrence as "Every 2 weeks on Mon, Wed, 10 times". Zoom's object is passed on as it is, so nothing in it is sure.
 * `timezone` is the meeting's: the last day is one of its days.
 */
export function recurrenceInWords(rule: Record<string, unknown>, timezone: string | null): string {
  const { type, repeat_interval, end_times, end_date_time } = rule
  const every = typeof repeat_interval === 'number' ? repeat_interval : 1
  const rhythm = rhythms[Number(type)]?.(every) ?? t('Again and again')
  const days = daysOf(rule)
  const on = days ? t('{{rhythm}} on {{days}}', { rhythm, days }) : rhythm
  if (typeof end_times === 'number' && end_times > 0) return t('{{on}}, {{times}} times', { on, times: end_times })
  const until = typeof end_date_time === 'string' ? dayOf(end_date_time, timezone) : undefined
  return until ? t('{{on}}, until {{until}}', { on, until }) : on
}

/** By Zoom's `type`. */
const rhythms: Record<number, (every: number) => string> = {
  1: (every) => (every === 1 ? t('Every day') : t('Every {{every}} days', { every })),
  2: (every) => (every === 1 ? t('Every week') : t('Every {{every}} weeks', { every })),
  3: (every) => (every === 1 ? t('Every month') : t('Every {{every}} months', { every })),
}

/** By Zoom's `monthly_week`. */
const whichOnes: Record<number, (weekday: string) => string> = {
  1: (weekday) => t('the first {{weekday}}', { weekday }),
  2: (weekday) => t('the second {{weekday}}', { weekday }),
  3: (weekday) => t('the third {{weekday}}', { weekday }),
  4: (weekday) => t('the fourth {{weekday}}', { weekday }),
  '-1': (weekday) => t('the last {{weekday}}', { weekday }),
}

/** Zoom's "2,4" as "Mon, Wed"; of a monthly rule "day 31" or "the last Fri". */
function daysOf({ type, weekly_days, monthly_day, monthly_week, monthly_week_day }: Record<string, unknown>): string {
  if (type === 2 && typeof weekly_days === 'string') return weekly_days.split(',').map(weekday).join(', ')
  if (type !== 3) return ''
  if (typeof monthly_week_day === 'number' && monthly_week_day > 0)
    return whichOnes[Number(monthly_week)]?.(weekday(monthly_week_day)) ?? ''
  return typeof monthly_day === 'number' && monthly_day > 0 ? t('day {{day}}', { day: monthly_day }) : ''
}

const weekday = (day: string | number): string => weekdays[Number(day) - 1] ?? String(day)

function dayOf(instant: string, timezone: string | null): string | undefined {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return undefined
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: knownZone(timezone ?? 'UTC') })
}
