import { ConflictError, InputError, NotFoundError, UnavailableError } from '#core/errors.ts'
import { ZoomApiError, ZoomOAuthError, ZoomRateLimitError, ZoomUnreachableError } from '#zoom/errors.ts'
import { DecryptionError } from './encryption.ts'
import { lackOf, type LackOfRight } from './zoom-rights.ts'

/**
 * What Zoom's refusal means for whoever asked us: something to change in the request, something for the administrator, or a
 * time to wait. Errors that are not Zoom's come back as they are.
 */
export function translated(error: unknown, now: number): unknown {
  const lacking = withoutRight(error)
  if (lacking) return lacking
  if (error instanceof ZoomRateLimitError) {
    const seconds = error.retry_at === undefined ? undefined : Math.max(1, Math.ceil((error.retry_at - now) / 1000))
    return new UnavailableError(`Zoom asks us to wait: ${error.reason}`, seconds, { cause: error })
  }
  if (error instanceof ZoomUnreachableError) {
    const consequence =
      error.outcome === 'not_sent' ? 'Nothing was changed' : 'Whether Zoom carried it out is not known'
    return new UnavailableError(`${error.message}. ${consequence}; try again`, undefined, { cause: error })
  }
  if (error instanceof ZoomOAuthError) return new UnavailableError(error.message, undefined, { cause: error })
  if (!(error instanceof ZoomApiError)) return error
  if (error.status === 401)
    return new UnavailableError(
      `Zoom refuses the app’s tokens; an administrator checks the app under Settings: ${error.reason}`,
      undefined,
      { cause: error },
    )
  if (error.status >= 500)
    return new UnavailableError(`Zoom is in trouble: ${error.reason}`, undefined, { cause: error })
  if (error.code === 1001)
    return new InputError(`Zoom does not know this host: ${error.reason}`, [{ field: 'host', message: error.reason }], {
      cause: error,
    })
  const problems = error.errors.map(({ field, message }) => ({ field, message }))
  return new InputError(`Zoom refused this: ${error.reason}`, problems, { cause: error })
}

/**
 * Where a right is lacking, the error that says whose turn it is; undefined for all else. With what the host alone lacks another host
 * may do.
 */
export function withoutRight(error: unknown): InputError | ConflictError | undefined {
  const lack = lackOf(error)
  if (!lack) return undefined
  return ofHost.includes(lack.lack)
    ? new InputError(lack.words, [], { cause: error })
    : new ConflictError(lack.words, { cause: error })
}

const ofHost: readonly LackOfRight['lack'][] = ['webinars', 'licence', 'setting']

/**
 * Whether Zoom may have carried out what failed: then it must be looked for before it is asked for again. Only what says that
 * it was not is believed; a reply that cannot be read, or a database that fails after Zoom's answer, says nothing.
 */
export function mayBeDone(error: unknown): boolean {
  if (error instanceof ZoomUnreachableError) return error.outcome === 'unknown'
  if (error instanceof ZoomApiError) return error.status < 400 || error.status >= 500
  return !beforeAsking.some((type) => error instanceof type)
}

/** What is thrown before a request goes out: no token, no connection, no such path. */
const beforeAsking = [ZoomOAuthError, UnavailableError, NotFoundError, ConflictError, InputError, DecryptionError]

/** Asked for as a meeting, it is a webinar: GET /meetings/{meetingId} then says 3000 “Cannot access webinar info.”. It is not gone. */
export const isWebinar = (error: unknown): boolean =>
  error instanceof ZoomApiError && error.code === 3000 && /cannot access webinar/i.test(error.reason)

/** The meeting is not there (any more): https://developers.zoom.us/docs/api/errors/ */
export const isGone = (error: unknown): boolean => error instanceof ZoomApiError && error.code === 3001
