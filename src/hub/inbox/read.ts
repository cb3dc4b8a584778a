import { csv } from '#core/csv.ts'
import { NotFoundError } from '#core/errors.ts'
import { parseJson } from '#core/json.ts'
import { insertAudit } from '#store/audit.ts'
import * as rows from '#store/events.ts'
import { meetingOfWorkspace } from '#store/meetings.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import type { Event, EventFilter, EventWithPayload, Page } from '#hub/resources.ts'
import { inboxJob } from './job.ts'

/** The event log, newest first. */
export async function events(hub: Hub, actor: Actor, filter: EventFilter): Promise<Page<Event>> {
  const { limit, cursor, meeting_id, ...query } = filter
  const before = decodeCursor(cursor, 1)?.[0]
  const subject = meeting_id === undefined ? undefined : await subjectOfMeeting(hub, actor, meeting_id)
  const found = await rows.eventsOfWorkspace(hub.db, actor.workspace_id, { ...query, subject, limit, before })
  const page = pageOf(found, limit, (row) => [row.id])
  return { ...page, items: page.items.map(resource) }
}

/** One event with what Zoom sent, its tokens and passcodes masked. @throws NotFoundError, also for another workspace's. */
export async function event(hub: Hub, actor: Actor, id: string): Promise<EventWithPayload> {
  const row = await eventRow(hub, actor, id)
  return { ...resource(row), payload: masked(parseJson(row.body)) }
}

/** Puts an event back among the waiting, whatever came of it: its meeting's job takes it up in order. */
export async function replayEvent(hub: Hub, actor: Actor, id: string): Promise<Event> {
  const row = await eventRow(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    await rows.settleEvent(trx, row, { state: 'waiting', reason: null, settled_at: null, attempts: 0, retry_at: null })
    await addJobs(trx, [inboxJob(row.workspace_id, row.subject)])
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'event.replayed',
      object_id: id,
    })
  })
  return resource(await eventRow(hub, actor, id))
}

async function eventRow(hub: Hub, { workspace_id }: Actor, id: string): Promise<rows.EventRow> {
  const row = await rows.eventOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no event ${id}`)
  return row
}

async function subjectOfMeeting(hub: Hub, { workspace_id }: Actor, meeting_id: string): Promise<string> {
  const row = await meetingOfWorkspace(hub.db, workspace_id, meeting_id, new Date(hub.runtime.now()))
  if (!row) throw new NotFoundError(`There is no meeting ${meeting_id}`)
  return row.zoom_meeting_id
}

const columns = [
  'id',
  'event',
  'event_ts',
  'received_at',
  'subject',
  'state',
  'reason',
  'attempts',
  'settled_at',
] as const

/** All that fit, as a table, without what is in them. */
export async function eventsCsv(
  hub: Hub,
  actor: Actor,
  filter: Omit<EventFilter, 'limit' | 'cursor'>,
): Promise<string> {
  const items = await everyItem((page) => events(hub, actor, { ...filter, ...page }))
  return csv(
    columns,
    items.map((item) => columns.map((column) => item[column])),
  )
}

const resource = (row: rows.EventRow): Event => ({
  id: row.id,
  zoom_app_id: row.zoom_app_id,
  event: row.event,
  event_ts: row.event_ts.toISOString(),
  received_at: row.received_at.toISOString(),
  account_id: row.account_id,
  subject: row.subject,
  state: row.state,
  reason: row.reason,
  attempts: row.attempts,
  settled_at: row.settled_at?.toISOString() ?? null,
})

const secretFields = new Set([
  'download_token',
  'download_access_token',
  'password',
  'passcode',
  'recording_play_passcode',
  'start_url',
  'pstn_password',
  'h323_password',
  'encrypted_password',
  'host_key',
  'stream_key',
])

/** The same value with the texts of secret fields, and passcodes in addresses, hidden. */
function masked(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/([?&](?:pwd|tk|zak)=)[^&]+/g, '$1…')
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      secretFields.has(key) && typeof inner === 'string' ? '[secret]' : masked(inner),
    ]),
  )
}
