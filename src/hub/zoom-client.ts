import { NotFoundError } from '#core/errors.ts'
import { connectionById } from '#store/connections.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import type { ZoomClient } from '#zoom/client.ts'
import type { Hub } from './hub.ts'
import { accessToken } from './tokens.ts'
import { zoomRuntime } from './zoom-app.ts'

/** Zoom, as one connection may call it. Tokens come from the row, so that all processes share them. */
export async function zoomClient(hub: Hub, connection_id: string): Promise<ZoomClient> {
  const connection = await connectionById(hub.db, connection_id)
  const app = connection && (await zoomAppById(hub.db, connection.zoom_app_id))
  if (!app) throw new NotFoundError(`There is no connection ${connection_id}`)
  return {
    runtime: zoomRuntime(hub, app),
    api_base: app.api_base,
    accessToken: (rejected) => accessToken(hub, app, connection_id, rejected),
    onCall: ({ label, status, ...call }) => {
      hub.metrics.zoomCalls.inc({ label, status })
      hub.log.debug({ connection_id, label, status, ...call }, 'asked Zoom')
    },
  }
}
