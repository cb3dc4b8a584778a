import { connectionOfApp } from '#store/connections.ts'
import { hostsOfPlans, hostsOfUnstored, type GapRow } from '#store/gaps.ts'
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
 * What was planned, changed or deleted in a gap, by whomever: each host of whom there may be such news has a job that reads it. Of the
 * whole account one list tells who has planned something new, where the app may see it. It tells of no change and no deletion, so each
 * host who was asked what they held and has something to come is listed, too.
 */
export async function lookForPlans(hub: Hub, gap: GapRow, hosts: readonly string[]): Promise<void> {
  const { workspace_id, zoom_app_id } = gap
  const planners = (await plannersOfAccount(hub, gap)) ?? hosts
  const toCome = await hostsOfPlans(hub.db, zoom_app_id, new Date(hub.runtime.now()))
  const toCompare = toCome.filter((host_id) => hosts.includes(host_id))
  await addJobs(
    hub.db,
    [...new Set([...planners, ...toCompare])].map((host_id) =>
      driftJob({ workspace_id, zoom_app_id, host_id, after_gap: true }),
    ),
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
