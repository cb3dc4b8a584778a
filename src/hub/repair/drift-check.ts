import { connectionOfApp } from '#store/connections.ts'
import { hostsOfApp, watchedApps } from '#store/gaps.ts'
import type { MeetingKind } from '#store/db.ts'
import { hostSettings } from '#store/host-settings.ts'
import { meetingsOfHost, updateMeetingRow, type MeetingRow } from '#store/meetings.ts'
import { listMeetings, type Meeting } from '#zoom/meetings.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import { listWebinars } from '#zoom/webinars.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { fetchJob } from '#hub/meetings/fetch.ts'
import { userIdFor } from '#hub/spoken-for.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { driftOf } from './drift.ts'
import { isRefusal } from './past-sessions.ts'

interface HostOfApp {
  workspace_id: string
  zoom_app_id: string
  host_id: string
  /** Events were lost: what is missing is read at once. By night a list that lacks one is believed only when the next does, too. */
  after_gap?: boolean
}

/** By night: one job for each host that has planned anything. */
export async function checkDrift(hub: Hub): Promise<void> {
  for (const { id: zoom_app_id, workspace_id } of await watchedApps(hub.db, new Date(hub.runtime.now()))) {
    const hosts = await hostsOfApp(hub.db, zoom_app_id, new Date(hub.runtime.now()))
    await addJobs(
      hub.db,
      hosts.map((host_id) => driftJob({ workspace_id, zoom_app_id, host_id })),
    )
  }
}

export const driftJob = (host: HostOfApp): Job => ({
  task: 'drift',
  payload: { ...host },
  key: `drift:${host.zoom_app_id}:${host.host_id}`,
})

/**
 * The job: lists what a host has planned (one call, one more where there may be webinars) and reads what is not as stored. What a
 * list does not have is noted and, after a gap or when it is not there the next time either, read: only Zoom's own answer about that one meeting
 * makes it gone.
 */
export async function checkDriftOfHost(payload: unknown, hub: Hub): Promise<void> {
  const host = payload as HostOfApp
  const connection = await connectionOfApp(hub.db, host.zoom_app_id, host.host_id)
  if (connection?.state !== 'connected') return
  const userId = userIdFor(connection, host.host_id)
  if (userId === undefined) return
  const client = await zoomClient(hub, connection.id)
  const stored = await meetingsOfHost(hub.db, host.workspace_id, host.host_id)
  await compare(hub, host, 'meeting', stored, await Array.fromAsync(listMeetings(client, userId)))
  if (!(await mayHaveWebinars(hub, host, connection.scope))) return
  try {
    await compare(hub, host, 'webinar', stored, await Array.fromAsync(listWebinars(client, userId)))
  } catch (error) {
    if (!isRefusal(error)) throw error
    // Zoom lists none for a host without the add-on, and says so in an error: then no webinar is missing either.
    hub.log.info({ host_id: host.host_id, reason: error.message }, 'the webinars of a host are not listed')
  }
}

const webinarsOfUser = endpointOf('GET /users/{userId}/webinars')

/** Not where it is known that the host has no add-on: most have none, and each list is a call. */
async function mayHaveWebinars(hub: Hub, { workspace_id, host_id }: HostOfApp, scope: string): Promise<boolean> {
  if (scope && !isGranted(webinarsOfUser, scope)) return false
  const known = await hostSettings(hub.db, workspace_id, host_id)
  return known?.settings['feature']?.['webinar'] !== false
}

async function compare(
  hub: Hub,
  { workspace_id, zoom_app_id, host_id, after_gap }: HostOfApp,
  kind: MeetingKind,
  all: readonly MeetingRow[],
  listed: readonly Meeting[],
): Promise<void> {
  const now = new Date(hub.runtime.now())
  const stored = all.filter((row) => row.kind === kind)
  const { changed, missing, back } = driftOf(stored, listed, now)
  for (const id of back) await updateMeetingRow(hub.db, id, { missing_since: null })
  for (const { id } of missing.filter((row) => !row.missing_since))
    await updateMeetingRow(hub.db, id, { missing_since: now })
  const toRead = [
    ...changed,
    ...missing.filter((row) => after_gap || row.missing_since).map(({ zoom_meeting_id }) => zoom_meeting_id),
  ]
  await addJobs(
    hub.db,
    toRead.map((zoom_meeting_id) => fetchJob({ workspace_id, zoom_app_id, host_id, zoom_meeting_id, kind })),
  )
}
