import { sql, type Selectable } from 'kysely'
import type { Db, Tables, Trx } from './db.ts'
import { escapeLike } from './zoom-users.ts'

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

/** Takes off what Zoom's events told of an object since a time about any of these parts, and answers the changes in it. */
export async function takeToldByZoom(
  trx: Trx,
  { workspace_id, object_id, since, parts }: { workspace_id: string; object_id: string; since: Date; parts: string[] },
): Promise<unknown[]> {
  const { rows } = await sql<{ changes: unknown[] }>`
    delete from audit where workspace_id = ${workspace_id} and object_id = ${object_id} and actor = 'zoom' and at >= ${since}
      and exists (select from jsonb_array_elements(detail -> 'changes') change where change ->> 'part' = any(${parts}))
    returning detail -> 'changes' as changes`.execute(trx)
  return rows.flatMap(({ changes }) => changes)
}

/** `actor_name`: what a key is called; null for others. */
export type AuditRow = Selectable<Tables['audit']> & { actor_name: string | null }

/** Newest first. Times are read to the millisecond, as cursors have them. */
export const auditOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: {
    limit: number
    before: { at: Date; id: string } | undefined
    actor?: string | undefined
    action?: string | undefined
    object_id?: string | undefined
    q?: string | undefined
    from?: Date | undefined
    to?: Date | undefined
  },
): Promise<AuditRow[]> =>
  db
    .selectFrom('audit')
    .leftJoin('api_key', (join) =>
      join
        .on(sql<boolean>`audit.actor = 'key:' || api_key.id`)
        .onRef('api_key.workspace_id', '=', 'audit.workspace_id'),
    )
    .selectAll('audit')
    .select([sql<Date>`date_trunc('milliseconds', audit.at)`.as('at'), 'api_key.name as actor_name'])
    .where('audit.workspace_id', '=', workspace_id)
    .$if(filter.actor !== undefined, (query) => query.where('audit.actor', '=', filter.actor ?? ''))
    .$if(filter.action !== undefined, (query) =>
      query.where('audit.action', 'like', `${escapeLike(filter.action ?? '')}%`),
    )
    .$if(filter.object_id !== undefined, (query) => query.where('audit.object_id', '=', filter.object_id ?? ''))
    .$if(filter.q !== undefined, (query) =>
      query.where(
        sql<boolean>`(audit.action || ' ' || coalesce(audit.object_id, '') || ' ' || audit.actor || ' ' ||
          coalesce(api_key.name, '') || ' ' || audit.detail::text) ilike ${`%${escapeLike(filter.q ?? '')}%`}`,
      ),
    )
    .$if(filter.from !== undefined, (query) => query.where('audit.at', '>=', filter.from ?? new Date(0)))
    .$if(filter.to !== undefined, (query) => query.where('audit.at', '<=', filter.to ?? new Date(0)))
    .$if(filter.before !== undefined, (query) =>
      query.where(
        sql<boolean>`(date_trunc('milliseconds', audit.at), audit.id) < (${filter.before?.at}, ${filter.before?.id}::bigint)`,
      ),
    )
    .orderBy(sql`date_trunc('milliseconds', audit.at)`, 'desc')
    .orderBy('audit.id', 'desc')
    .limit(filter.limit + 1)
    .execute() as Promise<AuditRow[]>
