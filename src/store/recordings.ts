import type { Insertable, Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type RecordingRow = Selectable<Tables['recording']>

/** Inserts or renews one file; what is older than the row changes nothing. Answers whether anything changed. */
export async function upsertRecording(db: Db, row: Insertable<Tables['recording']>): Promise<boolean> {
  const { id: _id, workspace_id: _workspace, uuid: _uuid, zoom_file_id: _file, ...change } = row
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('recording')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'uuid', 'zoom_file_id'])
        .doUpdateSet(change)
        .where('recording.changed_at', '<=', row.changed_at as Date),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Newest first; `before` is the id to continue behind. */
export const recordingsOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: {
    meeting_id?: string | undefined
    uuid?: string | undefined
    limit: number
    before?: string | undefined
  },
): Promise<RecordingRow[]> =>
  db
    .selectFrom('recording')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(filter.meeting_id !== undefined, (query) => query.where('meeting_id', '=', filter.meeting_id ?? ''))
    .$if(filter.uuid !== undefined, (query) => query.where('uuid', '=', filter.uuid ?? ''))
    .$if(filter.before !== undefined, (query) => query.where('id', '<', filter.before ?? ''))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
