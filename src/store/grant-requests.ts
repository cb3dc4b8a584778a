import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type GrantRequestRow = Selectable<Tables['grant_request']>

/** Keeps a consent that was begun. */
export async function insertGrantRequest(
  db: Db,
  row: Insertable<Omit<Tables['grant_request'], 'data' | 'used_at'>> & { data: unknown },
): Promise<void> {
  await db
    .insertInto('grant_request')
    .values({ ...row, data: JSON.stringify(row.data), used_at: null })
    .execute()
}

export const grantRequestByState = (db: Db, state_hash: Buffer): Promise<GrantRequestRow | undefined> =>
  db.selectFrom('grant_request').selectAll().where('state_hash', '=', state_hash).executeTakeFirst()

/** Takes it, once: false when another request was faster. */
export async function useGrantRequest(db: Db, state_hash: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('grant_request')
    .set({ used_at: now })
    .where('state_hash', '=', state_hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Forgets what ended before; a while after the end its owner is still told what went wrong. */
export async function forgetGrantRequests(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('grant_request').where('expires_at', '<', before).execute()
}
