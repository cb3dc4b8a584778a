import { ConflictError, InputError, NotFoundError, UnavailableError } from '#core/errors.ts'
import { ZoomApiError, ZoomOAuthError, ZoomRateLimitError, ZoomUnreachableError } from '#zoom/errors.ts'
import { featureOfScopes } from './doctor/features.ts'
import { DecryptionError } from './encryption.ts'

/**
 * What Zoom's refusal means for whoever asked us: something to change in the request, something for the administrator, or a
 * time to wait. Errors that are not Zoom's come back as they are.
 */
export function translated(error: unknown, now: number): unknown {
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
  if (error.code === 4700 || error.code === 4711) return new ConflictError(scopeRefusal(error.reason), { cause: error })
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
 * Whether Zoom may have carried out what failed: then it must be looked for before it is asked for again. Only what says that
 * it was not is believed; a reply that cannot be read, or a database that fails after Zoom's answer, says nothing.
 */
export function mayBeDone(error: unknown): boolean {
  if (error instanceof ZoomUnreachableError) return error.outcome === 'unknown'
  if (error instanceof ZoomApiError) return error.status < 400 || error.status >= 500
  return !beforeAsking.some((type) => error instanceof type)
}

/** What is thrown before a request goes out: no token, no connection, no such path. */
const beforeAsking = [ZoomOAuthError, UnavailableError, NotFoundError, InputError, DecryptionError]

/** The meeting is not there (any more): https://developers.zoom.us/docs/api/errors/ */
export const isGone = (error: unknown): boolean => error instanceof ZoomApiError && error.code === 3001

/** Zoom's words are “Invalid access token, does not contain scopes:[…].”, with all that would do at any level. */
function scopeRefusal(reason: string): string {
  const names = /scopes:\s*\[([^\]]*)\]/.exec(reason)?.[1]?.split(/[\s,]+/) ?? []
  const offered = names.filter((name) => name !== '' && !name.includes(':master'))
  if (offered.length === 0)
    return `The Zoom app lacks a scope; an administrator adds it on its “Scopes” page: ${reason}`
  return `The Zoom app may not ${featureOfScopes(offered) ?? 'do this'}. An administrator adds one of these on its “Scopes” page at Zoom: ${offered.join(' ')}`
}
