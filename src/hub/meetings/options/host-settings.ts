import { NotFoundError } from '#core/errors.ts'
import { connectionById, connectionOfApp } from '#store/connections.ts'
import type { HostTrackingField, Sections } from '#store/db.ts'
import * as rows from '#store/host-settings.ts'
import { zoomUserById } from '#store/zoom-users.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import type { EventPayload } from '#zoom/events.ts'
import { getLockSettings } from '#zoom/lock-settings.ts'
import { listSchedulers } from '#zoom/schedulers.ts'
import { listTrackingFields } from '#zoom/tracking-fields.ts'
import { getMeetingSecurity, getUserSettings } from '#zoom/user-settings.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import type { Job, Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { userIdFor } from '#hub/spoken-for.ts'
import { lackOf } from '#hub/zoom-rights.ts'
import { zoomClient } from '#hub/zoom-client.ts'

// What Zoom says of a host is kept here. It is read when somebody asks for it by `POST …/meeting_options/refresh`, and marked as
// outdated when Zoom's event says that it was changed, or a day later, since not every app hears these events.

const day_ms = 86_400_000

/** Whether what is kept of a host can still be relied on. */
export const isFresh = ({ asked_at, stale }: rows.HostSettingsRow, now: number): boolean =>
  !stale && now - asked_at.getTime() < day_ms

const readJob = (workspace_id: string, zoom_user_id: string): Job => ({
  task: 'host_settings',
  payload: { workspace_id, zoom_user_id },
  key: `host_settings:${workspace_id}:${zoom_user_id}`,
})

/** Has the host's settings read again, soon. @throws NotFoundError for somebody who is not known in the workspace. */
export async function refreshHostSettings(hub: Hub, { workspace_id }: Actor, zoom_user_id: string): Promise<void> {
  if (!(await zoomUserById(hub.db, workspace_id, zoom_user_id)))
    throw new NotFoundError(`There is no Zoom user ${zoom_user_id}`)
  await addJobs(hub.db, [readJob(workspace_id, zoom_user_id)])
}

/** The job: asks Zoom at most five things (two calls of rate limit “medium” for the host, three for schedulers and account) and keeps the answers. */
export async function readHostSettings(payload: unknown, hub: Hub): Promise<void> {
  const { workspace_id, zoom_user_id } = payload as { workspace_id: string; zoom_user_id: string }
  const user = await zoomUserById(hub.db, workspace_id, zoom_user_id)
  const connection = user && (await connectionById(hub.db, user.connection_id))
  if (!connection) return
  const client = await zoomClient(hub, connection.id)
  // Of a host for whom nobody may speak, Zoom's refusals say why nothing is known.
  const who = userIdFor(connection, zoom_user_id) ?? zoom_user_id
  const asked_at = new Date(hub.runtime.now())
  const unknown: Record<string, string> = {}
  const told = async <T>(part: string, none: T, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      unknown[part] = refusalWords(error)
      return none
    }
  }
  const row = {
    settings: await told<Sections>('settings', {}, async () => sectionsIn(await getUserSettings(client, who))),
    security: await told<Sections>('security', {}, async () => sectionsIn(await getMeetingSecurity(client, who))),
    locks: await told<Sections>('locks', {}, async () => sectionsIn(await getLockSettings(client))),
    schedulers: await told('schedulers', [], () => schedulersOf(client, who)),
    tracking_fields: await told('tracking_fields', [], () => trackingFieldsOf(client)),
  }
  await rows.keepHostSettings(hub.db, {
    workspace_id,
    zoom_user_id,
    connection_id: connection.id,
    ...row,
    unknown,
    asked_at,
  })
}

/** Why Zoom would not say it. What is worth another try is thrown on. */
function refusalWords(error: unknown): string {
  if (!(error instanceof ZoomApiError) || error.status >= 500 || error.status === 401) throw error
  return lackOf(error)?.words ?? error.reason
}

const sectionsIn = (answer: Record<string, unknown>): Sections =>
  Object.fromEntries(
    Object.entries(answer).filter((entry): entry is [string, Record<string, unknown>] => {
      const [, section] = entry
      return typeof section === 'object' && section !== null && !Array.isArray(section)
    }),
  )

async function schedulersOf(client: ZoomClient, who: string): Promise<{ id: string; email: string }[]> {
  const found = []
  for await (const { id, email } of listSchedulers(client, who)) found.push({ id, email: email ?? '' })
  return found
}

async function trackingFieldsOf(client: ZoomClient): Promise<HostTrackingField[]> {
  const found = []
  for await (const each of listTrackingFields(client))
    found.push({
      field: each.field,
      required: each.required ?? false,
      visible: each.visible ?? true,
      recommended_values: each.recommended_values ?? [],
    })
  return found
}

/** A host's settings were changed at Zoom: what is kept of them is marked, so that whoever plans next has them read. */
export async function userSettingsChanged(
  { trx, row }: ReactionContext,
  { payload }: { payload: EventPayload<'user.settings_updated'> },
): Promise<Outcome> {
  const { id } = payload.object
  const marked = id ? await rows.markHostSettingsStale(trx, { workspace_id: row.workspace_id, zoom_user_id: id }) : 0
  return marked > 0 ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'nothing is kept of the user’s settings' }
}

/** The account's settings, or its locks, were changed: that concerns all its hosts. */
export async function accountSettingsChanged({ trx, row }: ReactionContext): Promise<Outcome> {
  const connection = await connectionOfApp(trx, row.zoom_app_id)
  const marked = connection ? await rows.markHostSettingsStale(trx, { connection_id: connection.id }) : 0
  return marked > 0 ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'nothing is kept of any host’s settings' }
}
