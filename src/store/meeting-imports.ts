import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, ImportRowState, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type ImportRow = Selectable<Tables['meeting_import']>
export type ImportLine = Selectable<Tables['meeting_import_row']>
/** A row beside the meeting that came of it. */
export type ImportLineWithMeeting = ImportLine & {
  zoom_meeting_id: string | null
  topic: string | null
  host_email: string | null
  join_url: string | null
}

/** Rows of which something is left to do. */
export const openStates = ['waiting', 'will_create', 'will_find', 'will_place'] as const satisfies ImportRowState[]

const isOpen = sql<boolean>`meeting_import_row.state in ('waiting', 'will_create', 'will_find', 'will_place')`

export async function insertImport(
  db: Db,
  row: Insertable<Tables['meeting_import']>,
  lines: readonly Pick<ImportLine, 'line' | 'asked' | 'state' | 'message'>[],
): Promise<void> {
  await db.insertInto('meeting_import').values(row).execute()
  // As one value: a statement takes 65,535 parameters at the most.
  await sql`insert into meeting_import_row (import_id, line, asked, state, message)
    select ${row.id}, line, asked, state, message
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as each(line int, asked jsonb, state text, message text)`.execute(
    db,
  )
}

export const importById = (db: Db, id: string): Promise<ImportRow | undefined> =>
  db.selectFrom('meeting_import').selectAll().where('id', '=', id).executeTakeFirst()

export const importOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<ImportRow | undefined> =>
  db
    .selectFrom('meeting_import')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()

/** Newest first. */
export const importsOfWorkspace = (
  db: Db,
  workspace_id: string,
  { limit, before }: { limit: number; before: string | undefined },
): Promise<ImportRow[]> =>
  db
    .selectFrom('meeting_import')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()

/** False when it is in none of these states any more: somebody else was faster. */
export async function moveImport(
  db: Db,
  id: string,
  from: readonly ImportRow['state'][],
  change: Updateable<Tables['meeting_import']>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('meeting_import')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** How many rows are in which state. */
export const countImportRows = (
  db: Db,
  ids: readonly string[],
): Promise<{ import_id: string; state: ImportRowState; rows: number }[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('meeting_import_row')
        .select(['import_id', 'state', sql<number>`count(*)::int`.as('rows')])
        .where('import_id', 'in', [...ids])
        .groupBy(['import_id', 'state'])
        .execute()

/** The next rows to work on, in their order: of an import that is being checked, those of which nothing is known yet. */
export const nextImportRows = (
  db: Db,
  import_id: string,
  { checking, now, limit }: { checking: boolean; now: Date; limit: number },
): Promise<ImportLine[]> =>
  db
    .selectFrom('meeting_import_row')
    .selectAll()
    .where('import_id', '=', import_id)
    .where(isOpen)
    .$if(checking, (query) => query.where('state', '=', 'waiting'))
    .where(sql<boolean>`(not_before is null or not_before <= ${now})`)
    .orderBy('line')
    .limit(limit)
    .execute()

/** Of the rows that are left the one that may be tried first; undefined when none is left. */
export const firstOpenRow = (
  db: Db,
  import_id: string,
  { checking }: { checking: boolean },
): Promise<Pick<ImportLine, 'not_before' | 'message'> | undefined> =>
  db
    .selectFrom('meeting_import_row')
    .select(['not_before', 'message'])
    .where('import_id', '=', import_id)
    .where(isOpen)
    .$if(checking, (query) => query.where('state', '=', 'waiting'))
    .orderBy(sql`not_before nulls first`)
    .orderBy('line')
    .limit(1)
    .executeTakeFirst()

/** What became of a row. What is done needs its passcode no more. */
export async function settleImportRow(
  db: Db,
  { import_id, line }: Pick<ImportLine, 'import_id' | 'line'>,
  { state, message, asked, meeting_id }: Pick<ImportLine, 'state' | 'message' | 'asked' | 'meeting_id'>,
): Promise<void> {
  const { password: _password, ...rest } = asked
  const isLeft = openStates.some((each) => each === state)
  await db
    .updateTable('meeting_import_row')
    .set({ state, message, meeting_id, not_before: null, asked: JSON.stringify(isLeft ? asked : rest) as never })
    .where('import_id', '=', import_id)
    .where('line', '=', line)
    .where(isOpen)
    .execute()
}

/** A row waits; with `host` (null: of rows that name none) all rows of that host do. */
export async function postponeImportRows(
  db: Db,
  { import_id, line }: Pick<ImportLine, 'import_id' | 'line'>,
  { until, message, host, tries = 0 }: { until: Date; message: string; host?: string | null; tries?: number },
): Promise<void> {
  await db
    .updateTable('meeting_import_row')
    .set({ not_before: until, message, tries: sql<number>`tries + ${tries}` })
    .where('import_id', '=', import_id)
    .where(isOpen)
    .$if(host === undefined, (query) => query.where('line', '=', line))
    .$if(host !== undefined, (query) =>
      query.where(sql<boolean>`lower(asked->>'host') is not distinct from lower(${host ?? null}::text)`),
    )
    .execute()
}

export const importRows = (
  db: Db,
  import_id: string,
  filter: { state?: ImportRowState | undefined; q?: string | undefined; limit: number; after: number | undefined },
): Promise<ImportLineWithMeeting[]> =>
  db
    .selectFrom('meeting_import_row')
    .leftJoin('meeting', 'meeting.id', 'meeting_import_row.meeting_id')
    .selectAll('meeting_import_row')
    .select(['meeting.zoom_meeting_id', 'meeting.topic', 'meeting.host_email', 'meeting.join_url'])
    .where('meeting_import_row.import_id', '=', import_id)
    .$if(filter.after !== undefined, (query) => query.where('meeting_import_row.line', '>', filter.after ?? 0))
    .$if(filter.state !== undefined, (query) => query.where('meeting_import_row.state', '=', filter.state ?? 'waiting'))
    .$if(filter.q !== undefined, (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', meeting.topic, meeting.zoom_meeting_id, meeting.host_email, asked->>'topic', asked->>'host',
          asked->>'zoom_meeting_id', message) ilike ${`%${escapeLike(filter.q ?? '')}%`}`,
      ),
    )
    .orderBy('meeting_import_row.line')
    .limit(filter.limit + 1)
    .execute()

/** A meeting like a new one that is asked for, which is here already. */
export const meetingLike = (
  db: Db,
  workspace_id: string,
  { topic, host, start_time }: { topic: string; host: string; start_time: Date },
): Promise<{ id: string; zoom_meeting_id: string } | undefined> =>
  db
    .selectFrom('meeting')
    .select(['id', 'zoom_meeting_id'])
    .where('workspace_id', '=', workspace_id)
    // As the index has it.
    .where(sql`coalesce(start_time, created_at)`, '=', start_time)
    .where('topic', '=', topic)
    .where('start_time', 'is not', null)
    .where('state', 'not in', ['gone', 'cancelled'])
    .where(sql<boolean>`(lower(host_email) = lower(${host}) or host_id = ${host})`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()

export async function forgetImports(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('meeting_import').where('created_at', '<', before).execute()
}
