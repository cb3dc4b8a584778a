import type { Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type LogoRow = Selectable<Tables['workspace_logo']>

export const logoOf = (db: Db, workspace_id: string): Promise<LogoRow | undefined> =>
  db.selectFrom('workspace_logo').selectAll().where('workspace_id', '=', workspace_id).executeTakeFirst()

export async function saveLogo(db: Db, row: LogoRow): Promise<void> {
  const { workspace_id: _id, ...change } = row
  await db
    .insertInto('workspace_logo')
    .values(row)
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(change))
    .execute()
}

export async function deleteLogo(db: Db, workspace_id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('workspace_logo')
    .where('workspace_id', '=', workspace_id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** How workspaces look: their colour, and since when they have their logo. */
export const looksOf = (
  db: Db,
  workspace_ids: readonly string[],
): Promise<{ id: string; name: string; colour: string | null; logo_at: Date | null }[]> =>
  workspace_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('workspace')
        .leftJoin('workspace_logo', 'workspace_logo.workspace_id', 'workspace.id')
        .select(['workspace.id', 'workspace.name', 'workspace.colour', 'workspace_logo.changed_at as logo_at'])
        .where('workspace.id', 'in', [...workspace_ids])
        .execute()
