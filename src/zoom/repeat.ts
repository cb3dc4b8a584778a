import type { ZoomUnreachableError } from './errors.ts'
import { ZoomApiError, ZoomRateLimitError } from './errors.ts'
import type { Endpoint } from './schema/endpoints.ts'

/**
 * Verbs whose request may go out twice: what they ask for is the same after the second time (RFC 9110 section 9.2.2).
 * Zoom's PATCH belongs to them, because it sets the given fields to the given values. A POST makes something, and is
 * never sent again when the first one may have arrived.
 */
const repeatable = { GET: true, PUT: true, PATCH: true, DELETE: true, POST: false } satisfies Record<
  Endpoint['method'],
  boolean
>

const mostTries = 3
const longestWait = 10_000

/**
 * How many ms to wait before sending again, undefined when the failure is final. A request that a rate limit turned away
 * was not carried out, so it may be repeated whatever its verb, if the wait is short; trouble at Zoom (5xx) and silence
 * only for verbs that may be repeated.
 */
export function repeatAfter(
  failure: ZoomApiError | ZoomUnreachableError,
  {
    method,
    tries,
    now,
    longest_wait_ms = longestWait,
  }: { method: Endpoint['method']; tries: number; now: number; longest_wait_ms?: number | undefined },
): number | undefined {
  if (tries >= mostTries) return undefined
  const pause = 500 * 2 ** tries
  if (failure instanceof ZoomRateLimitError) return waitForLimit(failure, now, pause, longest_wait_ms)
  if (!repeatable[method]) return undefined
  return failure instanceof ZoomApiError && failure.status < 500 ? undefined : pause
}

/** A day's limit is not waited for. Per-second ones come without a time; a second is enough for most. */
function waitForLimit(
  { limit, retry_at }: ZoomRateLimitError,
  now: number,
  pause: number,
  longest_wait_ms: number,
): number | undefined {
  if (limit !== 'per_second' && limit !== 'concurrent') return undefined
  if (retry_at === undefined) return pause
  const wait = Math.max(retry_at - now, 0)
  return wait <= longest_wait_ms ? wait : undefined
}

/** Whether another token may help. A 401 with another code speaks of users or rights. */
export const tokenRefused = (failure: ZoomApiError | ZoomUnreachableError): boolean =>
  failure instanceof ZoomApiError && failure.status === 401 && (failure.code === 124 || failure.code === 0)
