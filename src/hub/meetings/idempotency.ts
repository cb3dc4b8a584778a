import { createHash } from 'node:crypto'
import { ConflictError, InputError } from '#core/errors.ts'
import type { Trx } from '#store/db.ts'
import { claimKey, releaseKey, settleKey, takeOverKey } from '#store/idempotency.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { mayBeDone } from '#hub/zoom-refusal.ts'

/** A request that outlives its process for so long was killed in the middle. */
const abandoned_ms = 60_000

/** The first request with this key has not ended, or was killed less than a minute ago. */
export class UnderWayError extends ConflictError {
  override name = 'UnderWayError'
}

export type Turn =
  /** First time: do it. */
  | { turn: 'first' }
  /** Done before: answer the same. */
  | { turn: 'done'; meeting_id: string }
  /** Tried before, outcome unknown: look whether it happened, since `since`. */
  | { turn: 'again'; since: Date }

/**
 * Whose turn a request with an Idempotency-Key is (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/).
 * @throws InputError when the key was used for another request, UnderWayError while the first one is under way.
 */
export async function takeTurn(hub: Hub, { workspace_id }: Actor, key: string, request: unknown): Promise<Turn> {
  const request_digest = createHash('sha256').update(JSON.stringify(request)).digest()
  const now = hub.runtime.now()
  const held = await claimKey(hub.db, { workspace_id, key, request_digest, created_at: new Date(now) })
  if (!held) return { turn: 'first' }
  if (!held.request_digest.equals(request_digest))
    throw new InputError('This Idempotency-Key was used for another request', [
      { field: 'Idempotency-Key', message: 'must be new for a new request' },
    ])
  if (held.state === 'done' && held.meeting_id) return { turn: 'done', meeting_id: held.meeting_id }
  if (await takeOverKey(hub.db, held, new Date(now - abandoned_ms), new Date(now)))
    return { turn: 'again', since: held.created_at }
  throw new UnderWayError('A request with this Idempotency-Key is under way; ask again in a minute')
}

/** In the transaction that keeps what was done. */
export const turnDone = (trx: Trx, { workspace_id }: Actor, key: string, meeting_id: string): Promise<void> =>
  settleKey(trx, workspace_id, key, { state: 'done', meeting_id })

/** After a failure: a retry may start over, unless Zoom may have carried it out this time or at a try before. */
export const turnFailed = (
  hub: Hub,
  { workspace_id }: Actor,
  key: string,
  { turn }: Turn,
  error: unknown,
): Promise<void> =>
  turn === 'again' || mayBeDone(error)
    ? settleKey(hub.db, workspace_id, key, { state: 'unknown', meeting_id: null })
    : releaseKey(hub.db, workspace_id, key)
