import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type GapRow = Selectable<Tables['gap']>
export type WatchRow = Selectable<Tables['watch']>

export async function insertGap(db: Db, row: Insertable<Tables['gap']>): Promise<void> {
  await db.insertInto('gap').values(row).execute()
}

export const gapById = (db: Db, id: string): Promise<GapRow | undefined> =>
  db.selectFrom('gap').selectAll().where('id', '=', id).executeTakeFirst()

export async function updateGap(
  db: Db,
  id: string,
  { unknown, ...change }: Omit<Updateable<Tables['gap']>, 'unknown'> & { unknown?: string[] },
): Promise<void> {
  await db
    .updateTable('gap')
    .set({ ...change, ...(unknown ? { unknown: JSON.stringify(unknown) as never } : {}) })
    .where('id', '=', id)
    .execute()
}

/** Newest first; `before` is the id to continue behind. */
export const gapsOfWorkspace = (
  db: Db,
  workspace_id: string,
  page: { limit: number; before: string | undefined; q?: string | undefined },
): Promise<GapRow[]> =>
  db
    .selectFrom('gap')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(page.before !== undefined, (query) => query.where('id', '<', page.before ?? ''))
    .$if(Boolean(page.q), (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', cause, state, gap.unknown::text, (select name from zoom_app where zoom_app.id = gap.zoom_app_id))
          ilike ${`%${escapeLike(page.q ?? '')}%`}`,
      ),
    )
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()

/** Whether events of a run may have been lost, by any app of its workspace. */
export async function liesInGap(
  db: Db,
  { workspace_id, started_at, ended_at }: { workspace_id: string; started_at: Date | null; ended_at: Date | null },
): Promise<boolean> {
  const found = await db
    .selectFrom('gap')
    .select('id')
    .where('workspace_id', '=', workspace_id)
    .$if(ended_at !== null, (query) => query.where('since', '<=', ended_at))
    .$if(started_at !== null, (query) => query.where('until', '>=', started_at))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** The watch over an app, held until the transaction ends: two processes that start at once find a gap once. */
export async function lockWatch(db: Db, zoom_app_id: string, now: Date): Promise<WatchRow | undefined> {
  await db
    .insertInto('watch')
    .values({ zoom_app_id, alive_at: now, known_until: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db.selectFrom('watch').selectAll().where('zoom_app_id', '=', zoom_app_id).forUpdate().executeTakeFirst()
}

export async function updateWatch(db: Db, { zoom_app_id, ...change }: WatchRow): Promise<void> {
  await db.updateTable('watch').set(change).where('zoom_app_id', '=', zoom_app_id).execute()
}

/** Apps that are on and have a connection, with when the last event of each since a time arrived. */
export const watchedApps = (
  db: Db,
  since: Date,
): Promise<{ id: string; workspace_id: string; last_event: Date | null }[]> =>
  db
    .selectFrom('zoom_app')
    .select(['id', 'workspace_id'])
    .select(
      sql<Date | null>`(select received_at from event where event.zoom_app_id = zoom_app.id and event_ts > ${since} order by event_ts desc limit 1)`.as(
        'last_event',
      ),
    )
    .where('state', '=', 'on')
    .where(sql<boolean>`exists (select from connection where connection.zoom_app_id = zoom_app.id)`)
    .orderBy('id')
    .execute()

/** Whether something should have been heard of an app between two times: a session is open, or a run was planned. */
export async function isBusy(db: Db, zoom_app_id: string, since: Date, until: Date): Promise<boolean> {
  const { rows } = await sql<{ busy: boolean }>`select exists (
      select from meeting join connection on connection.id = meeting.connection_id
      where connection.zoom_app_id = ${zoom_app_id} and meeting.state in ('scheduled', 'started')
        and (meeting.start_time between ${since} and ${until}
          or exists (select from session where session.meeting_id = meeting.id and session.ended_at is null
            -- One whose end was never told would be open for ever.
            and session.started_at > ${since}::timestamptz - interval '1 day')
          or exists (select from occurrence where occurrence.meeting_id = meeting.id and occurrence.status = 'available'
            and occurrence.start_time between ${since} and ${until}))) as busy`.execute(db)
  return rows[0]?.busy ?? false
}

/** Who has planned or held anything of an app in the three months before a time. */
export async function hostsOfApp(db: Db, zoom_app_id: string, at: Date): Promise<string[]> {
  const { rows } = await sql<{ host_id: string }>`
    select distinct meeting.host_id from meeting join connection on connection.id = meeting.connection_id
    where connection.zoom_app_id = ${zoom_app_id} and meeting.host_id <> ''
      and (meeting.ends_at is null or meeting.ends_at > ${at}::timestamptz - interval '90 days')
    order by meeting.host_id`.execute(db)
  return rows.map(({ host_id }) => host_id)
}

/**
 * How many runs of two people or more are stored of each host that began and ended between two times. Two of the same name count as
 * one: of what is uncertain there is rather less.
 */
export async function runsByHost(db: Db, workspace_id: string, from: Date, to: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ host_id: string; runs: number }>`
    select host_id, count(*)::int as runs from session
    where workspace_id = ${workspace_id} and started_at >= ${from} and ended_at < ${to}
      and (select count(distinct lower(attendance.name)) from attendance
        where attendance.workspace_id = session.workspace_id and attendance.uuid = session.uuid) > 1
    group by host_id`.execute(db)
  return new Map(rows.map(({ host_id, runs }) => [host_id, runs]))
}

/** Repairs of an app that wait for Zoom, or for a connection to it, are tried at once. */
export async function hurryRepairs(db: Db, connection_id: string): Promise<void> {
  await sql`update graphile_worker._private_jobs set run_at = now()
    where key like 'repair_gap:%' and locked_at is null and (payload ->> 'waits')::boolean
      and payload ->> 'gap_id' in (select gap.id from gap join connection on connection.zoom_app_id = gap.zoom_app_id
        where connection.id = ${connection_id} and gap.state = 'repairing')`.execute(db)
}

/** Hosts of an app with something to come. */
export async function hostsOfPlans(db: Db, zoom_app_id: string, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('meeting')
    .innerJoin('connection', 'connection.id', 'meeting.connection_id')
    .select('meeting.host_id')
    .distinct()
    .where('connection.zoom_app_id', '=', zoom_app_id)
    .where('meeting.host_id', '<>', '')
    .where('meeting.state', '=', 'scheduled')
    .where('meeting.ends_at', '>', now)
    .orderBy('meeting.host_id')
    .execute()
  return rows.map(({ host_id }) => host_id)
}

/** Hosts of whom something is planned at a time for which nothing of theirs is stored. */
export async function hostsOfUnstored(
  db: Db,
  workspace_id: string,
  planned: readonly { host_id: string; start_time: Date }[],
): Promise<string[]> {
  const { rows } = await sql<{ host_id: string }>`
    select distinct host_id from json_to_recordset(${JSON.stringify(planned)}::json) as planned(host_id text, start_time timestamptz)
    where not exists (select from meeting
      where meeting.workspace_id = ${workspace_id} and meeting.host_id = planned.host_id and meeting.state <> 'gone'
        and (meeting.start_time = planned.start_time
          or exists (select from occurrence
            where occurrence.meeting_id = meeting.id and occurrence.start_time = planned.start_time)))
    order by host_id`.execute(db)
  return rows.map(({ host_id }) => host_id)
}

export interface DueMeeting {
  id: string
  zoom_meeting_id: string
  kind: 'meeting' | 'webinar'
  topic: string
  host_id: string
}

/** Meetings of an app that were planned for a time between two, and of which no run is known that touches it. */
export async function dueWithoutSession(db: Db, zoom_app_id: string, since: Date, until: Date): Promise<DueMeeting[]> {
  const { rows } = await sql<DueMeeting>`
    select meeting.id, zoom_meeting_id, meeting.kind, meeting.topic, meeting.host_id
    from meeting join connection on connection.id = meeting.connection_id
    where connection.zoom_app_id = ${zoom_app_id} and meeting.state in ('scheduled', 'started', 'ended')
      and (meeting.start_time between ${since} and ${until}
        or exists (select from occurrence where occurrence.meeting_id = meeting.id and occurrence.status = 'available'
          and occurrence.start_time between ${since} and ${until}))
      and not exists (select from session where session.meeting_id = meeting.id
        and session.started_at between ${since}::timestamptz - interval '1 hour' and ${until})
    order by meeting.id`.execute(db)
  return rows
}

/** Runs of an app that began before a time and of which no end is known. */
export async function openSessions(
  db: Db,
  zoom_app_id: string,
  before: Date,
): Promise<{ uuid: string; meeting_id: string; topic: string; host_id: string; kind: 'meeting' | 'webinar' }[]> {
  return db
    .selectFrom('session')
    .innerJoin('meeting', 'meeting.id', 'session.meeting_id')
    .innerJoin('connection', 'connection.id', 'meeting.connection_id')
    .select(['session.uuid', 'session.meeting_id', 'session.topic', 'session.host_id', 'meeting.kind'])
    .where('connection.zoom_app_id', '=', zoom_app_id)
    .where('session.ended_at', 'is', null)
    .where('session.started_at', '<=', before)
    .execute()
}
