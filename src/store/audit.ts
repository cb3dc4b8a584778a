import type { Db } from './db.ts'

export interface AuditEntry {
  workspace_id: string
  /** `key:key_…`, `user:…`, `cli`, `zoom` or `hub`. */
  actor: string
  /** `object.verb`, for example `meeting.created`. */
  action: string
  object_id: string | null
  detail?: Record<string, unknown>
}

export async function insertAudit(db: Db, { detail = {}, ...entry }: AuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({ ...entry, detail: JSON.stringify(detail) })
    .execute()
}
