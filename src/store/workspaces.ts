import { sql, type Selectable, type Updateable } from 'kysely'
import type { Db, Role, Tables } from './db.ts'

export type WorkspaceRow = Selectable<Tables['workspace']>

export const workspaces = (db: Db): Promise<WorkspaceRow[]> =>
  db.selectFrom('workspace').selectAll().orderBy('created_at').execute()

export const workspaceById = (db: Db, id: string): Promise<WorkspaceRow | undefined> =>
  db.selectFrom('workspace').selectAll().where('id', '=', id).executeTakeFirst()

/** Holds the row until the end of the transaction. */
export const lockWorkspace = (trx: Db, id: string): Promise<WorkspaceRow | undefined> =>
  trx.selectFrom('workspace').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export async function updateWorkspace(db: Db, id: string, change: Updateable<Tables['workspace']>): Promise<void> {
  await db.updateTable('workspace').set(change).where('id', '=', id).execute()
}

/** What grows by the month is in tables of its own, which know of no workspace; all else goes with the row. */
const partitioned = ['event', 'delivery', 'audit']

export async function deleteWorkspace(trx: Db, id: string): Promise<void> {
  for (const name of partitioned) await sql`delete from ${sql.table(name)} where workspace_id = ${id}`.execute(trx)
  await trx.deleteFrom('workspace').where('id', '=', id).execute()
}

export const workspaceByName = (db: Db, name: string): Promise<WorkspaceRow | undefined> =>
  db.selectFrom('workspace').selectAll().where('name', '=', name).executeTakeFirst()

/** Inserts the workspace unless one of that name is there, and answers the one that is. */
export async function insertWorkspace(db: Db, row: { id: string; name: string; demo: boolean }): Promise<WorkspaceRow> {
  await db
    .insertInto('workspace')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  return db.selectFrom('workspace').selectAll().where('name', '=', row.name).executeTakeFirstOrThrow()
}

export const memberships = (
  db: Db,
  user_id: string,
): Promise<{ id: string; name: string; demo: boolean; role: Role }[]> =>
  db
    .selectFrom('member')
    .innerJoin('workspace', 'workspace.id', 'member.workspace_id')
    .select(['workspace.id', 'workspace.name', 'workspace.demo', 'member.role'])
    .where('member.user_id', '=', user_id)
    .orderBy('workspace.created_at')
    .execute()

export async function upsertMember(db: Db, row: { workspace_id: string; user_id: string; role: Role }): Promise<void> {
  await db
    .insertInto('member')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet({ role: row.role }))
    .execute()
}

export type ApiKeyRow = Pick<Tables['api_key'], 'id' | 'workspace_id' | 'name' | 'role'>

export async function insertApiKey(db: Db, row: ApiKeyRow & { key_hash: Buffer }): Promise<void> {
  await db
    .insertInto('api_key')
    .values({ ...row, last_used_at: null, revoked_at: null })
    .execute()
}

export const apiKeyByHash = (db: Db, key_hash: Buffer): Promise<ApiKeyRow | undefined> =>
  db
    .selectFrom('api_key')
    .select(['id', 'workspace_id', 'name', 'role'])
    .where('key_hash', '=', key_hash)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()

export async function revokeApiKeyRow(db: Db, workspace_id: string, id: string, revoked_at: Date): Promise<void> {
  await db
    .updateTable('api_key')
    .set({ revoked_at })
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .execute()
}
