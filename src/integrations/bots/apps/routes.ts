import { z } from 'zod'
import { deleteZoomApp } from '#hub/apps.ts'
import { connectionsOfApp } from '#integrations/bots/connections/rows.ts'
import { cutPage, pageOf, pageSize, readCursor } from '#integrations/bots/contract/page.ts'
import { businessError } from '#integrations/bots/contract/refusal.ts'
import { botsRoute, empty } from '#integrations/bots/contract/route.ts'
import { appResource, newZoomOauthApp, oauthApp, oauthApps, registerApp, zoomOauthApp } from './apps.ts'

const tag = 'Zoom OAuth apps'
const missing = 'Zoom OAuth App not found'
export const appsPath = '/api/v1/zoom_oauth_apps'

export const appRoutes = [
  botsRoute({
    method: 'POST',
    path: appsPath,
    auth: 'admin',
    summary: 'Register a Zoom app that users or an administrator consent to',
    tag,
    missing,
    body: newZoomOauthApp,
    answers: [201, zoomOauthApp],
    handle: async ({ identity, body }, hub) => appResource(hub, await registerApp(hub, identity, body)),
  }),
  botsRoute({
    method: 'GET',
    path: appsPath,
    auth: 'viewer',
    summary: 'List Zoom apps, the oldest first',
    tag,
    missing,
    query: z.object({ cursor: z.string().optional() }),
    answers: [200, pageOf(zoomOauthApp)],
    handle: async ({ identity, query }, hub) => {
      const cursor = readCursor(query['cursor'])
      const apps = await oauthApps(hub, identity)
      const rest = cursor?.back
        ? apps.filter(({ id }) => id < cursor.id).reverse()
        : apps.filter(({ id }) => !cursor || id > cursor.id)
      const address = new URL(`${hub.publicUrl}${appsPath}`)
      const { rows, ...beside } = cutPage(rest.slice(0, pageSize + 1), cursor, ({ id }) => id, address)
      return { ...beside, results: rows.map((app) => appResource(hub, app)) }
    },
  }),
  botsRoute({
    method: 'GET',
    path: `${appsPath}/:id`,
    auth: 'viewer',
    summary: 'Read a Zoom app',
    tag,
    missing,
    answers: [200, zoomOauthApp],
    handle: async ({ identity, params }, hub) => appResource(hub, await oauthApp(hub, identity, params['id'] ?? '')),
  }),
  botsRoute({
    method: 'DELETE',
    path: `${appsPath}/:id`,
    auth: 'admin',
    summary: 'Delete a Zoom app that has no connections',
    tag,
    missing,
    answers: [200, empty],
    handle: async ({ identity, params }, hub) => {
      const { id } = await oauthApp(hub, identity, params['id'] ?? '')
      const [connection] = await connectionsOfApp(hub.db, identity.workspace_id, id)
      if (connection)
        throw businessError('This Zoom OAuth App has connections. Please delete its Zoom OAuth connections first.')
      await deleteZoomApp(hub, identity, id)
    },
  }),
]
