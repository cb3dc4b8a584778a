// Times in words, as their zone had them on that day: the offset of a summer meeting is the summer's.

const day: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

const format = (options: Intl.DateTimeFormatOptions, timeZone: string, iso: string): string =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: known(timeZone) }).format(new Date(iso))

/** A zone that Zoom has and nobody else knows is UTC: better than no page at all. */
function known(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }).format(0) && timeZone
  } catch {
    return 'UTC'
  }
}

/** `Monday, 9 March 2026`. */
export const dayIn = (timeZone: string, iso: string): string =>
  format(day, timeZone, iso).replace(/^(\p{L}+) /u, '$1, ')

/** `14:00`. */
export const clockIn = (timeZone: string, iso: string): string => format(clock, timeZone, iso)

/** `14:00–15:30`, with the day of the end when it is another one. */
export function spanIn(timeZone: string, start: string, end: string): string {
  const sameDay = dayIn(timeZone, start) === dayIn(timeZone, end)
  return `${clockIn(timeZone, start)}–${sameDay ? '' : `${dayIn(timeZone, end)}, `}${clockIn(timeZone, end)}`
}

/** `UTC+01:00` at that moment; `UTC` where there is none. */
export const offsetIn = (timeZone: string, iso: string): string => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: known(timeZone), timeZoneName: 'longOffset' })
  const parts = format.formatToParts(new Date(iso))
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace(/^GMT(?:\+00:00)?/, 'UTC')
}

/** `Europe/Berlin` as people say it: `Berlin time`. */
export const zoneName = (timeZone: string): string =>
  known(timeZone) === 'UTC' ? 'UTC' : `${(timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')} time`

/** `Berlin time (UTC+01:00)`. */
export const zoneAt = (timeZone: string, iso: string): string =>
  known(timeZone) === 'UTC' ? 'UTC' : `${zoneName(timeZone)} (${offsetIn(timeZone, iso)})`

/** `1 h 30 min`. */
export function lasting(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(' ') || '0 min'
}

/** `3 days and 4 hours`: the two largest units, none below a minute. */
export function away(ms: number): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000))
  const units = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const
  const first = units.findIndex(([count]) => count > 0)
  const told = units.slice(Math.max(0, first), Math.max(0, first) + 2).filter(([count]) => count > 0)
  return told.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' and ') || 'a moment'
}
