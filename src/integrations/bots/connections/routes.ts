import { z } from 'zod'
import { NotFoundError } from '#core/errors.ts'
import { disconnect } from '#hub/grants/end.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { cutPage, pageOf, readCursor } from '#integrations/bots/contract/page.ts'
import { botsRoute, empty } from '#integrations/bots/contract/route.ts'
import type { BotConnectionRow } from '#integrations/bots/tables.ts'
import { createConnection, newConnection, resourceOf } from './create.ts'
import { zoomOauthConnection } from './resource.ts'
import * as rows from './rows.ts'

const tag = 'Zoom OAuth connections'
const missing = 'Zoom OAuth Connection not found'
export const connectionsPath = '/api/v1/zoom_oauth_connections'

export const connectionRoutes = [
  botsRoute({
    method: 'POST',
    path: connectionsPath,
    auth: 'operator',
    summary: 'Make a connection of the code of a consent',
    tag,
    missing,
    body: newConnection,
    answers: [201, zoomOauthConnection],
    handle: ({ identity, body }, hub) => createConnection(hub, identity, body),
  }),
  botsRoute({
    method: 'GET',
    path: connectionsPath,
    auth: 'viewer',
    summary: 'List connections, the newest first',
    tag,
    missing,
    query: z.object({ cursor: z.string().optional() }),
    answers: [200, pageOf(zoomOauthConnection)],
    handle: async ({ identity, query }, hub) => {
      const cursor = readCursor(query['cursor'])
      const found = await rows.connectionsFrom(hub.db, identity.workspace_id, cursor)
      const address = new URL(`${hub.publicUrl}${connectionsPath}`)
      const { rows: page, ...beside } = cutPage(found, cursor, (row) => row.connection_id, address)
      return { ...beside, results: await Promise.all(page.map((row) => resourceOf(hub, identity, row))) }
    },
  }),
  botsRoute({
    method: 'GET',
    path: `${connectionsPath}/:id`,
    auth: 'viewer',
    summary: 'Read a connection',
    tag,
    missing,
    answers: [200, zoomOauthConnection],
    handle: async ({ identity, params }, hub) => resourceOf(hub, identity, await connectionRow(hub, identity, params)),
  }),
  botsRoute({
    method: 'DELETE',
    path: `${connectionsPath}/:id`,
    auth: 'operator',
    summary: 'Delete a connection; the consent is revoked at Zoom',
    tag,
    missing,
    answers: [200, empty],
    handle: async ({ identity, params }, hub) => {
      const { connection_id } = await connectionRow(hub, identity, params)
      await disconnect(hub, identity, connection_id)
      await rows.changeConnection(hub.db, connection_id, { deleted_at: new Date(hub.runtime.now()) })
    },
  }),
]

/** @throws NotFoundError, also for a connection of another workspace. */
async function connectionRow(
  hub: Hub,
  { workspace_id }: Actor,
  { id = '' }: Record<string, string>,
): Promise<BotConnectionRow> {
  const row = await rows.connectionOf(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no connection ${id}`)
  return row
}
