import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type ReplayRow = Selectable<Tables['replay']>

/** Which events or deliveries it is about. */
export type ReplayRange = Pick<
  ReplayRow,
  'workspace_id' | 'subscription_id' | 'range_from' | 'range_to' | 'ended_as' | 'event' | 'created_at'
>

/** How many wait again, and the last of them: by its time, then its id. */
export interface ReplayBatch {
  rows: number
  last: { id: string; at: Date } | undefined
}

export async function insertReplay(db: Db, row: Insertable<Tables['replay']>): Promise<void> {
  await db.insertInto('replay').values(row).execute()
}

/** Held until the transaction ends: what is handed over and how far it is are written together, or not at all. */
export const lockReplay = (db: Db, id: string): Promise<ReplayRow | undefined> =>
  db.selectFrom('replay').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const replayOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<ReplayRow | undefined> =>
  db.selectFrom('replay').selectAll().where('workspace_id', '=', workspace_id).where('id', '=', id).executeTakeFirst()

/** Newest first. */
export const replaysOfWorkspace = (
  db: Db,
  workspace_id: string,
  { limit, before, of }: { limit: number; before: string | undefined; of: 'events' | 'deliveries' | undefined },
): Promise<ReplayRow[]> =>
  db
    .selectFrom('replay')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(of === 'events', (query) => query.where('subscription_id', 'is', null))
    .$if(of === 'deliveries', (query) => query.where('subscription_id', 'is not', null))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()

export async function updateReplay(db: Db, id: string, change: Updateable<Tables['replay']>): Promise<void> {
  await db.updateTable('replay').set(change).where('id', '=', id).execute()
}

/** False when it is not in this state any more: somebody else was faster. */
export async function moveReplay(
  db: Db,
  id: string,
  from: ReplayRow['state'],
  change: Updateable<Tables['replay']>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('replay')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Of what was handed over, how many still wait, and how many are dead again. */
export async function countReplayed(
  db: Db,
  { id, subscription_id }: Pick<ReplayRow, 'id' | 'subscription_id'>,
): Promise<{ waiting: number; failed: number }> {
  const table = sql.table(subscription_id === null ? 'event' : 'delivery')
  const { rows } = await sql<{ waiting: number; failed: number }>`
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'dead')::int as failed
    from ${table} where replay_id = ${id} and state in ('waiting', 'dead')`.execute(db)
  return rows[0] ?? { waiting: 0, failed: 0 }
}

export async function forgetReplays(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('replay').where('created_at', '<', before).where('state', '<>', 'running').execute()
}
