import { sentenceOf } from '#core/errors.ts'
import { grantsRenewedBefore } from '#store/connections.ts'
import type { Hub } from '#hub/hub.ts'
import { zoomClient } from '#hub/zoom-client.ts'

/** Refresh tokens die after 90 days without use (docs/zoom.md); a grant that nobody needs for a week is used all the same. */
const idle_ms = 7 * 86_400_000

/** The daily renewal of grants that lie idle. One that fails says so and is tried again tomorrow; the others go on. */
export async function renewIdleGrants(hub: Hub): Promise<void> {
  const before = new Date(hub.runtime.now() - idle_ms)
  for (const { id } of await grantsRenewedBefore(hub.db, before)) {
    try {
      const client = await zoomClient(hub, id)
      const { access_token } = await client.accessToken()
      const [still] = await grantsRenewedBefore(hub.db, before, id)
      if (still) await client.accessToken(access_token)
    } catch (error) {
      hub.log.warn({ err: error, connection_id: id }, `an idle grant could not be renewed: ${sentenceOf(error)}`)
    }
  }
}
