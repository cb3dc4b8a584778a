import { Temporal } from 'temporal-polyfill'

/** `2026-03-31T12:02:00Z`: as Zoom writes every instant. */
export const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** `2026-03-31`, in UTC. */
export const utcDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** A length of time as dashboards write it: `10:00` for ten minutes, `01:10:00` for seventy. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [hours, rest] = [Math.floor(seconds / 3600), seconds % 3600]
  const parts = [...(hours > 0 ? [hours] : []), Math.floor(rest / 60), rest % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** Whole minutes that have begun. */
export const minutes = (ms: number): number => Math.ceil(ms / 60_000)

export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^(UTC|GMT|[A-Z]\w+\/.+)$/.test(name)
  } catch {
    return false
  }
}

/**
 * Epoch milliseconds of a `start_time`: with a `Z` it is UTC, without it is the wall time of the time zone.
 * Nothing for any other form, offsets included.
 */
export function readTime(text: string, timezone: string): number | undefined {
  const [, local = '', z] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,3})?(Z?)$/.exec(text) ?? []
  try {
    return Temporal.PlainDateTime.from(local).toZonedDateTime(z ? 'UTC' : timezone).epochMilliseconds
  } catch {
    return undefined
  }
}
