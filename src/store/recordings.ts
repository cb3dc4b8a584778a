import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type RecordingRow = Selectable<Tables['recording']>

/** Columns that an event may leave out: what is known stays. */
const optional = [
  'recording_type',
  'file_type',
  'file_extension',
  'file_size',
  'recording_start',
  'recording_end',
  'play_url',
  'download_url',
  'share_url',
  'passcode',
] as const satisfies (keyof RecordingRow)[]

const known = Object.fromEntries(
  optional.map((column) => [column, sql`coalesce(excluded.${sql.id(column)}, recording.${sql.id(column)})`]),
)

/** Inserts or renews one file. Answers its id, undefined when what is stored is newer and nothing changed. */
export async function upsertRecording(db: Db, row: Insertable<Tables['recording']>): Promise<string | undefined> {
  const kept = await db
    .insertInto('recording')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'uuid', 'zoom_file_id'])
        .doUpdateSet({ ...known, state: row.state, changed_at: row.changed_at })
        .where('recording.changed_at', '<=', row.changed_at as Date),
    )
    .returning('id')
    .executeTakeFirst()
  return kept?.id
}

/** The files of runs, of all or of those named, unless newer is known of them. Answers how many. */
export async function changeStates(
  db: Db,
  change: {
    workspace_id: string
    runs: readonly { uuid: string; files: string[] | null }[]
    state: RecordingRow['state']
    changed_at: Date
  },
): Promise<number> {
  const { workspace_id, runs, state, changed_at } = change
  const update = sql`
    update recording set state = ${state}, changed_at = ${changed_at}
    from json_to_recordset(${JSON.stringify(runs)}::json) as run(uuid text, files text[])
    where recording.workspace_id = ${workspace_id} and recording.uuid = run.uuid
      and (run.files is null or recording.zoom_file_id = any(run.files)) and recording.changed_at <= ${changed_at}`
  const { numAffectedRows } = await update.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** Newest first; `before` is the id to continue behind, `q` words in the meeting's topic or the kind of file. */
export const recordingsOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: {
    meeting_id?: string | undefined
    uuid?: string | undefined
    q?: string | undefined
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
    .$if(Boolean(filter.q), (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', recording_type, file_type, (select topic from meeting where meeting.id = recording.meeting_id))
          ilike ${`%${escapeLike(filter.q ?? '')}%`}`,
      ),
    )
    .$if(filter.before !== undefined, (query) => query.where('id', '<', filter.before ?? ''))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()

export const recordingOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<RecordingRow | undefined> =>
  db
    .selectFrom('recording')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()

export async function setVisibility(db: Db, id: string, visibility: RecordingRow['visibility']): Promise<void> {
  await db.updateTable('recording').set({ visibility }).where('id', '=', id).execute()
}

/** Hides it in one place, or no longer. */
export async function setHiddenIn(db: Db, recording_id: string, place_id: string, hidden: boolean): Promise<void> {
  if (hidden)
    await db
      .insertInto('recording_hidden')
      .values({ recording_id, place_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  else
    await db
      .deleteFrom('recording_hidden')
      .where('recording_id', '=', recording_id)
      .where('place_id', '=', place_id)
      .execute()
}

export const hiddenPlacesOf = (
  db: Db,
  recording_ids: readonly string[],
): Promise<Selectable<Tables['recording_hidden']>[]> =>
  recording_ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('recording_hidden')
        .selectAll()
        .where('recording_id', 'in', [...recording_ids])
        .orderBy('place_id')
        .execute()

export const recordingsOfSessions = (db: Db, workspace_id: string, uuids: string[]): Promise<RecordingRow[]> =>
  db.selectFrom('recording').selectAll().where('workspace_id', '=', workspace_id).where('uuid', 'in', uuids).execute()
