import { connectionOfApp } from '#store/connections.ts'
import type { MeetingKind } from '#store/db.ts'
import { emit } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import { zoomClient } from '#hub/tokens.ts'
import { isGone } from '#hub/zoom-refusal.ts'
import { doorOf } from './doors.ts'
import { keepMeeting } from './keep.ts'

/** The job after an event that says too little: reads the meeting from Zoom (one call) and keeps it. */
export async function fetchMeeting(payload: unknown, hub: Hub): Promise<void> {
  const { workspace_id, zoom_app_id, zoom_meeting_id, kind } = payload as {
    workspace_id: string
    zoom_app_id: string
    zoom_meeting_id: string
    kind: MeetingKind
  }
  const connection = await connectionOfApp(hub.db, zoom_app_id)
  if (!connection) return
  const asked_at = new Date(hub.runtime.now())
  try {
    const zoom = await doorOf(kind).get(await zoomClient(hub, connection.id), zoom_meeting_id)
    await hub.db.transaction().execute(async (trx) => {
      const { row, fields } = await keepMeeting(hub, trx, {
        workspace_id,
        connection_id: connection.id,
        kind,
        zoom,
        changed_at: asked_at,
      })
      if (fields.length > 0)
        await emit(hub, trx, workspace_id, 'repair', [
          { type: 'meeting.changed', meeting_id: row.id, payload: { fields } },
        ])
    })
  } catch (error) {
    // It was deleted meanwhile; the event that says so is on its way.
    if (!isGone(error)) throw error
  }
}
