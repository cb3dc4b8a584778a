import type { Db } from './db.ts'

/** Uses a pass by what was issued at `issued_at`. False when it was used since: what was issued before is good no more. */
export async function usePassSince(db: Db, id: string, issued_at: Date, now: Date): Promise<boolean> {
  const result = await db
    .updateTable('pass')
    .set({ used_at: now })
    .where('id', '=', id)
    .where((where) => where.or([where('used_at', 'is', null), where('used_at', '<', issued_at)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
