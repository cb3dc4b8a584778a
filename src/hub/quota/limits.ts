import type { RateLabel } from '#zoom/schema/endpoints.ts'

/** A label that counts against something. */
export type Label = Exclude<RateLabel, 'none'>

export interface Limit {
  /** So many requests… */
  requests: number
  /** …in so many seconds. */
  seconds: number
  /** And so many a day in UTC. */
  per_day: number | null
  /** With which label's day it is counted. */
  day_label: Label
}

/** Per Zoom account, all users and apps together: https://developers.zoom.us/docs/api/rate-limits/ */
export const limits = {
  free: {
    light: { requests: 4, seconds: 1, per_day: 6000, day_label: 'light' },
    medium: { requests: 2, seconds: 1, per_day: 2000, day_label: 'medium' },
    heavy: { requests: 1, seconds: 1, per_day: 1000, day_label: 'heavy' },
    'resource-intensive': { requests: 10, seconds: 60, per_day: 30_000, day_label: 'resource-intensive' },
  },
  pro: {
    light: { requests: 30, seconds: 1, per_day: null, day_label: 'light' },
    medium: { requests: 20, seconds: 1, per_day: null, day_label: 'medium' },
    heavy: { requests: 10, seconds: 1, per_day: 30_000, day_label: 'heavy' },
    'resource-intensive': { requests: 10, seconds: 60, per_day: 30_000, day_label: 'heavy' },
  },
  business: {
    light: { requests: 80, seconds: 1, per_day: null, day_label: 'light' },
    medium: { requests: 60, seconds: 1, per_day: null, day_label: 'medium' },
    heavy: { requests: 40, seconds: 1, per_day: 60_000, day_label: 'heavy' },
    'resource-intensive': { requests: 20, seconds: 60, per_day: 60_000, day_label: 'heavy' },
  },
} satisfies Record<string, Record<Label, Limit>>

/** From the largest plan, which is assumed until Zoom tells otherwise, to the smallest. */
const plans: readonly Record<Label, Limit>[] = [limits.business, limits.pro, limits.free]

/** Before Zoom has told anything. */
export const assumed = (label: Label): Limit => limits.business[label]

/** All limits of the plan that a limit told for one label is of, where only one plan has it. */
export function planTold(label: Label, limit: number | undefined): Record<Label, Limit> | undefined {
  const having = plans.filter(({ [label]: { requests, per_day } }) => limit === per_day || limit === requests)
  return having.length === 1 ? having[0] : undefined
}

/**
 * The limit that `X-RateLimit-Limit` tells of: the day's where the label has one (the smallest is a thousand; no second's comes
 * near), else the second's. A day's limit names the plan, and with it the second's.
 */
export function told(label: Label, known: Limit, limit: number | undefined): Limit {
  if (limit === undefined || limit < 1 || limit === (known.per_day ?? known.requests)) return known
  const ofPlan = plans.map((plan) => plan[label]).find((each) => (each.per_day ?? each.requests) === limit)
  if (ofPlan) return ofPlan
  if (limit >= 500) return { ...known, per_day: limit }
  return { ...known, requests: Math.min(limit, assumed(label).requests) }
}

/**
 * How fast a limit is used: half a period's requests at most at once, then evenly. The other half is for what is late on its way:
 * Zoom sees calls close together that left here apart. Where half is less than one, the pace is a sixth slower instead.
 * @returns requests, and requests a second.
 */
export function pace({ requests, seconds }: Limit): { capacity: number; fill_rate: number } {
  const fill_rate = requests / seconds
  return requests < 2 ? { capacity: 1, fill_rate: fill_rate / 1.2 } : { capacity: Math.floor(requests / 2), fill_rate }
}
