import type { RateLabel } from '#zoom/schema/endpoints.ts'

/** A label that counts against something. */
export type Label = Exclude<RateLabel, 'none'>

export interface Limit {
  /** So many requests… */
  requests: number
  /** …in so many seconds. */
  seconds: number
  /** And so many a day in UTC; Heavy and Resource-intensive count together. */
  per_day: number | null
}

/** Per Zoom account, all users and apps together: https://developers.zoom.us/docs/api/rate-limits/ */
export const limits = {
  free: {
    light: { requests: 4, seconds: 1, per_day: 6000 },
    medium: { requests: 2, seconds: 1, per_day: 2000 },
    heavy: { requests: 1, seconds: 1, per_day: 1000 },
    'resource-intensive': { requests: 10, seconds: 60, per_day: 30_000 },
  },
  pro: {
    light: { requests: 30, seconds: 1, per_day: null },
    medium: { requests: 20, seconds: 1, per_day: null },
    heavy: { requests: 10, seconds: 1, per_day: 30_000 },
    'resource-intensive': { requests: 10, seconds: 60, per_day: 30_000 },
  },
  business: {
    light: { requests: 80, seconds: 1, per_day: null },
    medium: { requests: 60, seconds: 1, per_day: null },
    heavy: { requests: 40, seconds: 1, per_day: 60_000 },
    'resource-intensive': { requests: 20, seconds: 60, per_day: 60_000 },
  },
} satisfies Record<string, Record<Label, Limit>>

/** From the largest plan, which is assumed until Zoom tells otherwise, to the smallest. */
const plans = [limits.business, limits.pro, limits.free]

/** Before Zoom has told anything. */
export const assumed = (label: Label): Limit => limits.business[label]

/** What a host's meetings and webinars may be created and changed in one UTC day. */
export const changesPerHostAndDay = 100

/** What counts against it: https://developers.zoom.us/docs/api/rate-limits/ */
const changes = new Set([
  'POST /users/{userId}/meetings',
  'POST /users/{userId}/webinars',
  'PATCH /meetings/{meetingId}',
  'PATCH /webinars/{webinarId}',
])

/** Whether a call counts against its host's day. `path` as documented, with its parameters in braces. */
export const isChange = (method: string, path: string): boolean => changes.has(`${method} ${path}`)

/**
 * The limit that `X-RateLimit-Limit` tells of: the day's where the label has one (the smallest is a thousand; no second's comes
 * near), else the second's. A day's limit names the plan, and with it the second's.
 */
export function told(label: Label, known: Limit, limit: number | undefined): Limit {
  if (limit === undefined || limit < 1) return known
  const ofPlan = plans.map((plan): Limit => plan[label]).find((each) => (each.per_day ?? each.requests) === limit)
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
