import type { Policy } from '#integrations/lti/tables.ts'

/** From one moment to another, in epoch milliseconds. */
export interface Span {
  from: number
  to: number
}

/**
 * What of a session counts for attendance. Of the planned run it belongs to, only the time in which it was planned and really
 * held counts: who stays for the chat before and after gains nothing, who attends all of a class that began late loses
 * nothing. A session without any plan counts whole. undefined: it was held entirely outside of its plan.
 */
export function countedSpan(held: Span, runs: readonly Span[]): Span | undefined {
  if (runs.length === 0) return lengthOf(held) > 0 ? held : undefined
  const [best] = runs
    .map((run) => ({ from: Math.max(run.from, held.from), to: Math.min(run.to, held.to) }))
    .toSorted((a, b) => lengthOf(b) - lengthOf(a))
  return best && lengthOf(best) > 0 ? best : undefined
}

/** How much of the counted time somebody was there, from 0 to 1. Two devices at once count once. */
export function shareOf(counted: Span, presences: readonly Span[]): number {
  let [total, until] = [0, counted.from]
  for (const { from, to } of presences.toSorted((a, b) => a.from - b.from)) {
    const end = Math.min(to, counted.to)
    total += Math.max(0, end - Math.max(from, until))
    until = Math.max(until, end)
  }
  return total / lengthOf(counted)
}

/** One share from those of all sessions, in their order; 0 stands for a session that was missed. Never more than 1. */
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

const lengthOf = ({ from, to }: Span): number => to - from
