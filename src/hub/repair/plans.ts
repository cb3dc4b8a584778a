import { connectionOfApp } from '#store/connections.ts'
import { hostsOfUnstored, type GapRow } from '#store/gaps.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { listUpcomingEvents } from '#zoom/reports.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import type { Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { driftJob } from './drift-check.ts'
import { dayOf } from './past-sessions.ts'

/**
 * What was planned in a gap, by whomever: each host with something new has a job that reads it. One list tells of the whole account
 * where the app may see it; otherwise the hosts that are known are listed one by one.
 */
export async function lookForPlans(hub: Hub, gap: GapRow, hosts: readonly string[]): Promise<void> {
  const { workspace_id, zoom_app_id } = gap
  const planners = (await plannersOfAccount(hub, gap)) ?? hosts
  await addJobs(
    hub.db,
    planners.map((host_id) => driftJob({ workspace_id, zoom_app_id, host_id })),
  )
}

const upcomingEvents = endpointOf('GET /report/upcoming_events')

/** Zoom tells of a month at most. */
const ahead_ms = 30 * 86_400_000

/** Hosts of the account with something ahead that is not stored; undefined where Zoom does not tell. */
async function plannersOfAccount(hub: Hub, { workspace_id, zoom_app_id }: GapRow): Promise<string[] | undefined> {
  const app = await zoomAppById(hub.db, zoom_app_id)
  const connection = await connectionOfApp(hub.db, zoom_app_id)
  if (app?.kind === 'user_managed' || connection?.state !== 'connected') return undefined
  if (connection.scope && !isGranted(upcomingEvents, connection.scope)) return undefined
  const now = hub.runtime.now()
  const days = { from: dayOf(new Date(now)), to: dayOf(new Date(now + ahead_ms)) }
  try {
    const listed = await Array.fromAsync(listUpcomingEvents(await zoomClient(hub, connection.id), days))
    const planned = listed.flatMap(({ host_id, start_time }) => {
      const at = instant(start_time)
      return host_id && at ? [{ host_id, start_time: at }] : []
    })
    return await hostsOfUnstored(hub.db, workspace_id, planned)
  } catch (error) {
    hub.log.warn({ err: error, zoom_app_id }, 'what the account has planned could not be listed')
    return undefined
  }
}
