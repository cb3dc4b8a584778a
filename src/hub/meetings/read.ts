import { NotFoundError } from '#core/errors.ts'
import * as rows from '#store/meetings.ts'
import { decodeTimeCursor, pageOf } from '#store/page.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Meeting, MeetingFilter, Occurrence, Page } from '#hub/resources.ts'

/** Upcoming: the next first; past and all: the newest first. Deleted ones are listed only by `state: gone`. */
export async function meetings(hub: Hub, { workspace_id }: Actor, filter: MeetingFilter): Promise<Page<Meeting>> {
  const { limit, cursor, ...query } = filter
  const now = new Date(hub.runtime.now())
  const after = decodeTimeCursor(cursor)
  const found = await rows.meetingsOfWorkspace(hub.db, workspace_id, now, { ...withDates(query), limit, after })
  const page = pageOf(found, limit, (row) => [row.sort_time.toISOString(), row.id])
  return { ...page, items: page.items.map(resource) }
}

/** How many `meetings` lists on all its pages together. */
export const countMeetings = (
  hub: Hub,
  { workspace_id }: Actor,
  filter: Omit<MeetingFilter, 'limit' | 'cursor'>,
): Promise<number> => rows.countMeetings(hub.db, workspace_id, new Date(hub.runtime.now()), withDates(filter))

const withDates = <Filter extends { from?: string | undefined; to?: string | undefined }>(filter: Filter) => ({
  ...filter,
  from: filter.from === undefined ? undefined : new Date(filter.from),
  to: filter.to === undefined ? undefined : new Date(filter.to),
})

/** @throws NotFoundError, also for a meeting of another workspace. */
export async function meeting(hub: Hub, { workspace_id }: Actor, id: string): Promise<Meeting> {
  const row = await rows.meetingOfWorkspace(hub.db, workspace_id, id, new Date(hub.runtime.now()))
  if (!row) throw new NotFoundError(`There is no meeting ${id}`)
  return resource(row)
}

/** The meeting with this number at Zoom, when it is known here. */
export async function meetingByZoomId(hub: Hub, actor: Actor, zoom_meeting_id: string): Promise<Meeting | undefined> {
  const row = await rows.meetingByZoomId(hub.db, actor.workspace_id, zoom_meeting_id)
  return row && meeting(hub, actor, row.id)
}

/** All occurrences of a series by time, the cancelled ones too. @throws NotFoundError */
export async function occurrences(hub: Hub, actor: Actor, id: string): Promise<{ items: Occurrence[] }> {
  await meeting(hub, actor, id)
  const found = await rows.occurrencesOfMeeting(hub.db, id)
  return {
    items: found.map((row) => ({
      occurrence_id: row.occurrence_id,
      start_time: row.start_time.toISOString(),
      duration: row.duration,
      status: row.status,
      agenda: row.own.agenda ?? null,
      settings: row.own.settings ?? {},
    })),
  }
}

const resource = (row: rows.MeetingWithNext): Meeting => ({
  id: row.id,
  zoom_meeting_id: row.zoom_meeting_id,
  kind: row.kind,
  connection_id: row.connection_id,
  state: row.state,
  type: row.type,
  topic: row.topic,
  agenda: row.agenda,
  host_id: row.host_id,
  host_email: row.host_email,
  start_time: row.start_time?.toISOString() ?? null,
  duration: row.duration,
  timezone: row.timezone,
  next_start_time: row.next_start_time?.toISOString() ?? null,
  last_ended_at: row.last_ended_at?.toISOString() ?? null,
  join_url: row.join_url,
  password: row.password,
  recurrence: row.recurrence as Meeting['recurrence'],
  tracking_fields: row.tracking_fields as Meeting['tracking_fields'],
  settings: row.settings,
  revision: row.revision,
  created_at: row.created_at.toISOString(),
  changed_at: row.changed_at.toISOString(),
})
