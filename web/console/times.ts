// Instants as people read them: in the viewer's own zone and language. Input is ISO 8601, as the API gives it.
import { locale, t } from './language.ts'

const minute = 60
const hour = 60 * minute

/** The zone that the viewer's machine is set to. */
export const viewerZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** "Today 14:30", "Tomorrow 09:00", "Tue 24 Nov 14:30", with the year when it is another one. */
export function dayAndTime(at: string, now: number = Date.now()): string {
  return `${day(at, now)} ${clock(at)}`
}

/** "Today", "Yesterday", "Tue 24 Nov", with the year when it is another one. */
export function day(at: string, now: number = Date.now()): string {
  const date = new Date(at)
  const near = daysBetween(new Date(now), date)
  const word = { '-1': t('Yesterday'), 0: t('Today'), 1: t('Tomorrow') }[near]
  if (word) return word
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const }
  return date.toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'short', ...year })
}

export const clock = (at: string): string =>
  new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })

export const clockWithSeconds = (at: string): string =>
  new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export const toTheSecond = (at: string): string => `${day(at)} ${clockWithSeconds(at)}`

/** A sentence of the hub with its instants as the reader's own day and time. */
export const withOwnTimes = (sentence: string): string =>
  sentence.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (at) => dayAndTime(at))

/** Long form with the name of the zone, for tooltips. */
export const inFull = (at: string, timeZone: string = viewerZone()): string =>
  new Date(at).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'long', timeZone: knownZone(timeZone) })

/** "just now", "4 min ago", "3 h ago", "in 20 min", "2 days ago". */
export function ago(at: string, now: number = Date.now()): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  const size = inWords(Math.abs(seconds))
  if (size === undefined) return t('just now')
  return seconds < 0 ? t('{{size}} ago', { size }) : t('in {{size}}', { size })
}

function inWords(seconds: number): string | undefined {
  if (seconds < 10) return undefined
  if (seconds < minute) return t('{{seconds}} s', { seconds })
  if (seconds < hour) return t('{{minutes}} min', { minutes: Math.round(seconds / minute) })
  if (seconds < 36 * hour) return t('{{hours}} h', { hours: Math.round(seconds / hour) })
  return t('{{days}} days', { days: Math.round(seconds / (24 * hour)) })
}

/** The same instant as the clocks of another zone show it: "Sun 22 Nov, 18:01 · America/New_York". */
export function inZone(at: string, zone: string): string {
  const timeZone = knownZone(zone)
  const date = new Date(at).toLocaleDateString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone,
  })
  const time = new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', timeZone })
  return `${date}, ${time} · ${timeZone}`
}

/** Seconds as "under a minute", "45 min", "1 h 05 min". */
export function span(seconds: number): string {
  if (seconds < minute) return seconds <= 0 ? t('0 min') : t('< 1 min')
  const minutes = Math.round(seconds / minute)
  if (minutes < 60) return t('{{minutes}} min', { minutes })
  const rest = minutes % 60
  if (rest === 0) return t('{{hours}} h', { hours: minutes / 60 })
  return t('{{hours}} h {{minutes}} min', { hours: Math.floor(minutes / 60), minutes: String(rest).padStart(2, '0') })
}

/** Zoom knows names of zones that the browser may not; then the viewer's own is the honest answer. */
export function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch {
    return viewerZone()
  }
}

const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
const daysBetween = (from: Date, to: Date): number => (midnight(to) - midnight(from)) / 86_400_000

/** A day in an address, as a field for dates has it; empty where it is none, because an address can say anything. */
export const dayIn = (query: URLSearchParams, name: string): string => {
  const day = query.get(name) ?? ''
  return Number.isNaN(Date.parse(`${day}T00:00:00`)) ? '' : day
}

/** The reader's own days `from` and `to` of an address, from the first's midnight to the last's end. */
export function daysIn(query: URLSearchParams): { from?: string; to?: string } {
  const [from, to] = [dayIn(query, 'from'), dayIn(query, 'to')]
  return {
    ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(to && { to: new Date(`${to}T23:59:59`).toISOString() }),
  }
}

/** So many milliseconds from now, as a field for date and time has it: in the reader's zone, to the minute. */
export function fieldOf(offset_ms: number): string {
  const at = new Date(Date.now() + offset_ms)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What stands in such a field, for the API; now, when it holds no time. */
export function instantOf(field: string, more_ms = 0): string {
  const at = Date.parse(field)
  return new Date((Number.isNaN(at) ? Date.now() : at) + more_ms).toISOString()
}
