import type { RateLabel } from '#zoom/schema/endpoints.ts'
import { gatewayErrors } from '#zoom/schema/errors.ts'
import { now } from './clock.ts'
import { Refusal } from './refusal.ts'
import type { Settings } from './settings.ts'
import type { Meeting, World } from './state.ts'

interface Limit {
  /** So many requests… */
  requests: number
  /** …in so many seconds. */
  seconds: number
  /** And so many a day in UTC; labels with the same `daily` name share one counter. */
  daily?: { requests: number; counter: string }
}

type Limited = Exclude<RateLabel, 'none'>

const together = (requests: number) => ({ requests, counter: 'heavy' })

/** Per account: https://developers.zoom.us/docs/api/rate-limits/ */
const limits = {
  free: {
    light: { requests: 4, seconds: 1, daily: { requests: 6000, counter: 'light' } },
    medium: { requests: 2, seconds: 1, daily: { requests: 2000, counter: 'medium' } },
    heavy: { requests: 1, seconds: 1, daily: { requests: 1000, counter: 'heavy' } },
    'resource-intensive': { requests: 10, seconds: 60, daily: { requests: 30_000, counter: 'resource-intensive' } },
  },
  pro: {
    light: { requests: 30, seconds: 1 },
    medium: { requests: 20, seconds: 1 },
    heavy: { requests: 10, seconds: 1, daily: together(30_000) },
    'resource-intensive': { requests: 10, seconds: 60, daily: together(30_000) },
  },
  business: {
    light: { requests: 80, seconds: 1 },
    medium: { requests: 60, seconds: 1 },
    heavy: { requests: 40, seconds: 1, daily: together(60_000) },
    'resource-intensive': { requests: 20, seconds: 60, daily: together(60_000) },
  },
} satisfies Record<Settings['plan'], Record<Limited, Limit>>

/**
 * Counts one request against the account's limits.
 * @returns Zoom's headers for the reply: category, limit and what remains of the day, or of the second where no day counts.
 * @throws Refusal 429 when a limit is reached; such a request counts against nothing.
 */
export function countRequest(world: World, label: RateLabel): Record<string, string> {
  if (label === 'none') return {}
  const { plan, rate_limits, daily_limit } = world.settings
  const limit: Limit = limits[plan][label]
  const category = categories[label]
  if (!rate_limits) return headersOf(category, limit.requests, limit.requests)
  const perDay = limit.daily && (daily_limit ?? limit.daily.requests)
  const dayKey = `${dayOf(world)} ${limit.daily?.counter}`
  const today = world.day_counts.get(dayKey) ?? 0
  if (perDay !== undefined && today >= perDay) {
    const headers = { 'X-RateLimit-Type': 'Daily-limit', 'Retry-After': nextDay(world) }
    throw new Refusal(gatewayErrors.daily_limit, { headers: { ...headersOf(category, perDay, 0), ...headers } })
  }
  const left = takeFromBucket(world, label, limit)
  if (left === undefined) {
    const headers = { ...headersOf(category, limit.requests, 0), 'X-RateLimit-Type': 'QPS' }
    throw new Refusal(gatewayErrors.per_second_limit, { headers })
  }
  if (perDay === undefined) return headersOf(category, limit.requests, left)
  world.day_counts.set(dayKey, today + 1)
  return headersOf(category, perDay, perDay - today - 1)
}

/** What a host's meetings and webinars may be created and changed in one UTC day. */
const changesPerHostAndDay = 100

/**
 * Counts one create or update of a host's meeting or webinar.
 * @throws Refusal 429 beyond a hundred a day, with neither Retry-After nor X-RateLimit-Type: the text alone says it.
 */
export function countChange(world: World, host_id: string, kind: Meeting['kind']): void {
  if (!world.settings.rate_limits) return
  const key = `${dayOf(world)} host ${host_id}`
  const today = world.day_counts.get(key) ?? 0
  if (today >= changesPerHostAndDay) throw new Refusal(gatewayErrors[`${kind}_user_daily_limit`])
  world.day_counts.set(key, today + 1)
}

/**
 * Counts a change about one registrant of one meeting.
 * @throws Refusal 429 beyond so many a UTC day: three times added, ten times approved, denied or cancelled.
 */
export function countRegistrant(world: World, meeting: Meeting, email: string, what: keyof typeof perRegistrant): void {
  if (!world.settings.rate_limits) return
  const key = `${dayOf(world)} ${what} ${meeting.id} ${email}`
  const today = world.day_counts.get(key) ?? 0
  const limit = perRegistrant[what]
  if (today >= limit) {
    const message = `You have exceeded the daily rate limit (${limit}) of registrant ${what} requests permitted for the registrant ${email}. You may resume these requests at GMT 00:00:00.`
    throw new Refusal({ http: 429, code: 429, message })
  }
  world.day_counts.set(key, today + 1)
}

const perRegistrant = { create: 3, status: 10 }

const categories = {
  light: 'Light',
  medium: 'Medium',
  heavy: 'Heavy',
  'resource-intensive': 'Resource-intensive',
} satisfies Record<Limited, string>

const headersOf = (category: string, limit: number, remaining: number): Record<string, string> => ({
  'X-RateLimit-Category': category,
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
})

/** A bucket that holds one period's requests and fills evenly. What is left, or undefined when it is empty. */
function takeFromBucket(world: World, label: Limited, { requests, seconds }: Limit): number | undefined {
  const at = now(world.clock)
  const bucket = world.buckets.get(label) ?? { tokens: requests, filled_at: at }
  const gained = (Math.max(0, at - bucket.filled_at) / 1000) * (requests / seconds)
  const tokens = Math.min(requests, bucket.tokens + gained)
  const left = tokens >= 1 ? tokens - 1 : undefined
  world.buckets.set(label, { tokens: left ?? tokens, filled_at: at })
  return left === undefined ? undefined : Math.floor(left)
}

const dayOf = ({ clock }: World): string => new Date(now(clock)).toISOString().slice(0, 10)

/** Midnight in UTC, as `Retry-After` of a daily limit has it: `2026-04-01T00:00:00Z`. */
export const nextDay = ({ clock }: World): string => {
  const midnight = new Date(now(clock))
  midnight.setUTCHours(24, 0, 0, 0)
  return midnight.toISOString().replace('.000Z', 'Z')
}
