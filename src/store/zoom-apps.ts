import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, Tables, Trx } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type ZoomAppRow = Selectable<Tables['zoom_app']>

/** Inserts the app unless it is in the workspace; answers whether it was new. */
export async function insertZoomApp(db: Db, row: Insertable<Tables['zoom_app']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('zoom_app')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'oauth_base', 'client_id']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** For the inbox, which knows an app by the address that Zoom posts to and has no workspace yet. */
export const zoomAppById = (db: Db, id: string): Promise<ZoomAppRow | undefined> =>
  db.selectFrom('zoom_app').selectAll().where('id', '=', id).executeTakeFirst()

/** Whoever changes what follows from the row as it is holds it meanwhile. */
export const lockZoomApp = (trx: Trx, id: string): Promise<ZoomAppRow | undefined> =>
  trx.selectFrom('zoom_app').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()

/** Of all workspaces, for a door of Zoom's events that names no app; the oldest first. */
export const zoomAppIds = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('zoom_app').select('id').where('secret_token', 'is not', null).orderBy('id').execute()).map(
    ({ id }) => id,
  )

/** The same Marketplace app may live in several workspaces: each is told of its events. */
export const zoomAppsOfClient = (db: Db, oauth_base: string, client_id: string): Promise<ZoomAppRow[]> =>
  db
    .selectFrom('zoom_app')
    .selectAll()
    .where('oauth_base', '=', oauth_base)
    .where('client_id', '=', client_id)
    .orderBy('id')
    .execute()

/** Which Zooms the apps of a workspace are at. */
export const zoomAppBases = (db: Db, workspace_id: string): Promise<{ name: string; oauth_base: string }[]> =>
  db
    .selectFrom('zoom_app')
    .select(['name', 'oauth_base'])
    .where('workspace_id', '=', workspace_id)
    .orderBy('id')
    .execute()

export const zoomAppsOfWorkspace = (
  db: Db,
  workspace_id: string,
  page: { limit: number; after: string | undefined; q?: string | undefined },
): Promise<ZoomAppRow[]> =>
  db
    .selectFrom('zoom_app')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(Boolean(page.q), (query) =>
      query.where(sql<boolean>`name || ' ' || client_id ilike ${`%${escapeLike(page.q ?? '')}%`}`),
    )
    .$if(page.after !== undefined, (query) => query.where('id', '>', page.after ?? ''))
    .orderBy('id')
    .limit(page.limit + 1)
    .execute()

export const zoomAppOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<ZoomAppRow | undefined> =>
  db.selectFrom('zoom_app').selectAll().where('workspace_id', '=', workspace_id).where('id', '=', id).executeTakeFirst()

/** The accounts' own apps in the same workspace at the same Zoom, the oldest first. */
export const accountAppsBeside = (
  db: Db,
  { workspace_id, oauth_base }: Pick<ZoomAppRow, 'workspace_id' | 'oauth_base'>,
): Promise<ZoomAppRow[]> =>
  db
    .selectFrom('zoom_app')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('oauth_base', '=', oauth_base)
    .where('kind', '=', 'server_to_server')
    .orderBy('id')
    .execute()

/** Those that carry the Meeting SDK, the oldest first. */
export const sdkAppsOfWorkspace = (db: Db, workspace_id: string): Promise<ZoomAppRow[]> =>
  db
    .selectFrom('zoom_app')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('meeting_sdk', '=', true)
    .orderBy('id')
    .execute()

/** Nothing to change is fine. */
export async function updateZoomApp(db: Db, id: string, change: Updateable<Tables['zoom_app']>): Promise<void> {
  if (Object.keys(change).length === 0) return
  await db.updateTable('zoom_app').set(change).where('id', '=', id).execute()
}

export async function deleteZoomAppRow(db: Db, id: string): Promise<void> {
  await db.deleteFrom('zoom_app').where('id', '=', id).execute()
}

/** To the minute: at each event, the events of all meetings would wait for each other at this one row. */
export async function touchZoomApp(db: Db, id: string, last_event_at: Date): Promise<void> {
  const minuteBefore = new Date(last_event_at.getTime() - 60_000)
  await db
    .updateTable('zoom_app')
    .set({ last_event_at })
    .where('id', '=', id)
    .where((where) => where.or([where('last_event_at', 'is', null), where('last_event_at', '<', minuteBefore)]))
    .execute()
}

/** To the minute: whoever sends forged events to an app's address makes us write no more often. */
export async function sawRefusedEvent(db: Db, id: string, refused_event_at: Date): Promise<void> {
  const minuteBefore = new Date(refused_event_at.getTime() - 60_000)
  await db
    .updateTable('zoom_app')
    .set({ refused_event_at })
    .where('id', '=', id)
    .where((where) => where.or([where('refused_event_at', 'is', null), where('refused_event_at', '<', minuteBefore)]))
    .execute()
}

/** Names of the apps whose secret is sealed with none of these keys: bytes 2 to 5 of a sealed value name its key. */
export async function zoomAppsSealedWithout(db: Db, key_ids: string[]): Promise<string[]> {
  const found = await db
    .selectFrom('zoom_app')
    .select('name')
    .where(sql`encode(substring(client_secret from 2 for 4), 'hex')`, 'not in', key_ids)
    .orderBy('name')
    .execute()
  return found.map(({ name }) => name)
}
