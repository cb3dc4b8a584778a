import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { connectionsByReach } from '#store/connections.ts'
import type { MeetingKind } from '#store/db.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { keepFromZoom } from '#hub/meetings/keep-from-zoom.ts'
import type { Meeting } from '#hub/resources.ts'

/**
 * A meeting that exists at Zoom, read through the first connection that may see it and kept. A number alone does not tell a webinar
 * from a meeting: both are asked for.
 * @throws NotFoundError when none of them sees it; ConflictError or InputError when Zoom says what is lacking to see it.
 */
export async function findAtZoom(
  hub: Hub,
  actor: Actor,
  zoom_meeting_id: string,
  kind: MeetingKind | undefined,
): Promise<Meeting> {
  const refusals: unknown[] = []
  for (const connection_id of await connectionsToAsk(hub, actor))
    for (const each of kind ? [kind] : (['meeting', 'webinar'] as const))
      try {
        return await keepFromZoom(hub, actor, connection_id, zoom_meeting_id, each)
      } catch (error) {
        if (!isRefusal(error)) throw error
        // An app without the right to webinars is no reason why a meeting is not found.
        if (!(error instanceof NotFoundError) && (kind || each === 'meeting')) refusals.push(error)
      }
  throw (
    refusals[0] ??
    new NotFoundError(
      `No connected Zoom account has a ${kind ?? 'meeting'} ${zoom_meeting_id}: compare the number, or let its host connect to Zoom here`,
    )
  )
}

/** The caller's turn, not Zoom's: another try would end alike. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof InputError || error instanceof NotFoundError || error instanceof ConflictError

/** Each that does not know a meeting costs a call. */
const mostAsked = 200

/**
 * The connections by which a meeting may be seen, those of accounts first. Where none works, those that are waited for.
 * @throws ConflictError when there is none at all.
 */
export async function connectionsToAsk(hub: Hub, { workspace_id }: Actor): Promise<string[]> {
  const all = await connectionsByReach(hub.db, workspace_id, { limit: mostAsked })
  const working = all.filter(({ state }) => state === 'connected')
  if (all.length === 0) throw new ConflictError('Zoom is not connected: an administrator connects a Zoom app first')
  return (working.length > 0 ? working : all.slice(0, 1)).map(({ id }) => id)
}
