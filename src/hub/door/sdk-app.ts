import { connectionById } from '#store/connections.ts'
import { sdkAppsOfWorkspace, type ZoomAppRow } from '#store/zoom-apps.ts'
import { meetingSdkSignature } from '#zoom/meeting-sdk.ts'
import type { Hub } from '#hub/hub.ts'
import { credentials } from '#hub/tokens.ts'

/**
 * The app by whose name a browser or a bot joins a meeting: of those that carry the Meeting SDK and belong to the same Zoom, the one that the
 * meeting's own connection is of, else the first.
 */
export async function sdkAppFor(
  hub: Hub,
  workspace_id: string,
  { connection_id }: { connection_id: string | null },
): Promise<ZoomAppRow | undefined> {
  const apps = await sdkAppsOfWorkspace(hub.db, workspace_id)
  const connection = connection_id ? await connectionById(hub.db, connection_id) : undefined
  return apps.find((app) => app.id === connection?.zoom_app_id) ?? apps[0]
}

/** Half an hour is the least that Zoom takes; the join follows at once. */
const signature_s = 1800

/** Signs one join, as a participant: nobody becomes host by a signature of ours. */
export function signJoin(hub: Hub, app: ZoomAppRow, meeting_number: string): string {
  const { client_id, client_secret } = credentials(hub, app)
  return meetingSdkSignature({
    client_id,
    client_secret,
    meeting_number,
    role: 0,
    now: hub.runtime.now(),
    expires_in: signature_s,
  })
}
