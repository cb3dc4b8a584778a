import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type SummaryRow = Selectable<Tables['summary']>

/** Inserts or renews the summary of a run. Answers its id, undefined when what is stored is newer and nothing changed. */
export async function upsertSummary(db: Db, row: Insertable<Tables['summary']>): Promise<string | undefined> {
  const kept = await db
    .insertInto('summary')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'uuid'])
        .doUpdateSet({
          title: row.title,
          content: sql`coalesce(excluded.content, summary.content)`,
          doc_url: sql`coalesce(excluded.doc_url, summary.doc_url)`,
          state: row.state,
          changed_at: row.changed_at,
        })
        .where('summary.changed_at', '<=', row.changed_at as Date),
    )
    .returning('id')
    .executeTakeFirst()
  return kept?.id
}

/** Of one that is deleted the text goes, too. Answers the row, undefined when none is known or what is known is newer. */
export const changeSummaryState = (
  db: Db,
  change: Pick<SummaryRow, 'workspace_id' | 'uuid' | 'state' | 'changed_at'>,
): Promise<SummaryRow | undefined> =>
  db
    .updateTable('summary')
    .set({
      state: change.state,
      changed_at: change.changed_at,
      ...(change.state === 'deleted' ? { title: '', content: null, doc_url: null } : {}),
    })
    .where('workspace_id', '=', change.workspace_id)
    .where('uuid', '=', change.uuid)
    .where('changed_at', '<=', change.changed_at)
    .returningAll()
    .executeTakeFirst()

/** Newest first; `before` is the id to continue behind, `q` words in the summary or the meeting's topic. */
export const summariesOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: {
    meeting_id?: string | undefined
    uuid?: string | undefined
    q?: string | undefined
    limit: number
    before?: string | undefined
  },
): Promise<SummaryRow[]> =>
  db
    .selectFrom('summary')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(filter.meeting_id !== undefined, (query) => query.where('meeting_id', '=', filter.meeting_id ?? ''))
    .$if(filter.uuid !== undefined, (query) => query.where('uuid', '=', filter.uuid ?? ''))
    .$if(Boolean(filter.q), (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', title, content, (select topic from meeting where meeting.id = summary.meeting_id))
          ilike ${`%${escapeLike(filter.q ?? '')}%`}`,
      ),
    )
    .$if(filter.before !== undefined, (query) => query.where('id', '<', filter.before ?? ''))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()

/** Of these runs those whose summary is known, whatever became of it. */
export async function runsWithSummary(db: Db, workspace_id: string, uuids: string[]): Promise<Set<string>> {
  if (uuids.length === 0) return new Set()
  const rows = await db
    .selectFrom('summary')
    .select('uuid')
    .where('workspace_id', '=', workspace_id)
    .where('uuid', 'in', uuids)
    .execute()
  return new Set(rows.map(({ uuid }) => uuid))
}
