/** One field of a request that Zoom refuses. */
export interface FieldError {
  field: string
  message: string
}

/** What Zoom answered when it refused a call, or what it answered instead of an answer. */
export interface Refusal {
  /** The HTTP status; some refusals come as 200. */
  status: number
  /** Zoom's own code (https://developers.zoom.us/docs/api/errors/), 0 when the reply names none. */
  code: number
  /** Zoom's own words. */
  reason: string
  errors: FieldError[]
  /** `x-zm-trackingid`, which Zoom's support asks for. */
  tracking_id: string | undefined
}

/** Zoom refused the call. What to do depends on `code`: 3001 "Meeting does not exist", 300 "Validation Failed." with `errors` … */
export class ZoomApiError extends Error {
  override name = 'ZoomApiError'
  readonly status: number
  readonly code: number
  readonly reason: string
  readonly errors: FieldError[]
  readonly tracking_id: string | undefined
  constructor({ status, code, reason, errors, tracking_id }: Refusal, options?: ErrorOptions) {
    const fields = errors.map(({ field, message }) => ` ${field}: ${message}`).join('')
    super(`${code ? `Zoom ${code}` : `Zoom (HTTP ${status})`}: ${reason}${fields}`, options)
    this.status = status
    this.code = code
    this.reason = reason
    this.errors = errors
    this.tracking_id = tracking_id
  }
}

/** `concurrent`: another call works on the same user right now; of the account's limits it says nothing. */
export type RateLimit = 'per_second' | 'per_day' | 'per_user_per_day' | 'concurrent'

/** One of Zoom's rate limits is spent; nothing was done. `retry_at` (epoch ms) is when it is worth asking again, if that is known. */
export class ZoomRateLimitError extends ZoomApiError {
  override name = 'ZoomRateLimitError'
  readonly limit: RateLimit
  readonly retry_at: number | undefined
  constructor(refusal: Refusal, limit: RateLimit, retry_at: number | undefined, options?: ErrorOptions) {
    super(refusal, options)
    this.limit = limit
    this.retry_at = retry_at
  }
}

/** The token endpoint refused. With `final` the credentials themselves are no good, and only a person can help. */
export class ZoomOAuthError extends Error {
  override name = 'ZoomOAuthError'
  readonly status: number
  /** OAuth's word (RFC 6749 section 5.2): `invalid_client`, `invalid_grant`, `invalid_request` …; '' when the reply has none. */
  readonly error: string
  /** Zoom's words. */
  readonly reason: string
  readonly final: boolean
  constructor(status: number, error: string, reason: string, options?: ErrorOptions) {
    super(`Zoom gave no token (HTTP ${status}${error ? `, ${error}` : ''}): ${reason}`, options)
    this.status = status
    this.error = error
    this.reason = reason
    this.final = error === 'invalid_client' || error === 'invalid_grant'
  }
}

/** No reply came. With `not_sent` Zoom never saw the request; with `unknown` it may have carried it out. */
export class ZoomUnreachableError extends Error {
  override name = 'ZoomUnreachableError'
  readonly outcome: 'not_sent' | 'unknown'
  constructor(message: string, outcome: 'not_sent' | 'unknown', options?: ErrorOptions) {
    super(message, options)
    this.outcome = outcome
  }
}
