import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, MeetingKind, MeetingState, Tables } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type MeetingRow = Selectable<Tables['meeting']>
export type OccurrenceRow = Selectable<Tables['occurrence']>
export type MeetingWithNext = MeetingRow & { next_start_time: Date | null; last_ended_at: Date | null }

/** Inserts the meeting unless its Zoom id is known in the workspace; answers whether it was new. */
export async function insertMeeting(db: Db, row: Insertable<Tables['meeting']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('meeting')
    .values({
      ...row,
      settings: JSON.stringify(row.settings ?? {}) as never,
      tracking_fields: JSON.stringify(row.tracking_fields ?? []) as never,
      recurrence: json(row.recurrence),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'zoom_meeting_id']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function updateMeetingRow(db: Db, id: string, change: Updateable<Tables['meeting']>): Promise<void> {
  const { recurrence, settings, tracking_fields, field_revisions, ...plain } = change
  await db
    .updateTable('meeting')
    .set({
      ...plain,
      ...(recurrence === undefined ? {} : { recurrence: json(recurrence) }),
      ...(settings === undefined ? {} : { settings: JSON.stringify(settings) as never }),
      ...(tracking_fields === undefined ? {} : { tracking_fields: JSON.stringify(tracking_fields) as never }),
      ...(field_revisions === undefined ? {} : { field_revisions: JSON.stringify(field_revisions) as never }),
    })
    .where('id', '=', id)
    .execute()
}

const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value))

const byZoomId = (db: Db, workspace_id: string, zoom_meeting_id: string) =>
  db
    .selectFrom('meeting')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('zoom_meeting_id', '=', zoom_meeting_id)

export const meetingByZoomId = (db: Db, workspace_id: string, id: string): Promise<MeetingRow | undefined> =>
  byZoomId(db, workspace_id, id).executeTakeFirst()

/** The row, held until the transaction ends: whoever decides by its state must be the only one. */
/** Until the transaction ends nobody else changes it, nor what is kept with it in turn. */
export async function lockMeeting(db: Db, id: string): Promise<void> {
  await db.selectFrom('meeting').select('id').where('id', '=', id).forUpdate().execute()
}

export const lockMeetingByZoomId = (db: Db, workspace_id: string, id: string): Promise<MeetingRow | undefined> =>
  byZoomId(db, workspace_id, id).forUpdate().executeTakeFirst()

/** A meeting and when its next run is planned: of its occurrences that are not called off, the first that is not over. */
const meetingsWithNext = (db: Db, now: Date) =>
  db
    .selectFrom('meeting')
    .selectAll('meeting')
    .select([
      sql<Date | null>`case when recurrence is null
        then case when start_time + make_interval(mins => coalesce(duration, 0)) > ${now} then start_time end
        else (
          select min(occurrence.start_time) from occurrence
          where occurrence.meeting_id = meeting.id and occurrence.status = 'available'
            and occurrence.start_time + make_interval(mins => occurrence.duration) > ${now})
        end`.as('next_start_time'),
      sql<Date | null>`(select max(ended_at) from session where session.meeting_id = meeting.id)`.as('last_ended_at'),
    ])

export const meetingOfWorkspace = (
  db: Db,
  workspace_id: string,
  id: string,
  now: Date,
): Promise<MeetingWithNext | undefined> =>
  meetingsWithNext(db, now)
    .where('meeting.workspace_id', '=', workspace_id)
    .where('meeting.id', '=', id)
    .executeTakeFirst()

export interface MeetingQuery {
  when: 'upcoming' | 'past' | 'all'
  state?: MeetingState | undefined
  kind?: MeetingKind | undefined
  q?: string | undefined
  host?: string | undefined
  place_id?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  limit: number
  /** [time in ISO, id] to continue behind. */
  after?: string[] | undefined
}

/** Upcoming: the next first. Past and all: the newest first. What is gone is listed only when asked for by its state. */
export function meetingsOfWorkspace(
  db: Db,
  workspace_id: string,
  now: Date,
  filter: MeetingQuery,
): Promise<(MeetingWithNext & { sort_time: Date })[]> {
  const up = filter.when === 'upcoming'
  const sortTime = sql<Date>`coalesce(start_time, created_at)`
  return db
    .with('listed', () => meetingsThatFit(db, workspace_id, now, filter))
    .selectFrom('listed')
    .selectAll()
    .select(
      up ? sql<Date>`coalesce(next_start_time, start_time, created_at)`.as('sort_time') : sortTime.as('sort_time'),
    )
    .$if(filter.after !== undefined, (query) => {
      const key = up ? sql`coalesce(next_start_time, start_time, created_at)` : sortTime
      const [time, id] = [filter.after?.[0], filter.after?.[1]]
      return query.where(
        up ? sql<boolean>`(${key}, id) > (${time}, ${id})` : sql<boolean>`(${key}, id) < (${time}, ${id})`,
      )
    })
    .orderBy('sort_time', up ? 'asc' : 'desc')
    .orderBy('id', up ? 'asc' : 'desc')
    .limit(filter.limit + 1)
    .execute()
}

/** How many `meetingsOfWorkspace` lists on all its pages. */
export async function countMeetings(
  db: Db,
  workspace_id: string,
  now: Date,
  filter: Omit<MeetingQuery, 'limit' | 'after'>,
): Promise<number> {
  const { count } = await db
    .with('listed', () => meetingsThatFit(db, workspace_id, now, filter))
    .selectFrom('listed')
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

const meetingsThatFit = (db: Db, workspace_id: string, now: Date, filter: Omit<MeetingQuery, 'limit' | 'after'>) =>
  meetingsWithNext(db, now)
    .where('meeting.workspace_id', '=', workspace_id)
    .$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state ?? 'scheduled'))
    .$if(filter.state === undefined, (query) => query.where('state', '!=', 'gone'))
    .$if(filter.when === 'upcoming', (query) =>
      query.where(
        sql<boolean>`state in ('scheduled', 'started') and (state = 'started' or ends_at is null or ends_at > ${now})`,
      ),
    )
    .$if(filter.when === 'past', (query) =>
      query.where(sql<boolean>`(state not in ('scheduled', 'started') or (state = 'scheduled' and ends_at <= ${now}))`),
    )
    .$if(filter.kind !== undefined, (query) => query.where('kind', '=', filter.kind ?? 'meeting'))
    .$if(filter.host !== undefined, (query) =>
      query.where(sql<boolean>`(host_id = ${filter.host} or lower(host_email) = lower(${filter.host}))`),
    )
    .$if(filter.place_id !== undefined, (query) =>
      query.where(
        sql<boolean>`exists (select from placement where placement.meeting_id = meeting.id
          and placement.place_id = ${filter.place_id} and placement.state = 'shown')`,
      ),
    )
    .$if(filter.from !== undefined, (query) =>
      query.where(sql<boolean>`coalesce(start_time, meeting.created_at) >= ${filter.from}`),
    )
    .$if(filter.to !== undefined, (query) =>
      query.where(sql<boolean>`coalesce(start_time, meeting.created_at) <= ${filter.to}`),
    )
    .$if(filter.q !== undefined, (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', topic, host_email, zoom_meeting_id) ilike ${`%${escapeLike(filter.q ?? '')}%`}`,
      ),
    )

export const occurrencesOfMeeting = (db: Db, meeting_id: string): Promise<OccurrenceRow[]> =>
  db.selectFrom('occurrence').selectAll().where('meeting_id', '=', meeting_id).orderBy('start_time').execute()

/** Makes the stored occurrences those that are given. */
export async function replaceOccurrences(db: Db, meeting_id: string, rows: readonly OccurrenceRow[]): Promise<void> {
  await db.deleteFrom('occurrence').where('meeting_id', '=', meeting_id).execute()
  if (rows.length > 0)
    await db
      .insertInto('occurrence')
      .values([...rows])
      .execute()
}

export async function markOccurrences(
  db: Db,
  meeting_id: string,
  occurrence_ids: string[],
  status: OccurrenceRow['status'],
): Promise<void> {
  if (occurrence_ids.length === 0) return
  await db
    .updateTable('occurrence')
    .set({ status })
    .where('meeting_id', '=', meeting_id)
    .where('occurrence_id', 'in', occurrence_ids)
    .execute()
}

/** All meetings and webinars of a host. */
export const meetingsOfHost = (db: Db, workspace_id: string, host_id: string): Promise<MeetingRow[]> =>
  db.selectFrom('meeting').selectAll().where('workspace_id', '=', workspace_id).where('host_id', '=', host_id).execute()
