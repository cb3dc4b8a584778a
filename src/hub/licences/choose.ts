import type { HolderRow } from '#store/licences.ts'

const minute_ms = 60_000

/** Whoever was lent a licence to plan a meeting has it at least until that is done. */
export const settling_ms = 2 * minute_ms

export type Kept = 'protected' | 'live' | 'due' | 'just_lent'

/** Why a licence stays where it is; undefined when it may be taken. */
export function keptBecause(
  holder: HolderRow,
  { now, protected_minutes }: { now: number; protected_minutes: number },
): Kept | undefined {
  if (holder.protected_as) return 'protected'
  if (holder.live) return 'live'
  if (holder.next_start && holder.next_start.getTime() <= now + protected_minutes * minute_ms) return 'due'
  if (holder.taken_at && holder.taken_at.getTime() > now - settling_ms) return 'just_lent'
  return undefined
}

/**
 * Whose licence goes first: what was lent before what was given at Zoom, then who has not held a meeting for the longest time, then whose
 * next meeting is the farthest away. Those who keep theirs are left out.
 */
export const inOrder = (holders: readonly HolderRow[], rule: { now: number; protected_minutes: number }): HolderRow[] =>
  holders
    .filter((holder) => keptBecause(holder, rule) === undefined)
    .toSorted(
      (a, b) =>
        Number(b.lease_id !== null) - Number(a.lease_id !== null) ||
        timeOf(a.last_use, 0) - timeOf(b.last_use, 0) ||
        timeOf(b.next_start, Infinity) - timeOf(a.next_start, Infinity) ||
        (a.zoom_user_id < b.zoom_user_id ? -1 : 1),
    )

// Two that are endless would make NaN of their difference.
const timeOf = (at: Date | null, none: number): number => Math.min(at?.getTime() ?? none, Number.MAX_SAFE_INTEGER)

/** Whether a licence that was lent is needed no more: no meeting runs or begins soon, and the last use is a while ago. */
export const isIdle = (
  holder: HolderRow,
  rule: { now: number; protected_minutes: number; keep_minutes: number },
): boolean =>
  holder.lease_id !== null &&
  !['live', 'due', 'just_lent'].includes(keptBecause({ ...holder, protected_as: null }, rule) ?? '') &&
  timeOf(holder.last_use, 0) <= rule.now - rule.keep_minutes * minute_ms

/** The sentence for whoever finds no seat free. */
export function noSeat(holders: readonly HolderRow[], rule: { now: number; protected_minutes: number }): string {
  const count = (why: Kept): number => holders.filter((holder) => keptBecause(holder, rule) === why).length
  const [live, due, lent, spared] = [count('live'), count('due'), count('just_lent'), count('protected')]
  const told = [
    ...(live > 0 ? [`${live} in a meeting`] : []),
    ...(due > 0 ? [`${due} with a meeting within ${rule.protected_minutes} minutes`] : []),
    ...(lent > 0 ? [`${lent} lent just now`] : []),
    ...(spared > 0 ? [`${spared} protected`] : []),
  ]
  return `No Zoom licence is free: of ${holders.length}, ${told.join(', ') || 'none can be taken'}. Choose another time or another host, or ask an administrator, who sees the licences under “People”`
}
