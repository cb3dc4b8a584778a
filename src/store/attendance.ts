import { sql, type Selectable } from 'kysely'
import type { AttendanceSource, Db, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type AttendanceRow = Selectable<Tables['attendance']>

export const attendanceOfSession = (db: Db, workspace_id: string, uuid: string): Promise<AttendanceRow[]> =>
  db
    .selectFrom('attendance')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('uuid', '=', uuid)
    .orderBy('join_time')
    .orderBy('id')
    .execute()

/** The rows of several sessions at once, for lists that count people. */
export const attendanceOfSessions = (db: Db, workspace_id: string, uuids: string[]): Promise<AttendanceRow[]> =>
  uuids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('attendance')
        .selectAll()
        .where('workspace_id', '=', workspace_id)
        .where('uuid', 'in', uuids)
        .orderBy('join_time')
        .orderBy('id')
        .execute()

export const attendanceOfStay = (
  db: Db,
  workspace_id: string,
  uuid: string,
  user_id: string,
): Promise<AttendanceRow[]> =>
  db
    .selectFrom('attendance')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('uuid', '=', uuid)
    .where('user_id', '=', user_id)
    .orderBy('join_time')
    .execute()

export async function upsertAttendance(db: Db, row: AttendanceRow): Promise<void> {
  const { id: _id, ...change } = row
  await db
    .insertInto('attendance')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
    .execute()
}

/** Makes the stored rows of a session those that are given. */
export async function replaceAttendance(
  db: Db,
  workspace_id: string,
  uuid: string,
  rows: readonly AttendanceRow[],
): Promise<void> {
  await db.deleteFrom('attendance').where('workspace_id', '=', workspace_id).where('uuid', '=', uuid).execute()
  // One statement may carry 65,535 parameters: fourteen a row.
  for (let from = 0; from < rows.length; from += 2000) {
    await db
      .insertInto('attendance')
      .values(rows.slice(from, from + 2000))
      .execute()
  }
}

export interface UnmatchedRow {
  uuid: string
  name: string
  meeting_id: string
  topic: string
  started_at: Date | null
  joined_at: Date | null
  left_at: Date | null
  joins: number
  sort_time: Date
  sort_id: string
}

/**
 * Those of all sessions who are known by a name alone and whom nobody has assigned, each once in a session; the newest session first.
 * `before` is the time and id to continue behind.
 */
export async function unmatchedAttendees(
  db: Db,
  workspace_id: string,
  {
    q,
    from,
    to,
    limit,
    before,
  }: {
    q: string | undefined
    from: Date | undefined
    to: Date | undefined
    limit: number
    before: string[] | undefined
  },
): Promise<UnmatchedRow[]> {
  const { rows } = await sql<UnmatchedRow>`
    with named as (
      select a.uuid, a.name, a.join_time, a.leave_time, 'name:' || lower(regexp_replace(a.name, '^\\s+|\\s+$', '', 'g')) as key
      from attendance a
      where a.workspace_id = ${workspace_id} and a.participant_user_id = '' and a.registrant_id = ''
        and a.customer_key = '' and a.email = '' and a.name ~ '\\S'
    ), unmatched as (
      select n.uuid, min(n.name) as name, s.meeting_id, s.topic, s.started_at, min(n.join_time) as joined_at,
        case when bool_or(n.leave_time is null) and s.ended_at is null then null
          else max(coalesce(n.leave_time, s.ended_at)) end as left_at,
        count(*)::int as joins,
        coalesce(s.started_at, s.ended_at, to_timestamp(0)) as sort_time, n.uuid || ' ' || n.key as sort_id
      from named n join session s on s.workspace_id = ${workspace_id} and s.uuid = n.uuid
      where not exists (select from attendance_assignment g
        where g.workspace_id = ${workspace_id} and g.uuid = n.uuid and g.attendee_key = n.key)
      group by n.uuid, n.key, s.meeting_id, s.topic, s.started_at, s.ended_at
    )
    select * from unmatched
    where (${q ?? null}::text is null or name || ' ' || topic ilike ${`%${escapeLike(q ?? '')}%`})
      and (${from ?? null}::timestamptz is null or sort_time >= ${from ?? null})
      and (${to ?? null}::timestamptz is null or sort_time <= ${to ?? null})
      and (${before?.[0] ?? null}::timestamptz is null
        or (sort_time, sort_id) < (${before?.[0] ?? null}::timestamptz, ${before?.[1] ?? null}::text))
    order by sort_time desc, sort_id desc limit ${limit + 1}`.execute(db)
  return rows
}

/** The sessions in which one of these persons is known to have been, by whatever ties them. */
export async function sessionsOfPersons(
  db: Db,
  workspace_id: string,
  ids: readonly string[],
): Promise<{ uuid: string; meeting_id: string; source: AttendanceSource }[]> {
  const { rows } = await sql<{ uuid: string; meeting_id: string; source: AttendanceSource }>`
    with tie as (select source, source_id, lower(email) as email from person_link
      where workspace_id = ${workspace_id} and person_id = any(${ids}::text[]))
    select s.uuid, s.meeting_id, s.source from session s where s.workspace_id = ${workspace_id} and s.uuid in (
      select uuid from attendance_assignment where workspace_id = ${workspace_id} and person_id = any(${ids}::text[])
      union select uuid from attendance where workspace_id = ${workspace_id} and (
        (participant_user_id <> '' and participant_user_id in (select source_id from tie where source = 'zoom'))
        or (email <> '' and lower(email) in (select email from tie))
        or (customer_key <> '' and customer_key in
          (select id from pass where workspace_id = ${workspace_id} and person_id = any(${ids}::text[])))))
    order by s.started_at`.execute(db)
  return rows
}
