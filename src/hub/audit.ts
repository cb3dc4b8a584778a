import { csv } from '#core/csv.ts'
import { auditOfWorkspace, insertAudit, type AuditRow } from '#store/audit.ts'
import type { Trx } from '#store/db.ts'
import { decodeTimeCursor, pageOf } from '#store/page.ts'
import { everyItem } from './every-item.ts'
import type { Actor, Hub } from './hub.ts'
import type { AuditEntry, AuditFilter, Page } from './resources.ts'

/** For integrations: notes in the caller's transaction who did what. */
export const noteAudit = (trx: Trx, { workspace_id, name }: Actor, action: string, object_id: string): Promise<void> =>
  insertAudit(trx, { workspace_id, actor: name, action, object_id })

/** Who did what, newest first. */
export async function auditLog(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, from, to, ...filter }: AuditFilter,
): Promise<Page<AuditEntry>> {
  const key = decodeTimeCursor(cursor)
  const found = await auditOfWorkspace(hub.db, workspace_id, {
    ...filter,
    limit,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    before: key && { at: new Date(key[0] ?? 0), id: key[1] ?? '' },
  })
  const page = pageOf(found, limit, (row) => [row.at.toISOString(), row.id])
  return { ...page, items: page.items.map(resource) }
}

const columns = ['at', 'actor', 'actor_name', 'action', 'object_id', 'detail'] as const

/** All that fit, as a table. */
export async function auditCsv(hub: Hub, actor: Actor, filter: Omit<AuditFilter, 'limit' | 'cursor'>): Promise<string> {
  const items = await everyItem((page) => auditLog(hub, actor, { ...filter, ...page }))
  return csv(
    columns,
    items.map((item) => columns.map((column) => (column === 'detail' ? JSON.stringify(item.detail) : item[column]))),
  )
}

const resource = (row: AuditRow): AuditEntry => ({
  at: row.at.toISOString(),
  actor: row.actor,
  actor_name: row.actor_name,
  action: row.action,
  object_id: row.object_id,
  detail: row.detail as Record<string, unknown>,
})
