import type { Runtime } from '#core/runtime.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import type { ZoomBase } from '#zoom/base.ts'
import type { ZoomApp } from '#zoom/oauth.ts'
import { unseal } from './encryption.ts'
import type { Hub } from './hub.ts'

/** The world, with a way out to the Zoom that the app was entered for. */
export const zoomRuntime = (hub: Hub, base: ZoomBase): Runtime => ({
  ...hub.runtime,
  fetch: hub.outgoing([base.oauth_base, base.api_base]),
})

/** The app's credentials, opened. */
export const credentials = (hub: Hub, app: ZoomAppRow): ZoomApp => ({
  client_id: app.client_id,
  client_secret: unseal(hub.keys, `${app.id}:client_secret`, app.client_secret),
  ...(app.account_id ? { account_id: app.account_id } : {}),
  oauth_base: app.oauth_base,
  api_base: app.api_base,
})
