import type { Db } from './db.ts'

/** When an app last got each kind of event, to the minute: a row of its own for each, so that they seldom wait for each other. */
export async function sawEvent(db: Db, zoom_app_id: string, event: string, last_at: Date): Promise<void> {
  const minuteBefore = new Date(last_at.getTime() - 60_000)
  await db
    .insertInto('app_event')
    .values({ zoom_app_id, event, last_at })
    .onConflict((conflict) =>
      conflict.columns(['zoom_app_id', 'event']).doUpdateSet({ last_at }).where('app_event.last_at', '<', minuteBefore),
    )
    .execute()
}

export const eventsOfApp = (db: Db, zoom_app_id: string): Promise<{ event: string; last_at: Date }[]> =>
  db.selectFrom('app_event').select(['event', 'last_at']).where('zoom_app_id', '=', zoom_app_id).execute()
