import { NotFoundError } from '#core/errors.ts'
import { connectionById } from '#store/connections.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import type { AskedCall, ZoomClient } from '#zoom/client.ts'
import type { Hub } from './hub.ts'
import { accountOf, admit, learn, type TakenCap } from './quota/quota.ts'
import { SwitchedOffError } from './switched-off.ts'
import { accessToken } from './tokens.ts'
import { zoomRuntime } from './zoom-app.ts'

/**
 * Zoom, as one connection may call it. Tokens come from the row, so that all processes share them.
 * @throws SwitchedOffError while its app is off.
 */
export async function zoomClient(hub: Hub, connection_id: string): Promise<ZoomClient> {
  const connection = await connectionById(hub.db, connection_id)
  const app = connection && (await zoomAppById(hub.db, connection.zoom_app_id))
  if (!app) throw new NotFoundError(`There is no connection ${connection_id}`)
  if (app.state === 'off') throw new SwitchedOffError(app, connection_id)
  const account = accountOf(app, connection)
  const taken = new WeakMap<AskedCall, TakenCap[]>()
  return {
    runtime: zoomRuntime(hub, app),
    api_base: app.api_base,
    accessToken: (rejected) => accessToken(hub, app, connection_id, rejected),
    async admit(call) {
      taken.set(call, await admit(hub, account, connection, call))
    },
    // Somebody who sits before it is told when, instead of being kept.
    longest_wait_ms: hub.errand.waiting === 'person' ? 1_500 : 10_000,
    async onCall({ label, status, ...call }, asked, failure) {
      hub.metrics.zoomCalls.inc({ label, status })
      hub.log.debug({ connection_id, label, status, ...call }, 'asked Zoom')
      // Zoom has answered: that what it tells of the limits could not be kept must not lose the answer.
      const answered = { label, rate: call.rate, failure, taken: taken.get(asked) ?? [] }
      await learn(hub, account, answered).catch((error: unknown) =>
        hub.log.warn({ err: error, connection_id }, 'what Zoom tells of its limits could not be kept'),
      )
    },
  }
}
