import { sql, type Selectable } from 'kysely'
import type { Db, EventState, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type EventRow = Selectable<Tables['event']>
export type NewEvent = Pick<
  EventRow,
  'id' | 'workspace_id' | 'zoom_app_id' | 'event_ts' | 'digest' | 'event' | 'account_id' | 'subject' | 'body'
>

/**
 * Stores events, each once, and adds one job for each subject that has news: one statement and so one commit. Answers
 * how many were new. The jobs are added in the order of their keys, so that two processes never wait for each other.
 */
export async function insertEvents(db: Db, events: readonly NewEvent[]): Promise<number> {
  const column = <Key extends keyof NewEvent>(key: Key): NewEvent[Key][] => events.map((event) => event[key])
  const { rows } = await sql<{ stored: string }>`
    with stored as (
      insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body)
      select * from unnest(
        ${column('id')}::text[], ${column('workspace_id')}::text[], ${column('zoom_app_id')}::text[],
        ${column('event_ts')}::timestamptz[], ${column('digest')}::bytea[], ${column('event')}::text[],
        ${column('account_id')}::text[], ${column('subject')}::text[],
        string_to_array(${column('body').join(recordSeparator)}, ${recordSeparator}))
      on conflict do nothing
      returning workspace_id, subject
    ), subject as (
      select distinct workspace_id, subject from stored
    ), job as (
      select graphile_worker.add_jobs(array_agg(
        ('inbox', json_build_object('workspace_id', workspace_id, 'subject', subject),
         'inbox:' || workspace_id || ':' || subject, null, null, 'inbox:' || workspace_id || ':' || subject, null, null
        )::graphile_worker.job_spec order by workspace_id, subject), true)
      from subject having count(*) > 0
    )
    select (select count(*) from stored) as stored, (select count(*) from job) as jobs`.execute(db)
  return Number(rows[0]?.stored ?? 0)
}

/**
 * JSON has no control character but escaped, so this one parts texts of JSON, as in RFC 7464. As an array, every quote in
 * every body would have to be escaped first.
 */
const recordSeparator = '\u001e'

/** The oldest event of a subject that nothing has come of yet, by Zoom's time; it is held until the transaction ends. */
export const nextWaitingEvent = (db: Db, workspace_id: string, subject: string): Promise<EventRow | undefined> =>
  db
    .selectFrom('event')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('subject', '=', subject)
    .where('state', '=', 'waiting')
    .orderBy('event_ts')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** One handler at a time for a subject, even while a worker that was given up for dead still runs. */
export async function lockSubject(db: Db, workspace_id: string, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${workspace_id}:${subject}`}, 0))`.execute(db)
}

type EventKey = Pick<EventRow, 'workspace_id' | 'zoom_app_id' | 'event_ts' | 'digest'>

export async function settleEvent(
  db: Db,
  key: EventKey,
  change: {
    state: EventState
    reason: string | null
    settled_at: Date | null
    attempts?: number
    retry_at?: Date | null
  },
): Promise<void> {
  await db
    .updateTable('event')
    .set(change)
    .where('workspace_id', '=', key.workspace_id)
    .where('zoom_app_id', '=', key.zoom_app_id)
    .where('event_ts', '=', key.event_ts)
    .where('digest', '=', key.digest)
    .execute()
}

export const eventOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<EventRow | undefined> =>
  db.selectFrom('event').selectAll().where('workspace_id', '=', workspace_id).where('id', '=', id).executeTakeFirst()

export interface EventQuery {
  state?: EventState | undefined
  event?: string | undefined
  zoom_app_id?: string | undefined
  subject?: string | undefined
  q?: string | undefined
  limit: number
  /** Id to continue behind; the newest come first. */
  before?: string | undefined
}

export const eventsOfWorkspace = (db: Db, workspace_id: string, filter: EventQuery): Promise<EventRow[]> =>
  db
    .selectFrom('event')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state ?? 'waiting'))
    .$if(filter.event !== undefined, (query) => query.where('event', '=', filter.event ?? ''))
    .$if(filter.zoom_app_id !== undefined, (query) => query.where('zoom_app_id', '=', filter.zoom_app_id ?? ''))
    .$if(filter.subject !== undefined, (query) => query.where('subject', '=', filter.subject ?? ''))
    .$if(filter.q !== undefined, (query) => query.where('body', 'ilike', `%${escapeLike(filter.q ?? '')}%`))
    .$if(filter.before !== undefined, (query) => query.where('id', '<', filter.before ?? ''))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
