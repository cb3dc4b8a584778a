import { sql, type Insertable, type Updateable } from 'kysely'
import type { Db, Trx } from '#store/db.ts'
import { pageSize, type Cursor } from '#integrations/bots/contract/page.ts'
import {
  tablesOf,
  type BotEventRow,
  type BotParticipantRow,
  type BotRow,
  type BotTables,
} from '#integrations/bots/tables.ts'
import type { BotState } from './states.ts'

export interface BotFilter {
  meeting_url?: string | undefined
  deduplication_key?: string | undefined
  states?: BotState[] | undefined
  join_at_after?: Date | undefined
  join_at_before?: Date | undefined
}

/** Oldest first; one more than a page. */
export const botsFrom = (
  db: Db,
  workspace_id: string,
  { meeting_url, deduplication_key, states, join_at_after, join_at_before }: BotFilter,
  cursor: Cursor | undefined,
): Promise<BotRow[]> => {
  const back = cursor?.back ?? false
  return tablesOf(db)
    .selectFrom('bot_bot')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(cursor !== undefined, (query) => query.where('id', back ? '<' : '>', cursor?.id ?? ''))
    .$if(meeting_url !== undefined, (query) => query.where('meeting_url', '=', meeting_url ?? ''))
    .$if(deduplication_key !== undefined, (query) => query.where('deduplication_key', '=', deduplication_key ?? ''))
    .$if(states !== undefined, (query) => query.where('state', 'in', states ?? []))
    .$if(join_at_after !== undefined, (query) => query.where('join_at', '>', join_at_after ?? null))
    .$if(join_at_before !== undefined, (query) => query.where('join_at', '<', join_at_before ?? null))
    .orderBy('id', back ? 'desc' : 'asc')
    .limit(pageSize + 1)
    .execute()
}

export const botOf = (db: Db, workspace_id: string, id: string): Promise<BotRow | undefined> =>
  tablesOf(db)
    .selectFrom('bot_bot')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()

/** For the runner and for jobs, which know a bot by its id and have no workspace yet. */
export const botById = (db: Db, id: string): Promise<BotRow | undefined> =>
  tablesOf(db).selectFrom('bot_bot').selectAll().where('id', '=', id).executeTakeFirst()

/** The row, held until the transaction ends: what happens to a bot happens one after another. */
export const lockBot = (trx: Trx, id: string): Promise<BotRow | undefined> =>
  tablesOf(trx).selectFrom('bot_bot').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** Inserts the bot unless its deduplication key is in use; answers whether it was inserted. */
export async function insertBot(trx: Trx, row: Insertable<BotTables['bot_bot']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tablesOf(trx)
    .insertInto('bot_bot')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'deduplication_key'])
        .where(sql<boolean>`state not in ('ended', 'fatal_error')`)
        .doNothing(),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function updateBot(db: Db | Trx, id: string, change: Updateable<BotTables['bot_bot']>): Promise<void> {
  await tablesOf(db).updateTable('bot_bot').set(change).where('id', '=', id).execute()
}

export async function deleteBotRow(db: Db | Trx, id: string): Promise<void> {
  await tablesOf(db).deleteFrom('bot_bot').where('id', '=', id).execute()
}

export async function insertEvent(trx: Trx, row: Insertable<BotTables['bot_event']>): Promise<void> {
  await tablesOf(trx).insertInto('bot_event').values(row).execute()
}

export const eventsOf = (db: Db | Trx, bot_ids: string[]): Promise<BotEventRow[]> =>
  bot_ids.length === 0
    ? Promise.resolve([])
    : tablesOf(db).selectFrom('bot_event').selectAll().where('bot_id', 'in', bot_ids).orderBy('id').execute()

export const participantsFrom = (
  db: Db,
  bot_id: string,
  filter: { is_host?: boolean | undefined; uuid?: string | undefined },
  cursor: Cursor | undefined,
): Promise<BotParticipantRow[]> => {
  const back = cursor?.back ?? false
  return tablesOf(db)
    .selectFrom('bot_participant')
    .selectAll()
    .where('bot_id', '=', bot_id)
    .$if(cursor !== undefined, (query) => query.where('uuid', back ? '<' : '>', cursor?.id ?? ''))
    .$if(filter.is_host !== undefined, (query) => query.where('is_host', '=', filter.is_host ?? false))
    .$if(filter.uuid !== undefined, (query) => query.where('uuid', '=', filter.uuid ?? ''))
    .orderBy('uuid', back ? 'desc' : 'asc')
    .limit(pageSize + 1)
    .execute()
}

export async function keepParticipants(trx: Trx, rows: BotParticipantRow[]): Promise<void> {
  if (rows.length === 0) return
  await tablesOf(trx)
    .insertInto('bot_participant')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['bot_id', 'uuid']).doUpdateSet((excluded) => ({
        name: excluded.ref('excluded.name'),
        user_uuid: excluded.ref('excluded.user_uuid'),
        is_host: excluded.ref('excluded.is_host'),
      })),
    )
    .execute()
}
