import { csv } from '#core/csv.ts'
import { unmatchedAttendees, type UnmatchedRow } from '#store/attendance.ts'
import { decodeTimeCursor, pageOf } from '#store/page.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Page, Unmatched, UnmatchedFilter } from '#hub/resources.ts'
import { nameKey } from './attendees.ts'

/** Who was in a session and is known by nothing but a name that nobody has assigned, over all sessions, the newest first. */
export async function unmatched(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, q, from, to }: UnmatchedFilter,
): Promise<Page<Unmatched>> {
  const found = await unmatchedAttendees(hub.db, workspace_id, {
    q,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    limit,
    before: decodeTimeCursor(cursor),
  })
  const page = pageOf(found, limit, (row) => [row.sort_time.toISOString(), row.sort_id])
  return { ...page, items: page.items.map(resource) }
}

const columns = ['name', 'meeting_id', 'topic', 'uuid', 'started_at', 'joined_at', 'left_at', 'joins'] as const

export async function unmatchedCsv(
  hub: Hub,
  actor: Actor,
  filter: Omit<UnmatchedFilter, 'limit' | 'cursor'>,
): Promise<string> {
  const items = await everyItem((page) => unmatched(hub, actor, { ...filter, ...page }))
  return csv(
    columns,
    items.map((item) => columns.map((column) => item[column])),
  )
}

const resource = (row: UnmatchedRow): Unmatched => ({
  key: nameKey({ name: row.name, user_id: '' }),
  name: row.name,
  uuid: row.uuid,
  meeting_id: row.meeting_id,
  topic: row.topic,
  started_at: row.started_at?.toISOString() ?? null,
  joined_at: row.joined_at?.toISOString() ?? null,
  left_at: row.left_at?.toISOString() ?? null,
  joins: row.joins,
})
