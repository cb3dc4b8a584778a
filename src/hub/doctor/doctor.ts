import { sql } from 'kysely'
import type { Db } from '#store/db.ts'
import { zoomAppsOfWorkspace, type ZoomAppRow } from '#store/zoom-apps.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { checkPublicUrl } from './address.ts'
import { unreadableConnections } from '#hub/unreadable.ts'
import { checkApp } from './app.ts'
import { checkLicences } from './licences.ts'
import { checkSubscriptions } from './subscriptions.ts'

/**
 * Is everything well? Looks at this machine, at the database and at each Zoom app of the workspace: a token each, so it is for who
 * asks, not for every page. What Zoom says of the plan is asked once a day, or `again`.
 */
export async function doctor(hub: Hub, { workspace_id }: Actor, { again = false } = {}): Promise<Finding[]> {
  const apps = await zoomAppsOfWorkspace(hub.db, workspace_id, { limit: 200, after: undefined })
  const ofApps = await Promise.all(apps.map((app) => checkApp(hub, app, again)))
  const ofIntegrations = await Promise.all(
    hub.integrations.map(async (each) => (await each.doctor?.(hub, workspace_id)) ?? []),
  )
  return [
    await checkDatabase(hub.db),
    await checkPublicUrl(hub, lastEventOf(apps)),
    ...(await unreadable(hub, workspace_id)),
    ...(apps.length > 0 ? [] : [noApps]),
    ...ofApps.flat(),
    ...(await checkSubscriptions(hub, workspace_id)),
    ...(await checkLicences(hub, workspace_id)),
    ...ofIntegrations.flat(),
  ]
}

const noApps: Finding = {
  check: 'zoom apps',
  state: 'warning',
  message: 'No Zoom app is connected',
  fix: 'Add one in the console under Settings, or by POST /api/v1/zoom_apps',
}

async function checkDatabase(db: Db): Promise<Finding> {
  const { rows } = await sql<{ version: string; fsync: string }>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync`.execute(db)
  const [found] = rows
  if (found?.fsync === 'on') return { check: 'database', state: 'ok', message: `PostgreSQL ${found.version} answers` }
  return {
    check: 'database',
    state: 'failed',
    message: 'PostgreSQL runs with fsync off: a power cut loses events that Zoom believes delivered',
    fix: 'Set fsync = on in postgresql.conf',
  }
}

const lastEventOf = (apps: readonly ZoomAppRow[]): Date | undefined =>
  apps
    .flatMap(({ last_event_at }) => last_event_at ?? [])
    .sort((a, b) => b.getTime() - a.getTime())
    .at(0)

async function unreadable(hub: Hub, workspace_id: string): Promise<Finding[]> {
  const found = await unreadableConnections(hub, workspace_id)
  return found.map(({ id, zoom_app_name, zoom_user_email }) => ({
    check: `connection ${id}`,
    state: 'failed',
    message: `The consent of ${zoom_user_email ?? 'somebody'} to ${zoom_app_name} is sealed with an encryption key that is not here; it is kept as it is`,
    fix: `Put the key back (docs/operating.md, “Encryption key”), or ${zoom_user_email ?? 'whoever gave it'} connects to Zoom again`,
  }))
}
