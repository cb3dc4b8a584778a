import { connectionById } from '#store/connections.ts'
import { sdkAppsOfWorkspace, zoomAppById, type ZoomAppRow } from '#store/zoom-apps.ts'
import { isKnownZoom } from '#zoom/base.ts'
import { canCarryMeetingSdk, meetingSdkSignature } from '#zoom/meeting-sdk.ts'
import type { Hub } from '#hub/hub.ts'
import { mustBeOn } from '#hub/switched-off.ts'
import { credentials } from '#hub/zoom-app.ts'

/**
 * The app by whose name a browser or a bot joins a meeting: one that carries the Meeting SDK and is at the same Zoom; the one
 * that the meeting's own connection is of before another, and one that is on before one that is off.
 */
export async function sdkAppFor(
  hub: Hub,
  workspace_id: string,
  { connection_id }: { connection_id: string | null },
): Promise<ZoomAppRow | undefined> {
  const all = (await sdkAppsOfWorkspace(hub.db, workspace_id)).filter(({ kind }) => canCarryMeetingSdk(kind))
  // One that is off is named only where there is no other: then it is what somebody must switch on.
  const apps = all.toSorted((a, b) => Number(a.state === 'off') - Number(b.state === 'off'))
  const connection = connection_id ? await connectionById(hub.db, connection_id) : undefined
  if (!connection) return apps[0]
  const home = await zoomAppById(hub.db, connection.zoom_app_id)
  const there = apps.filter((app) => app.oauth_base === home?.oauth_base)
  return there.find((app) => app.id === home?.id && app.state === 'on') ?? there[0]
}

/**
 * The same for a page of ours, which then runs the SDK: Zoom's own, that we serve, or that of the simulator which the operator
 * named. An origin that a workspace entered is good to be asked, not to run on our pages, where other workspaces are signed in.
 */
export async function sdkAppForPage(
  hub: Hub,
  workspace_id: string,
  meeting: { connection_id: string | null },
): Promise<ZoomAppRow | undefined> {
  const app = await sdkAppFor(hub, workspace_id, meeting)
  return app && (isKnownZoom(app.oauth_base) || app.oauth_base === hub.simulatorUrl) ? app : undefined
}

/** Half an hour is the least that Zoom takes; the join follows at once. */
const signature_s = 1800

/** Signs one join, as a participant: nobody becomes host by a signature of ours. @throws ConflictError while the app is off. */
export function signJoin(hub: Hub, app: ZoomAppRow, meeting_number: string): string {
  mustBeOn(app)
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
