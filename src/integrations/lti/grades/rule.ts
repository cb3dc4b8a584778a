import type { Policy } from '#integrations/lti/tables.ts'

/** From one moment to another, in epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

/**
 * What of a session counts for attendance: the time in which it was planned and really held. Who stays for the chat before and
 * after gains nothing, who attends all of a class that began late loses nothing. A session without any plan counts whole. Empty: it
 * was held entirely outside of its plan.
 */
export function countedSpans(held: Span, runs: readonly Span[]): Span[] {
  if (runs.length === 0) return lengthOf([held]) > 0 ? [held] : []
  return merged(runs.flatMap((run) => overlap(held, run)))
}

/** How much of the counted time somebody was there, from 0 to 1. Two devices at once count once. */
export function shareOf(counted: readonly Span[], presences: readonly Span[]): number {
  const there = merged(presences)
  return lengthOf(merged(counted).flatMap((part) => there.flatMap((stay) => overlap(part, stay)))) / lengthOf(counted)
}

/** One share from those of all classes, in their order; 0 stands for a class that was missed. Never more than 1. */
export function gradeOf(policy: Policy, shares: readonly number[]): number {
  const sum = shares.reduce((total, share) => total + share, 0)
  switch (policy) {
    case 'best':
      return Math.max(0, ...shares)
    case 'last':
      return shares.at(-1) ?? 0
    case 'mean':
      return shares.length === 0 ? 0 : sum / shares.length
    case 'sum':
      return Math.min(1, sum)
  }
}

/** The time that two spans share: one span, or none. */
export function overlap(a: Span, b: Span): Span[] {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)]
  return to > from ? [{ from, to }] : []
}

/** How long any of them lasts: no moment twice. */
export const lengthOf = (spans: readonly Span[]): number =>
  merged(spans).reduce((total, { from, to }) => total + (to - from), 0)

/** The same time in spans that do not overlap, in order; those that only touch stay two. */
export function merged(spans: readonly Span[]): Span[] {
  const apart: Span[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last && from < last.to) last.to = Math.max(last.to, to)
    else apart.push({ from, to })
  }
  return apart
}
