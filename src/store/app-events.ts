import { sql } from 'kysely'
import type { Db } from './db.ts'

/**
 * Remembers when an app last got a kind of event, to the minute. A row that is younger is not even locked: otherwise events of one
 * kind, of whatever meetings, would wait for each other here.
 */
export async function sawEvent(db: Db, zoom_app_id: string, event: string, last_at: Date): Promise<void> {
  const minuteBefore = new Date(last_at.getTime() - 60_000)
  await sql`
    insert into app_event (zoom_app_id, event, last_at)
    select ${zoom_app_id}, ${event}, ${last_at}
    where not exists (
      select from app_event where zoom_app_id = ${zoom_app_id} and event = ${event} and last_at >= ${minuteBefore}
    )
    on conflict (zoom_app_id, event) do update set last_at = excluded.last_at where app_event.last_at < ${minuteBefore}
  `.execute(db)
}

export const eventsOfApp = (db: Db, zoom_app_id: string): Promise<{ event: string; last_at: Date }[]> =>
  db.selectFrom('app_event').select(['event', 'last_at']).where('zoom_app_id', '=', zoom_app_id).execute()
