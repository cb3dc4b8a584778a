import { InputError, NotFoundError } from '#core/errors.ts'
import * as rows from '#store/connections.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import type { Actor, Hub } from './hub.ts'
import type { Connection, Page, PageQuery } from './resources.ts'

export async function connections(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, state }: PageQuery & { state?: Connection['state'] | undefined },
): Promise<Page<Connection>> {
  const after = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(
    await rows.connectionsOfWorkspace(hub.db, workspace_id, { limit, after, state }),
    limit,
    (row) => [row.id],
  )
  return { ...page, items: page.items.map(resource) }
}

/** @throws NotFoundError, also for a connection of another workspace. */
export async function connection(hub: Hub, { workspace_id }: Actor, id: string): Promise<Connection> {
  const row = await rows.connectionOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no connection ${id}`)
  return resource(row)
}

/**
 * The connection to work with: the one that was named, else the only one there is.
 * @throws InputError when none was named and there is not exactly one.
 */
export async function chosenConnection(hub: Hub, actor: Actor, id: string | undefined): Promise<Connection> {
  if (id !== undefined) return connection(hub, actor, id)
  const { items } = await connections(hub, actor, { limit: 2 })
  if (items.length === 1 && items[0]) return items[0]
  const message = items.length === 0 ? 'connect a Zoom app first' : 'name it: the workspace has several connections'
  throw new InputError(`Which connection? ${message}`, [{ field: 'connection_id', message }])
}

/** The connection to work with for what lost its own: the workspace's, if it has exactly one. */
export async function onlyConnection(hub: Hub, actor: Actor): Promise<string | undefined> {
  const { items } = await connections(hub, actor, { limit: 2 })
  return items.length === 1 ? items[0]?.id : undefined
}

const resource = (row: rows.ConnectionOfApp): Connection => ({
  id: row.id,
  zoom_app_id: row.zoom_app_id,
  zoom_app_name: row.zoom_app_name,
  kind: row.kind,
  account_id: row.account_id,
  state: row.state,
  failure: row.failed_at && {
    code: row.failure_code ?? '',
    message: row.failure_message ?? '',
    at: row.failed_at.toISOString(),
  },
  scopes: row.scope.split(' ').filter(Boolean),
  created_at: row.created_at.toISOString(),
})
