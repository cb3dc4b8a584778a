import { NotFoundError } from '#core/errors.ts'
import type { MeetingKind } from '#store/db.ts'
import { connection } from '#hub/connections.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Meeting } from '#hub/resources.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { isGone, translated } from '#hub/zoom-refusal.ts'
import { verbsOf } from './verbs.ts'
import { keepMeeting } from './keep.ts'
import { meeting, meetingByZoomId } from './read.ts'

/**
 * A meeting that was made elsewhere, a personal one for example: the stored one, else Zoom is asked for it once and it is kept.
 * @throws NotFoundError when Zoom has no such meeting for this connection.
 */
export async function keepFromZoom(
  hub: Hub,
  actor: Actor,
  connection_id: string,
  zoom_meeting_id: string,
  kind: MeetingKind = 'meeting',
): Promise<Meeting> {
  const known = await meetingByZoomId(hub, actor, zoom_meeting_id)
  if (known) return known
  await connection(hub, actor, connection_id)
  const asked_at = new Date(hub.runtime.now())
  const zoom = await readAtZoom(hub, connection_id, zoom_meeting_id, kind)
  const id = await hub.db.transaction().execute(async (trx) => {
    const { row, fields } = await keepMeeting(hub, trx, {
      workspace_id: actor.workspace_id,
      connection_id,
      kind,
      zoom,
      changed_at: asked_at,
    })
    if (fields.length > 0)
      await emit(hub, trx, actor.workspace_id, 'api', [
        { type: 'meeting.changed', meeting_id: row.id, payload: { fields } },
      ])
    return row.id
  })
  return meeting(hub, actor, id)
}

async function readAtZoom(hub: Hub, connection_id: string, zoom_meeting_id: string, kind: MeetingKind) {
  try {
    return await verbsOf(kind).get(await zoomClient(hub, connection_id), zoom_meeting_id)
  } catch (error) {
    if (isGone(error)) throw new NotFoundError(`Zoom has no ${kind} ${zoom_meeting_id} here`)
    throw translated(error, hub.runtime.now())
  }
}
