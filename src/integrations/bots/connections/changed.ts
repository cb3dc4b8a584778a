import { zoomApp } from '#hub/apps.ts'
import { connection } from '#hub/connections.ts'
import type { HubEventOf } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Outcome } from '#hub/integration.ts'
import { changeConnection, noteConnection } from './rows.ts'

/** A consent that was given in another part of the product is good for bots, too; and each change of state has its time. */
export async function connectionChanged(event: HubEventOf<'connection.changed'>, hub: Hub): Promise<Outcome> {
  const { workspace_id } = event
  const actor = { workspace_id, name: 'hub' }
  const { connection_id } = event.payload
  const now = new Date(hub.runtime.now())
  const found = await connection(hub, actor, connection_id)
  if (found.zoom_user_id === null)
    return { outcome: 'ignored', reason: 'the app’s own connection, not a user’s consent' }
  if (!(await zoomApp(hub, actor, found.zoom_app_id)).meeting_sdk)
    return { outcome: 'ignored', reason: 'its app does not carry the Meeting SDK: no bot can join by it' }
  // What is true now counts, not what was when the event was written: it may have been deleted since.
  if (found.state === 'disconnected') await changeConnection(hub.db, connection_id, { updated_at: now })
  else
    await noteConnection(hub.db, {
      connection_id,
      workspace_id,
      zoom_app_id: found.zoom_app_id,
      zoom_user_id: found.zoom_user_id,
      pmi: null,
      metadata: null,
      is_local_recording_token_supported: true,
      is_onbehalf_token_supported: false,
      deduplication_key: null,
      code_hash: null,
      last_attempted_sync_at: null,
      last_successful_sync_at: null,
      created_at: now,
      updated_at: now,
      deleted_at: null,
    })
  return { outcome: 'handled' }
}
