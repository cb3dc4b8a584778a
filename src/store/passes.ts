import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type PassRow = Selectable<Tables['pass']>

export async function insertPass(db: Db, row: Insertable<Tables['pass']>): Promise<void> {
  await db.insertInto('pass').values(row).execute()
}

export const passByTicket = (db: Db, ticket_hash: Buffer): Promise<PassRow | undefined> =>
  db.selectFrom('pass').selectAll().where('ticket_hash', '=', ticket_hash).executeTakeFirst()

export async function revokePasses(
  db: Db,
  workspace_id: string,
  of: { placement_id: string } | { person_id: string; meeting_id: string },
  revoked_at: Date,
): Promise<void> {
  await db
    .updateTable('pass')
    .set({ revoked_at })
    .where('workspace_id', '=', workspace_id)
    .where('revoked_at', 'is', null)
    .where((where) => where.and(of))
    .execute()
}

/** Whose passes these are, for those that are somebody's. */
export const personsOfPasses = (
  db: Db,
  workspace_id: string,
  ids: string[],
): Promise<{ id: string; person_id: string | null }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('pass')
        .select(['id', 'person_id'])
        .where('workspace_id', '=', workspace_id)
        .where('id', 'in', ids)
        .execute()
