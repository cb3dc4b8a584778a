import { connectionOfApp } from '#store/connections.ts'
import { insertGap, runsByHost, updateGap, watchedApps, type GapRow } from '#store/gaps.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { listActiveHosts } from '#zoom/reports.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import { newId } from '#core/ids.ts'
import type { Hub } from '#hub/hub.ts'
import { userIdFor } from '#hub/spoken-for.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { keepPastSession } from './keep-session.ts'
import { dayOf, sessionsOfHost, type Span } from './past-sessions.ts'

const reportUsers = endpointOf('GET /report/users')
const day_ms = 86_400_000

/**
 * Hosts of the account who held more runs on the days of a span than are stored of them, by one call for each 300, also those of whom
 * nothing was ever heard. Zoom may count what is not counted here (runs of one person): then a host is asked in vain, and never
 * forgotten. Empty where Zoom does not tell.
 */
export async function hostsWithMore(
  hub: Hub,
  { workspace_id, zoom_app_id }: Pick<GapRow, 'workspace_id' | 'zoom_app_id'>,
  { since, until }: Span,
): Promise<string[]> {
  const app = await zoomAppById(hub.db, zoom_app_id)
  const connection = await connectionOfApp(hub.db, zoom_app_id)
  if (app?.kind === 'user_managed' || connection?.state !== 'connected') return []
  if (connection.scope && !isGranted(reportUsers, connection.scope)) return []
  const last = new Date(Math.min(until.getTime(), hub.runtime.now()))
  const [from, to] = [dayOf(since), dayOf(last)]
  try {
    const listed = await Array.fromAsync(listActiveHosts(await zoomClient(hub, connection.id), { from, to }))
    const stored = await runsByHost(hub.db, workspace_id, new Date(from), new Date(Date.parse(to) + day_ms))
    return listed.flatMap(({ id, meetings }) => (id && (meetings ?? 1) > (stored.get(id) ?? 0) ? [id] : []))
  } catch (error) {
    hub.log.warn({ err: error, zoom_app_id }, 'who of the account held meetings could not be listed')
    return []
  }
}

/**
 * By night: what was held on the two days before and never heard of, in whatever silence, is read from Zoom. What was found stands among
 * the gaps, as repaired.
 */
export async function findUnheardSessions(hub: Hub): Promise<void> {
  const now = new Date(hub.runtime.now())
  const today = Date.parse(dayOf(now))
  const span = { since: new Date(today - 2 * day_ms), until: new Date(today - 1) }
  for (const { id: zoom_app_id, workspace_id } of await watchedApps(hub.db, now)) {
    const hosts = await hostsWithMore(hub, { workspace_id, zoom_app_id }, span)
    let sessions = 0
    for (const host_id of hosts) sessions += await readHost(hub, { workspace_id, zoom_app_id, host_id }, span)
    if (sessions === 0) continue
    const id = newId('gap', now.getTime())
    const found = { cause: 'silence' as const, found_at: now, repaired_at: now }
    await insertGap(hub.db, { id, workspace_id, zoom_app_id, ...span, ...found })
    await updateGap(hub.db, id, { state: 'repaired', hosts: hosts.length, sessions })
  }
}

/** How many of a host's runs were new. One host's trouble is not the others'. */
async function readHost(
  hub: Hub,
  { workspace_id, zoom_app_id, host_id }: { workspace_id: string; zoom_app_id: string; host_id: string },
  span: Span,
): Promise<number> {
  const connection = await connectionOfApp(hub.db, zoom_app_id, host_id)
  const userId = connection && userIdFor(connection, host_id)
  if (connection?.state !== 'connected' || userId === undefined) return 0
  try {
    const listed = await sessionsOfHost(await zoomClient(hub, connection.id), connection.scope, userId, span)
    if (typeof listed === 'string') return 0
    let found = 0
    for (const past of listed)
      if (await keepPastSession(hub, { workspace_id, connection_id: connection.id, host_id }, past)) found++
    return found
  } catch (error) {
    hub.log.warn({ err: error, host_id }, 'what a host held could not be read by night')
    return 0
  }
}
