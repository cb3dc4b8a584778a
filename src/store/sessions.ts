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

/** Hosts of runs that ended in a span, were recorded by what Zoom sent, and have no file. */
export async function sessionsToLookForRecordings(
  db: Db,
  { since, until }: { since: Date; until: Date },
  limit: number,
): Promise<{ workspace_id: string; connection_id: string; host_id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; connection_id: string; host_id: string }>`
    select distinct session.workspace_id, meeting.connection_id, session.host_id
    from session join meeting on meeting.id = session.meeting_id
    where session.ended_at between ${since} and ${until} and meeting.connection_id is not null
      and not exists (select from recording
        where recording.workspace_id = session.workspace_id and recording.uuid = session.uuid)
      and exists (select from event
        where event.workspace_id = session.workspace_id and event.subject = meeting.zoom_meeting_id::text
          and event.event = 'recording.started'
          and event.event_ts between session.started_at - interval '1 minute' and session.ended_at + interval '1 minute')
    order by session.host_id limit ${limit}`.execute(db)
  return rows
}
