import { sql, type Selectable, type Updateable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type SessionRow = Selectable<Tables['session']>
export type SessionOfMeeting = SessionRow & { zoom_meeting_id: string }

export const lockSession = (db: Db, workspace_id: string, uuid: string): Promise<SessionRow | undefined> =>
  db
    .selectFrom('session')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('uuid', '=', uuid)
    .forUpdate()
    .executeTakeFirst()

export async function insertSession(
  db: Db,
  row: Pick<SessionRow, 'workspace_id' | 'uuid' | 'meeting_id' | 'topic' | 'host_id' | 'started_at'>,
): Promise<SessionRow> {
  return db
    .insertInto('session')
    .values({ ...row, ended_at: null, report_reason: null, report_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()
}

export async function updateSession(
  db: Db,
  workspace_id: string,
  uuid: string,
  change: Updateable<Tables['session']>,
): Promise<void> {
  await db
    .updateTable('session')
    .set(change)
    .where('workspace_id', '=', workspace_id)
    .where('uuid', '=', uuid)
    .execute()
}

const sessionsWithMeeting = (db: Db) =>
  db
    .selectFrom('session')
    .innerJoin('meeting', 'meeting.id', 'session.meeting_id')
    .selectAll('session')
    .select('meeting.zoom_meeting_id')

export const sessionOfWorkspace = (db: Db, workspace_id: string, uuid: string): Promise<SessionOfMeeting | undefined> =>
  sessionsWithMeeting(db)
    .where('session.workspace_id', '=', workspace_id)
    .where('session.uuid', '=', uuid)
    .executeTakeFirst()

/** Newest first; `after` is [time in ISO, uuid] to continue behind. */
export const sessionsOfMeetingRow = (
  db: Db,
  meeting_id: string,
  page: { limit: number; after: string[] | undefined },
): Promise<SessionOfMeeting[]> =>
  sessionsWithMeeting(db)
    .where('session.meeting_id', '=', meeting_id)
    .$if(page.after !== undefined, (query) =>
      query.where(
        sql<boolean>`(coalesce(session.started_at, 'epoch'), session.uuid) < (${page.after?.[0]}, ${page.after?.[1]})`,
      ),
    )
    .orderBy(sql`coalesce(session.started_at, 'epoch')`, 'desc')
    .orderBy('session.uuid', 'desc')
    .limit(page.limit + 1)
    .execute()

export async function countOpenSessions(db: Db, meeting_id: string): Promise<number> {
  const { open } = await db
    .selectFrom('session')
    .select(({ fn }) => fn.countAll<string>().as('open'))
    .where('meeting_id', '=', meeting_id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(open)
}

/** A host of runs that have no file, and may have been recorded. */
export interface WithoutRecordings {
  workspace_id: string
  connection_id: string
  host_id: string
  uuids: string[]
  /** From the first of these runs to the last. */
  since: Date
  until: Date
}

/**
 * Hosts of runs that ended in a span and have no file, those of the oldest runs first. A run that was recorded by what Zoom sent, or
 * records by itself, is in it every time; one of which that is not known once when it has come into the span, and once more when it is
 * three days old. It is known where the app hears of every recording that begins, or the host has no cloud recording.
 */
export async function sessionsToLookForRecordings(
  db: Db,
  { since, until, now }: { since: Date; until: Date; now: Date },
  limit: number,
): Promise<WithoutRecordings[]> {
  const { rows } = await sql<WithoutRecordings>`
    select session.workspace_id, meeting.connection_id, session.host_id, array_agg(session.uuid) as uuids,
      min(coalesce(session.started_at, session.ended_at)) as since, max(session.ended_at) as until
    from session join meeting on meeting.id = session.meeting_id join connection on connection.id = meeting.connection_id
    left join host_settings on host_settings.workspace_id = session.workspace_id and host_settings.zoom_user_id = session.host_id
    where session.ended_at between ${since} and ${until} and session.host_id <> '' and connection.state = 'connected'
      and not exists (select from recording
        where recording.workspace_id = session.workspace_id and recording.uuid = session.uuid)
      and (meeting.settings ->> 'auto_recording' = 'cloud'
        or exists (select from event
          where event.workspace_id = session.workspace_id and event.subject = meeting.zoom_meeting_id::text
            and event.event = 'recording.started'
            and event.event_ts between session.started_at - interval '1 minute' and session.ended_at + interval '1 minute')
        or ((session.recordings_asked_at is null
            or (session.recordings_asked_at < session.ended_at + interval '3 days'
              and session.ended_at + interval '3 days' <= ${now}))
          and host_settings.settings -> 'recording' -> 'cloud_recording' is distinct from 'false'
          and not exists (select from app_event
            where app_event.zoom_app_id = connection.zoom_app_id and app_event.event = 'recording.started'
              and app_event.last_at > ${now}::timestamptz - interval '30 days')))
    group by session.workspace_id, meeting.connection_id, session.host_id
    order by min(session.ended_at), session.host_id limit ${limit}`.execute(db)
  return rows
}

export async function recordingsAsked(
  db: Db,
  { workspace_id, uuids }: Pick<WithoutRecordings, 'workspace_id' | 'uuids'>,
  recordings_asked_at: Date,
): Promise<void> {
  await db
    .updateTable('session')
    .set({ recordings_asked_at })
    .where('workspace_id', '=', workspace_id)
    .where('uuid', 'in', uuids)
    .execute()
}
