import { z } from 'zod'
import { ConflictError, NotFoundError } from '#core/errors.ts'
import { connectedOfApp, type ConnectionRow } from '#store/connections.ts'
import { accountAppsBeside, zoomAppOfWorkspace, type ZoomAppRow } from '#store/zoom-apps.ts'
import { hostOfConnection } from '#store/zoom-users.ts'
import { canCarryMeetingSdk } from '#zoom/meeting-sdk.ts'
import { sdkAppForPage } from '#hub/door/sdk-app.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { deleteMeeting } from '#hub/meetings/call-off.ts'
import { createMeeting } from '#hub/meetings/schedule.ts'
import { mustBeOn, SwitchedOffError } from '#hub/switched-off.ts'

/** How long the meeting is there to be joined. */
const lasts_ms = 15 * 60_000

/**
 * A meeting of its own that anybody may begin, and the address of the room to join it in: what the SDK says there, the hub hears. It
 * is removed after a quarter of an hour. Costs two calls to Zoom.
 * @throws NotFoundError for an app of another workspace; ConflictError while it is off or nobody is connected, or where another app
 * would sign the join.
 */
export async function beginSdkTrial(hub: Hub, actor: Actor, zoom_app_id: string): Promise<{ url: string }> {
  const { workspace_id } = actor
  const app = await zoomAppOfWorkspace(hub.db, workspace_id, zoom_app_id)
  if (!app) throw new NotFoundError(`There is no Zoom app ${zoom_app_id}`)
  mustBeOn(app)
  if (!canCarryMeetingSdk(app.kind))
    throw new ConflictError('A server-to-server app cannot carry the Meeting SDK: try the General App beside it')
  if (!app.meeting_sdk) throw new ConflictError('Say first that the app carries the Meeting SDK')
  const connection = await connectionBeside(hub, app)
  if (!connection) throw new ConflictError(`${app.name} is not connected to Zoom: connect it first`)
  const signer = await sdkAppForPage(hub, workspace_id, { connection_id: connection.id })
  if (signer && signer.id !== app.id)
    throw new ConflictError(`Joins of these meetings are signed by “${signer.name}”, which is older: try that one`)
  if (!signer)
    throw new ConflictError(`No page here may load the Meeting SDK from ${app.oauth_base}: only Zoom’s own is served`)
  const host = connection.zoom_user_email ?? (await hostOfConnection(hub.db, connection.id))?.email
  if (!host) throw new ConflictError('The hosts of the Zoom account are not known yet: try again in a minute')
  const now = hub.runtime.now()
  const { id } = await createMeeting(hub, actor, {
    kind: 'meeting',
    connection_id: connection.id,
    host,
    topic: 'Greenroom tries to join in the browser',
    start_time: new Date(now + 60_000).toISOString().replace(/\.\d+/, ''),
    duration: 15,
    settings: { join_before_host: true, waiting_room: false },
  })
  const ends = new Date(now + lasts_ms)
  await addJobs(hub.db, [{ task: 'sdk_trial_end', payload: { workspace_id, meeting_id: id }, run_at: ends }])
  const ticket = await issueTicket(hub, {
    workspace_id,
    meeting_id: id,
    role: 'host',
    name: 'Greenroom',
    expires_at: ends,
  })
  return { url: `${ticket.url}/room` }
}

/** The app's own connection; one that only signs has none, and the meetings that it signs for are those of the app beside it. */
async function connectionBeside(hub: Hub, app: ZoomAppRow): Promise<ConnectionRow | undefined> {
  for (const { id } of [app, ...(await accountAppsBeside(hub.db, app))]) {
    const [connection] = await connectedOfApp(hub.db, id)
    if (connection) return connection
  }
  return undefined
}

const payloadOf = z.object({ workspace_id: z.string(), meeting_id: z.string() })

/** As a job: the meeting has served. Somebody may have removed it before; while the app is off the job waits. */
export async function endSdkTrial(payload: unknown, hub: Hub): Promise<void> {
  const { workspace_id, meeting_id } = payloadOf.parse(payload)
  await deleteMeeting(hub, { workspace_id, name: 'hub' }, meeting_id).catch((error: unknown) => {
    if (error instanceof SwitchedOffError || !(error instanceof NotFoundError || error instanceof ConflictError))
      throw error
  })
}
