import { sql, type Selectable } from 'kysely'
import type { Pool } from 'pg'
import type { Db, EventState, Tables, Trx } from './db.ts'
import type { ReplayBatch, ReplayRange, ReplayRow } from './replays.ts'
import { escapeLike } from './zoom-users.ts'

export type EventRow = Selectable<Tables['event']>

/** An event as it is to be stored; `event_ts` is epoch ms, the digest is in hex. */
export interface NewEvent {
  id: string
  workspace_id: string
  zoom_app_id: string
  event_ts: number
  digest: string
  event: string
  account_id: string | null
  subject: string
  body: string
}

/**
 * Stores events, each once, and adds one job for each subject that has news: one statement and so one commit. Answers
 * how many were new. The jobs are added in the order of their keys, so that two processes never wait for each other.
 */
export async function insertEvents(pool: Pool, events: readonly NewEvent[]): Promise<number> {
  const column = <Key extends keyof NewEvent>(key: Key): NewEvent[Key][] => events.map((event) => event[key])
  const { rows } = await pool.query<{ stored: string }>({
    // With a name PostgreSQL reads and plans it once for each connection.
    name: 'insert_events',
    text: insert,
    values: [
      column('id').join(),
      column('workspace_id'),
      column('zoom_app_id'),
      column('event_ts'),
      column('digest').join(),
      column('event').join(),
      column('account_id'),
      column('subject'),
      column('body').join(recordSeparator),
    ],
  })
  return Number(rows[0]?.stored ?? 0)
}

/**
 * JSON has no control character but escaped, so this one parts texts of JSON, as in RFC 7464. As an array, every quote in
 * every body would have to be escaped first. Ids, digests and names of events hold no comma.
 */
const recordSeparator = '\u001e'

const insert = `
  with stored as (
    insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body)
    select id, workspace_id, zoom_app_id, to_timestamp(event_ts / 1000), decode(digest, 'hex'), event, account_id, subject, body
    from unnest(
      string_to_array($1, ','), $2::text[], $3::text[], $4::float8[], string_to_array($5, ','), string_to_array($6, ','),
      $7::text[], $8::text[], string_to_array($9, E'\\x1e'))
      as new (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body)
    on conflict do nothing
    returning workspace_id, subject
  ), subject as (
    select distinct workspace_id, subject from stored
  )
  select (select count(*) from stored) as stored,
    (select add_inbox_jobs(array_agg(workspace_id), array_agg(subject)) from subject having count(*) > 0) as jobs`

/**
 * The oldest event of a subject that nothing has come of yet, by Zoom's time; it is held until the transaction ends. Those of an app
 * that is switched off go on waiting, but for the end of a consent: what it brought must be deleted within days, whoever waits.
 */
export const nextWaitingEvent = (db: Db, workspace_id: string, subject: string): Promise<EventRow | undefined> =>
  db
    .selectFrom('event')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('subject', '=', subject)
    .where('state', '=', 'waiting')
    .where(
      sql<boolean>`(event = 'app_deauthorized'
        or not exists (select from zoom_app where zoom_app.id = event.zoom_app_id and zoom_app.state = 'off'))`,
    )
    .orderBy('event_ts')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()

/** What events of an app still wait, by their subjects. */
export const waitingSubjects = (db: Db, zoom_app_id: string): Promise<{ workspace_id: string; subject: string }[]> =>
  db
    .selectFrom('event')
    .select(['workspace_id', 'subject'])
    .distinct()
    .where('zoom_app_id', '=', zoom_app_id)
    .where('state', '=', 'waiting')
    .execute()

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

/** What of a workspace's events a replay is about: all that came to an end before it was asked for. */
const inReplay = ({ workspace_id, range_from, range_to, ended_as, event, created_at }: ReplayRange) => sql<boolean>`
  workspace_id = ${workspace_id} and event_ts >= ${range_from} and event_ts <= ${range_to} and state <> 'waiting'
  and settled_at <= ${created_at} and (${ended_as}::text is null or state = ${ended_as})
  and (${event}::text is null or event = ${event})`

export async function countEvents(db: Db, range: ReplayRange): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from event where ${inReplay(range)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Lets the next events of a replay wait again, as if they were new, and adds the jobs that take them up. */
export async function replayNextEvents(trx: Trx, replay: ReplayRow, limit: number): Promise<ReplayBatch> {
  const { rows } = await sql<{ id: string; at: Date; subject: string }>`
    with next as (
      select event_ts, digest, zoom_app_id, workspace_id from event
      where ${inReplay(replay)} and (${replay.last_at}::timestamptz is null or (event_ts, id) > (${replay.last_at}, ${replay.last_id}))
      order by event_ts, id limit ${limit} for update
    ), again as (
      update event set state = 'waiting', reason = null, settled_at = null, attempts = 0, retry_at = null, replay_id = ${replay.id}
      from next where event.event_ts = next.event_ts and event.digest = next.digest
        and event.zoom_app_id = next.zoom_app_id and event.workspace_id = next.workspace_id
      returning event.id, event.event_ts as at, event.subject
    ) select * from again order by at, id`.execute(trx)
  const subjects = [...new Set(rows.map(({ subject }) => subject))]
  if (subjects.length > 0)
    await sql`select add_inbox_jobs(${subjects.map(() => replay.workspace_id)}::text[], ${subjects}::text[])`.execute(
      trx,
    )
  return { rows: rows.length, last: rows.at(-1) }
}
