import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type ApiKey = Pick<
  Selectable<Tables['api_key']>,
  'id' | 'name' | 'role' | 'created_at' | 'last_used_at' | 'revoked_at'
>

/** Newest first; `before` is the id to continue behind. */
export const apiKeysOfWorkspace = (
  db: Db,
  workspace_id: string,
  {
    limit,
    before,
    revoked,
    q,
  }: { limit: number; before: string | undefined; revoked: boolean; q?: string | undefined },
): Promise<ApiKey[]> =>
  db
    .selectFrom('api_key')
    .select(['id', 'name', 'role', 'created_at', 'last_used_at', 'revoked_at'])
    .where('workspace_id', '=', workspace_id)
    .$if(!revoked, (query) => query.where('revoked_at', 'is', null))
    .$if(Boolean(q), (query) => query.where('name', 'ilike', `%${escapeLike(q ?? '')}%`))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()

export const apiKeyOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<ApiKey | undefined> =>
  db
    .selectFrom('api_key')
    .select(['id', 'name', 'role', 'created_at', 'last_used_at', 'revoked_at'])
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()

/** To the minute: a busy key would have its row written by every request. */
export async function usedApiKey(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable('api_key')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where(sql<boolean>`(last_used_at is null or last_used_at < ${at}::timestamptz - interval '1 minute')`)
    .execute()
}
