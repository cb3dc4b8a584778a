import { UnavailableError } from '#core/errors.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { ZoomOAuthError, ZoomUnreachableError } from '#zoom/errors.ts'
import { DecryptionError } from './encryption.ts'

/** Nothing can be asked of Zoom until a person connects again: a job waits for that, and is not tried meanwhile. */
export class DisconnectedError extends UnavailableError {
  override name = 'DisconnectedError'
  readonly connection_id: string
  constructor(connection_id: string, message: string, options?: ErrorOptions) {
    super(message, undefined, options)
    this.connection_id = connection_id
  }
}

/** Why a connection is disconnected. */
export interface Failure {
  code: string
  message: string
}

/** Failures after which Zoom takes the refresh token never again. */
export const lost = ['invalid_grant', 'refresh_outcome_unknown'] as const

/**
 * What a failed renewal says about the tokens that we hold: `unchanged`, they are as good as before; `unknown`, Zoom may have given
 * a pair that we never saw; or the connection's failure. `sentBefore`: an earlier renewal was sent and its outcome is not known.
 */
export function outcomeOf(app: ZoomAppRow, error: unknown, sentBefore: boolean): 'unchanged' | 'unknown' | Failure {
  if (error instanceof ZoomUnreachableError) return error.outcome === 'not_sent' ? 'unchanged' : 'unknown'
  if (error instanceof DecryptionError) return 'unchanged'
  if (!(error instanceof ZoomOAuthError)) return 'unknown'
  if (app.kind !== 'server_to_server' && error.error === 'invalid_grant' && sentBefore)
    return { code: 'refresh_outcome_unknown', message: neverSeen }
  if (error.final) return { code: error.error, message: error.reason }
  return error.status >= 400 && error.status < 500 ? 'unchanged' : 'unknown'
}

const neverSeen =
  'the answer to an earlier renewal was lost, because a process ended or the network failed, and Zoom takes the old token no more'

/** For whoever called: what a person has to do about it, where it is a person's turn. */
export const refusalOf = (app: ZoomAppRow, connection_id: string, error: unknown): unknown =>
  error instanceof ZoomOAuthError && error.final
    ? new DisconnectedError(connection_id, wordsOf(app, error), { cause: error })
    : error

const wordsOf = (app: ZoomAppRow, { error, reason }: ZoomOAuthError): string =>
  app.kind !== 'server_to_server' && error === 'invalid_grant'
    ? isOver(app, reason)
    : `Zoom refused the credentials of ${app.name}: ${reason}. An administrator compares them with the app’s “App Credentials” page at Zoom`

export const isOver = (app: ZoomAppRow, reason: string): string =>
  `The consent to ${app.name} is over (${reason}). Whoever gave it connects to Zoom again`
