import { sql, type RawBuilder } from 'kysely'
import type { Db } from './db.ts'

// What a workspace keeps for less time than the server does goes by the row, some at a time, so that nobody waits behind it.

const batch = 2_000

/** What still waits stays. Answers how many went. */
export const deleteEventsBefore = (db: Db, workspace_id: string, before: Date): Promise<number> =>
  inBatches(
    db,
    sql`delete from event where (event_ts, digest, zoom_app_id, workspace_id) in
      (select event_ts, digest, zoom_app_id, workspace_id from event
       where workspace_id = ${workspace_id} and event_ts < ${before} and state <> 'waiting' limit ${batch})`,
  )

/** What still waits stays. Answers how many went. */
export const deleteDeliveriesBefore = (db: Db, workspace_id: string, before: Date): Promise<number> =>
  inBatches(
    db,
    sql`delete from delivery where (id, created_at) in
      (select id, created_at from delivery
       where workspace_id = ${workspace_id} and created_at < ${before} and state <> 'waiting' limit ${batch})`,
  )

/**
 * Hub events of one workspace, or of all, with an id before this one: ids follow time. Those that an integration has yet to hear, or
 * whose delivery waits, stay. Answers how many went.
 */
export const deleteHubEventsBefore = (db: Db, workspace_id: string | undefined, before: string): Promise<number> =>
  inBatches(
    db,
    sql`delete from hub_event where id in
      (select id from hub_event
       where id < ${before} and workspace_id = coalesce(${workspace_id ?? null}, workspace_id)
         and not exists (select from graphile_worker._private_jobs as job where job.payload ->> 'hub_event_id' = hub_event.id)
         and not exists (select from delivery where delivery.hub_event_id = hub_event.id and delivery.state = 'waiting')
       limit ${batch})`,
  )

/**
 * Empties who it was in the attendance of sessions that ended before; that somebody was there, and how long, stays. What AI Companion
 * wrote about them names people, and goes.
 */
export async function emptyAttendanceBefore(db: Db, workspace_id: string, before: Date): Promise<number> {
  const ended = sql`select uuid from session where workspace_id = ${workspace_id} and ended_at < ${before}`
  await inBatches(
    db,
    sql`delete from attendance_assignment where (workspace_id, uuid, attendee_key) in
      (select workspace_id, uuid, attendee_key from attendance_assignment
       where workspace_id = ${workspace_id} and uuid in (${ended}) limit ${batch})`,
  )
  await inBatches(
    db,
    sql`delete from summary where id in
      (select id from summary where workspace_id = ${workspace_id} and uuid in (${ended}) limit ${batch})`,
  )
  // The reason is Zoom's sentence with the name in it: "Ada left the meeting. Reason: …".
  return inBatches(
    db,
    sql`update attendance set name = '', email = '', participant_user_id = '', registrant_id = '', customer_key = '',
        leave_reason = null
      where id in (select id from attendance where workspace_id = ${workspace_id} and uuid in (${ended})
        and (name, email, participant_user_id, registrant_id, customer_key) is distinct from ('', '', '', '', '')
        limit ${batch})`,
  )
}

async function inBatches(db: Db, statement: RawBuilder<unknown>): Promise<number> {
  for (let all = 0; ;) {
    const { numAffectedRows } = await statement.execute(db)
    const some = Number(numAffectedRows ?? 0n)
    all += some
    if (some < batch) return all
  }
}
