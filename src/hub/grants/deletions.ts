import { csv } from '#core/csv.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import { lockConnection, type ConnectionRow } from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import * as rows from '#store/deletions.ts'
import { eraseGrant } from '#store/erase.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import type { EventPayload } from '#zoom/events.ts'
import { reportDataCompliance } from '#zoom/oauth.ts'
import { emit } from '#hub/hub-events.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import type { Deletion, Page, PageQuery } from '#hub/resources.ts'
import { credentials, zoomRuntime } from '#hub/zoom-app.ts'

const day_ms = 86_400_000

/** Zoom allows ten days. Three are left for a server that was down, and for Zoom that does not answer the call that follows. */
const wait_ms = 7 * day_ms

/** When data must go: counted from the end of the consent, but never before now, and not from a time that has yet to come. */
export const dueAt = (deauthorized_at: number, now: number): number =>
  Math.max(now, Math.min(deauthorized_at, now) + wait_ms)

/** Notes that the data of a consent is to be deleted; a new consent within the time calls it off. */
export async function scheduleDeletion(
  hub: Hub,
  trx: Trx,
  row: ConnectionRow,
  notice: EventPayload<'app_deauthorized'>,
  at: Date | undefined,
): Promise<void> {
  const app = await zoomAppById(trx, row.zoom_app_id)
  if (!app || !row.zoom_user_id) return
  const now = hub.runtime.now()
  const deauthorized_at = at ?? new Date(now)
  await rows.insertDeletion(trx, {
    id: newId('deletion', now),
    workspace_id: row.workspace_id,
    zoom_app_id: app.id,
    client_id: app.client_id,
    connection_id: row.id,
    account_id: row.account_id ?? notice.account_id,
    zoom_user_id: row.zoom_user_id,
    notice,
    deauthorized_at,
    due_at: new Date(dueAt(deauthorized_at.getTime(), now)),
    settled_at: null,
    compliance: app.data_compliance || notice.user_data_retention === 'false' ? 'due' : 'not_asked',
    compliance_at: null,
  })
}

/** By the clock: deletes what is due, each by itself, so that one that fails does not hold the others. */
export async function deleteWhatIsDue(hub: Hub): Promise<void> {
  for (const id of await rows.deletionsDue(hub.db, new Date(hub.runtime.now()))) {
    await hub.db
      .transaction()
      .execute((trx) => carryOut(hub, trx, id))
      .catch((error: unknown) =>
        hub.log.error({ err: error, deletion_id: id }, 'data that is due could not be deleted'),
      )
  }
}

async function carryOut(hub: Hub, trx: Trx, id: string): Promise<void> {
  const due = await rows.lockDueDeletion(trx, id)
  if (!due) return
  const settled_at = new Date(hub.runtime.now())
  if ((await lockConnection(trx, due.connection_id))?.state === 'connected')
    return rows.updateDeletion(trx, id, { state: 'cancelled', settled_at })
  const counts = await eraseGrant(trx, due)
  await rows.updateDeletion(trx, id, { state: 'done', settled_at, counts: JSON.stringify(counts) })
  await emit(hub, trx, due.workspace_id, 'webhook', [
    { type: 'connection.erased', payload: { connection_id: due.connection_id } },
  ])
  await insertAudit(trx, {
    workspace_id: due.workspace_id,
    actor: 'hub',
    action: 'connection.erased',
    object_id: due.connection_id,
    detail: { deletion_id: id },
  })
  if (due.compliance === 'due')
    await addJobs(trx, [{ task: 'data_compliance', payload: { deletion_id: id }, key: `data_compliance:${id}` }])
}

/** The job after a deletion that Zoom wants to hear of: it is tried again until Zoom has taken it. */
export async function tellZoomOfDeletion(payload: unknown, hub: Hub): Promise<void> {
  const { deletion_id } = payload as { deletion_id: string }
  const row = await rows.deletionById(hub.db, deletion_id)
  if (row?.compliance !== 'due') return
  const app = await zoomAppById(hub.db, row.zoom_app_id)
  if (!app) return rows.updateDeletion(hub.db, row.id, { compliance: 'app_removed' })
  await reportDataCompliance(zoomRuntime(hub, app), credentials(hub, app), {
    user_id: row.zoom_user_id,
    account_id: row.account_id ?? '',
    deauthorization_event_received: row.notice,
  })
  await rows.updateDeletion(hub.db, row.id, { compliance: 'done', compliance_at: new Date(hub.runtime.now()) })
}

/** What was deleted, and what is yet to be; the oldest first. */
export async function deletions(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, q }: PageQuery & { q?: string | undefined },
): Promise<Page<Deletion>> {
  const after = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(await rows.deletionsOfWorkspace(hub.db, workspace_id, { limit, after, q }), limit, (row) => [
    row.id,
  ])
  return { ...page, items: page.items.map(resource) }
}

/** All of them that fit as a table, for an auditor. */
export async function deletionsCsv(hub: Hub, actor: Actor, q?: string): Promise<string> {
  const items = await everyItem((page) => deletions(hub, actor, { ...page, q }))
  return csv(
    columns,
    items.map((item) => columns.map((name) => (name === 'counts' ? JSON.stringify(item.counts) : item[name]))),
  )
}

const columns = [
  'id',
  'zoom_app_id',
  'client_id',
  'connection_id',
  'account_id',
  'zoom_user_id',
  'state',
  'deauthorized_at',
  'due_at',
  'settled_at',
  'counts',
  'compliance',
  'compliance_at',
] as const satisfies (keyof Deletion)[]

const resource = (row: rows.DeletionRow): Deletion => ({
  id: row.id,
  zoom_app_id: row.zoom_app_id,
  client_id: row.client_id,
  connection_id: row.connection_id,
  account_id: row.account_id,
  zoom_user_id: row.zoom_user_id,
  state: row.state,
  deauthorized_at: row.deauthorized_at.toISOString(),
  due_at: row.due_at.toISOString(),
  settled_at: row.settled_at?.toISOString() ?? null,
  counts: row.counts as Record<string, number>,
  compliance: row.compliance,
  compliance_at: row.compliance_at?.toISOString() ?? null,
})
