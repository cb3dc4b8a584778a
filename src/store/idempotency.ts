import type { Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type IdempotencyRow = Selectable<Tables['idempotency']>

/** Claims a key for a request; undefined when it is new and now ours, else what holds it. */
export async function claimKey(
  db: Db,
  row: { workspace_id: string; key: string; request_digest: Buffer; created_at: Date },
): Promise<IdempotencyRow | undefined> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('idempotency')
    .values({ ...row, taken_at: row.created_at, meeting_id: null })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
    .executeTakeFirst()
  if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return undefined
  return db
    .selectFrom('idempotency')
    .selectAll()
    .where('workspace_id', '=', row.workspace_id)
    .where('key', '=', row.key)
    .executeTakeFirst()
}

/**
 * Takes over, for a retry, a claim whose outcome is unknown, or that has been under way since before `abandoned` (its process
 * was killed); false when another retry was faster, or the first request is still under way.
 */
export async function takeOverKey(db: Db, row: IdempotencyRow, abandoned: Date, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('idempotency')
    .set({ state: 'under_way', taken_at: now })
    .where('workspace_id', '=', row.workspace_id)
    .where('key', '=', row.key)
    .where((where) =>
      where.or([
        where('state', '=', 'unknown'),
        where.and([where('state', '=', 'under_way'), where('taken_at', '<', abandoned)]),
      ]),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function settleKey(
  db: Db,
  workspace_id: string,
  key: string,
  settled: { state: 'unknown' | 'done'; meeting_id: string | null },
): Promise<void> {
  await db
    .updateTable('idempotency')
    .set(settled)
    .where('workspace_id', '=', workspace_id)
    .where('key', '=', key)
    .execute()
}

export async function isClaimed(db: Db, workspace_id: string, key: string): Promise<boolean> {
  const found = await db
    .selectFrom('idempotency')
    .select('key')
    .where('workspace_id', '=', workspace_id)
    .where('key', '=', key)
    .executeTakeFirst()
  return found !== undefined
}

/** Whether another request with a key of its own made this meeting. */
export async function isOfAnotherKey(
  db: Db,
  workspace_id: string,
  key: string,
  zoom_meeting_id: string,
): Promise<boolean> {
  const found = await db
    .selectFrom('idempotency')
    .innerJoin('meeting', 'meeting.id', 'idempotency.meeting_id')
    .select('idempotency.key')
    .where('idempotency.workspace_id', '=', workspace_id)
    .where('idempotency.key', '!=', key)
    .where('meeting.zoom_meeting_id', '=', zoom_meeting_id)
    .executeTakeFirst()
  return found !== undefined
}

export async function releaseKey(db: Db, workspace_id: string, key: string): Promise<void> {
  await db.deleteFrom('idempotency').where('workspace_id', '=', workspace_id).where('key', '=', key).execute()
}

export async function forgetKeys(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('idempotency').where('created_at', '<', before).execute()
}
