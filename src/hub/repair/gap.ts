export interface Seen {
  /** When this installation was last known to be up. */
  alive_at: Date
  /** Up to here it is known what happened. */
  known_until: Date
  /** When the last event arrived; null: none ever. */
  last_event: Date | null
  /** Something should have been heard since: a session is open, or a run was planned. */
  isBusy: boolean
}

/** The watch looks every ten minutes: after twice that it was not there. */
const away_ms = 20 * 60_000

/** Longer than this a busy account is not quiet: Zoom itself tries again after 5 and 30 minutes. */
const quiet_ms = 40 * 60_000

/** The time of which events may be missing: nobody was there to hear them, or there were none although there should have been. */
export function gapOf(seen: Seen, now: Date): { since: Date; until: Date; cause: 'away' | 'silence' } | undefined {
  const { alive_at, known_until, isBusy } = seen
  const heard = latest(seen.last_event ?? known_until, known_until)
  if (now.getTime() - alive_at.getTime() > away_ms) return { since: alive_at, until: now, cause: 'away' }
  if (isBusy && now.getTime() - heard.getTime() > quiet_ms) return { since: heard, until: now, cause: 'silence' }
  return undefined
}

const latest = (a: Date, b: Date): Date => (a > b ? a : b)
