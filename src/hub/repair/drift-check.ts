import { connectionOfApp } from '#store/connections.ts'
import { hostsOfApp, watchedApps } from '#store/gaps.ts'
import { meetingsOfHost, updateMeetingRow } from '#store/meetings.ts'
import { listMeetings } from '#zoom/meetings.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { fetchJob } from '#hub/meetings/fetch.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { driftOf } from './drift.ts'

interface HostOfApp {
  workspace_id: string
  zoom_app_id: string
  host_id: string
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

const driftJob = (host: HostOfApp): Job => ({
  task: 'drift',
  payload: { ...host },
  key: `drift:${host.zoom_app_id}:${host.host_id}`,
})

/**
 * The job: lists a host's planned meetings (one call) and reads those that are not as stored. What the list does not have is noted
 * and, when it is not there the next time either, read: only Zoom's own answer about that one meeting makes it gone.
 */
export async function checkDriftOfHost(payload: unknown, hub: Hub): Promise<void> {
  const { workspace_id, zoom_app_id, host_id } = payload as HostOfApp
  const connection = await connectionOfApp(hub.db, zoom_app_id, host_id)
  if (connection?.state !== 'connected') return
  const listed = await Array.fromAsync(listMeetings(await zoomClient(hub, connection.id), host_id))
  const stored = await meetingsOfHost(hub.db, workspace_id, host_id)
  const now = new Date(hub.runtime.now())
  const { changed, missing, back } = driftOf(stored, listed, now)
  for (const id of back) await updateMeetingRow(hub.db, id, { missing_since: null })
  for (const { id } of missing.filter((row) => !row.missing_since))
    await updateMeetingRow(hub.db, id, { missing_since: now })
  const toRead = [
    ...changed,
    ...missing.filter((row) => row.missing_since).map(({ zoom_meeting_id }) => zoom_meeting_id),
  ]
  await addJobs(
    hub.db,
    toRead.map((zoom_meeting_id) => fetchJob({ workspace_id, zoom_app_id, zoom_meeting_id, kind: 'meeting' })),
  )
}
