import type { Insertable, Selectable } from 'kysely'
import type { Db, HostTrackingField, Tables } from './db.ts'

export type HostSettingsRow = Selectable<Tables['host_settings']>

export const hostSettings = (
  db: Db,
  workspace_id: string,
  zoom_user_id: string,
): Promise<HostSettingsRow | undefined> =>
  db
    .selectFrom('host_settings')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('zoom_user_id', '=', zoom_user_id)
    .executeTakeFirst()

export async function keepHostSettings(db: Db, row: Insertable<Tables['host_settings']>): Promise<void> {
  const json = (value: unknown): never => JSON.stringify(value) as never
  const values = {
    ...row,
    stale: false,
    settings: json(row.settings),
    security: json(row.security),
    locks: json(row.locks),
    schedulers: json(row.schedulers),
    tracking_fields: json(row.tracking_fields),
    unknown: json(row.unknown),
  }
  await db
    .insertInto('host_settings')
    .values(values)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'zoom_user_id']).doUpdateSet(values))
    .execute()
}

/** Says of one host's settings, or of all that a connection brought, that they were changed since. Answers of how many. */
export async function markHostSettingsStale(
  db: Db,
  of: { workspace_id: string; zoom_user_id: string } | { connection_id: string },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('host_settings')
    .set({ stale: true })
    .$if('zoom_user_id' in of, (query) =>
      'zoom_user_id' in of
        ? query.where('workspace_id', '=', of.workspace_id).where('zoom_user_id', '=', of.zoom_user_id)
        : query,
    )
    .$if('connection_id' in of, (query) =>
      'connection_id' in of ? query.where('connection_id', '=', of.connection_id) : query,
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** The account's own fields, as the host who was asked about last has them. */
export async function latestTrackingFields(db: Db, workspace_id: string): Promise<HostTrackingField[]> {
  const row = await db
    .selectFrom('host_settings')
    .select('tracking_fields')
    .where('workspace_id', '=', workspace_id)
    .orderBy('asked_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.tracking_fields ?? []
}
