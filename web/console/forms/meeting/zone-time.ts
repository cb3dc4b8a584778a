// Times of day in a zone, and the instants that they are. Pure; what the browser knows of zones is enough.

/** "2027-03-28T09:00" on the clocks of a zone as an instant: "2027-03-28T07:00:00Z". A time that the clocks leave out is the next one. */
export function utcOf(local: string, timezone: string): string {
  const wall = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`)
  // The offset depends on the instant, which depends on the offset: the second try has it, but for hours that do not exist.
  const first = wall - offsetAt(wall, timezone)
  return `${new Date(wall - offsetAt(first, timezone)).toISOString().slice(0, 19)}Z`
}

/** An instant as the clocks of a zone show it, for a field of date and time: "2027-03-28T09:00". */
export function localOf(instant: string, timezone: string): string {
  const at = Date.parse(instant)
  return new Date(at + offsetAt(at, timezone)).toISOString().slice(0, 16)
}

/** How far the clocks of a zone are ahead of UTC at that time, in ms. Of a zone that only Zoom knows: those of this machine. */
function offsetAt(at: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...(isKnown(timezone) ? { timeZone: timezone } : {}),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value)
  const [year, month, day] = [part('year'), part('month'), part('day')]
  const wall = Date.UTC(year, month - 1, day, part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1000) * 1000
}

function isKnown(timezone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: timezone })
    return true
  } catch {
    return false
  }
}
