import { z } from 'zod'
import { JsonError, parseJson } from '#core/json.ts'
import type { RateLimit, Refusal } from './errors.ts'
import { ZoomApiError, ZoomRateLimitError } from './errors.ts'
import { retryAfter } from './retry-after.ts'
import type { Endpoint } from './schema/endpoints.ts'

/** A reply of the REST API, read to its end. */
export interface Reply {
  status: number
  headers: Headers
  /** Undefined when the reply is empty, `notJson` when it is something else than JSON. */
  body: unknown
  text: string
  rate: { category: string | undefined; limit: number | undefined; remaining: number | undefined }
  tracking_id: string | undefined
}

const notJson = Symbol('not JSON')

export async function readReply(response: Response): Promise<Reply> {
  const { status, headers } = response
  const text = await response.text()
  return {
    status,
    headers,
    text,
    body: text.trim() === '' ? undefined : jsonOr(text, notJson),
    rate: {
      category: headers.get('x-ratelimit-category') ?? undefined,
      limit: whole(headers.get('x-ratelimit-limit')),
      remaining: whole(headers.get('x-ratelimit-remaining')),
    },
    tracking_id: headers.get('x-zm-trackingid') ?? undefined,
  }
}

/** The refusal that a reply is, if it is one: by its status, or by an error that came as 200 (Zoom does that). */
export function refusalOf(reply: Reply, endpoint: Endpoint | undefined, now: number): ZoomApiError | undefined {
  const said = errorBody.safeParse(reply.body).data
  const refusal: Refusal = {
    status: reply.status,
    code: said?.code ?? 0,
    reason: said?.message ?? surprise(reply),
    errors: said?.errors ?? [],
    tracking_id: reply.tracking_id,
  }
  if (reply.status === 429) return rateLimit(refusal, reply.headers, now)
  if (reply.status < 200 || reply.status > 299 || reply.body === notJson || (said?.code && said.message))
    return new ZoomApiError(refusal)
  // Zoom refuses some updates (of webinars without a plan) with an empty 200 where success is 204.
  const emptyInsteadOf204 =
    reply.body === undefined && reply.status === 200 && endpoint && !endpoint.success.includes(200)
  return emptyInsteadOf204
    ? new ZoomApiError({ ...refusal, reason: 'an empty 200, which is a refusal without a reason' })
    : undefined
}

/** A reply without an error that is not what Zoom documents, either. */
export const unexpected = (reply: Reply, error: z.ZodError): ZoomApiError =>
  new ZoomApiError(
    {
      status: reply.status,
      code: 0,
      reason: 'the reply is not what Zoom documents.',
      errors: fieldsOf(error),
      tracking_id: reply.tracking_id,
    },
    { cause: error },
  )

const fieldsOf = (error: z.ZodError) =>
  error.issues.map((issue) => ({ field: issue.path.join('.') || 'body', message: issue.message }))

const errorBody = z.object({
  code: z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ])
    .catch(0),
  message: z.string().min(1).optional().catch(undefined),
  errors: z.array(z.object({ field: z.string().catch(''), message: z.string().catch('') })).catch([]),
})

function surprise({ status, headers, text, body }: Reply): string {
  if (body !== notJson) return `HTTP ${status} without a reason`
  const title = /<title>([^<]*)/i.exec(text)?.[1]
  const words = (title ?? text).replace(/\s+/g, ' ').trim().slice(0, 120)
  return `HTTP ${status} with ${headers.get('content-type') ?? 'something'} instead of JSON: "${words}"`
}

function rateLimit(refusal: Refusal, headers: Headers, now: number): ZoomRateLimitError {
  const limit = limitOf(refusal.reason, headers.get('x-ratelimit-type') ?? '')
  const told = retryAfter(headers.get('retry-after'), now) ?? resetOf(headers)
  return new ZoomRateLimitError(refusal, limit, told ?? (isShort(limit) ? undefined : nextDay(now)))
}

const isShort = (limit: RateLimit): boolean => limit === 'per_second' || limit === 'concurrent'

/** Limits per user are told by their words alone; the headers then speak of the account's. */
function limitOf(reason: string, type: string): RateLimit {
  if (/concurrent requests/i.test(reason)) return 'concurrent'
  if (/GMT 00:00|in one day/i.test(reason)) return 'per_user_per_day'
  return /daily/i.test(type) || /daily rate limit/i.test(reason) ? 'per_day' : 'per_second'
}

const resetOf = (headers: Headers): number | undefined => {
  const seconds = whole(headers.get('x-ratelimit-reset'))
  return seconds === undefined ? undefined : seconds * 1000
}

/** Zoom's days end at 00:00 UTC. */
const nextDay = (now: number): number => new Date(now).setUTCHours(24, 0, 0, 0)

const whole = (value: string | null): number | undefined =>
  value !== null && /^\d{1,15}$/.test(value) ? Number(value) : undefined

function jsonOr<Other>(text: string, other: Other): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonError) return other
    throw error
  }
}
