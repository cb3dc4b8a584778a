import { NotFoundError, sentenceOf } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import { connectionById, grantsRenewedBefore, grantsWithOpenRenewal, refusedForNow } from '#store/connections.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import type { CallToken } from '#hub/token-renewal.ts'
import { accessToken } from '#hub/tokens.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { ZoomOAuthError } from '#zoom/errors.ts'

/** Refresh tokens die after 90 days without use (docs/zoom.md); a grant that nobody needs for a week is used all the same. */
export const idle_ms = 7 * 86_400_000

/** The daily renewal of grants that lie idle. One that fails says so and is tried again tomorrow; the others go on. */
export async function renewIdleGrants(hub: Hub): Promise<void> {
  const before = new Date(hub.runtime.now() - idle_ms)
  for (const { id } of await grantsRenewedBefore(hub.db, before)) {
    try {
      const { access_token } = await tokenOf(hub, id)
      const [still] = await grantsRenewedBefore(hub.db, before, id)
      if (still) await tokenOf(hub, id, access_token)
    } catch (error) {
      hub.log.warn({ err: error, connection_id: id }, `an idle grant could not be renewed: ${sentenceOf(error)}`)
    }
  }
}

/**
 * Each minute: a renewal whose process died, or whose answer was lost, is finished, so that a consent that did not survive it is known
 * before somebody needs it.
 */
export async function finishRenewals(hub: Hub): Promise<void> {
  for (const { id } of await grantsWithOpenRenewal(hub.db)) {
    try {
      await tokenOf(hub, id)
    } catch (error) {
      hub.log.warn({ err: error, connection_id: id }, `a renewal could not be finished: ${sentenceOf(error)}`)
    }
  }
}

/** Also of an app that is switched off, whose consents must outlive that: a token is no work with Zoom. */
async function tokenOf(hub: Hub, connection_id: string, rejected?: Secret): Promise<CallToken> {
  const row = await connectionById(hub.db, connection_id)
  const app = row && (await zoomAppById(hub.db, row.zoom_app_id))
  if (!app) throw new NotFoundError(`There is no connection ${connection_id}`)
  return accessToken(hub, app, connection_id, rejected)
}

/**
 * Each hour: an app that was refused may be taken again, and nobody says so. One token is asked for, and for the consents to an app one
 * for all of them; when Zoom gives it, the connection works again, and the others are tried. A consent that is itself refused
 * (`invalid_grant`) is left alone: its refresh token is good no more (docs/zoom.md).
 */
export async function tryRefusedApps(hub: Hub): Promise<void> {
  const refused = await refusedForNow(hub.db)
  await tryAgain(
    hub,
    refused.filter(({ failed_at }) => isDueAgain(failed_at, hub.runtime.now())),
  )
}

/** The job after somebody has given an app another secret: what was refused for the one before is tried at once. */
export async function tryRefusedApp(payload: unknown, hub: Hub): Promise<void> {
  const { zoom_app_id } = payload as { zoom_app_id: string }
  const refused = await refusedForNow(hub.db)
  await tryAgain(
    hub,
    refused.filter((connection) => connection.zoom_app_id === zoom_app_id),
  )
}

export const tryRefusedAppJob = (zoom_app_id: string): Job => ({
  task: 'refused_app',
  payload: { zoom_app_id },
  key: `refused_app:${zoom_app_id}`,
})

async function tryAgain(hub: Hub, connections: Awaited<ReturnType<typeof refusedForNow>>): Promise<void> {
  const refused = new Set<string>()
  for (const { id, zoom_app_id, kind } of connections) {
    if (refused.has(zoom_app_id)) continue
    try {
      await (await zoomClient(hub, id)).accessToken()
    } catch (error) {
      if (kind === 'server_to_server' || !isOfConsent(error)) refused.add(zoom_app_id)
      hub.log.info({ connection_id: id }, `an app is refused still: ${sentenceOf(error)}`)
    }
  }
}

/** The app is taken, and this one consent is over. */
const isOfConsent = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof ZoomOAuthError && error.cause.error === 'invalid_grant'

const hour_ms = 3_600_000

/** Hourly for a day, then once a day: an app that nobody misses so long is hardly enabled this very hour. */
export function isDueAgain(failed_at: Date | null, now: number): boolean {
  const hours = Math.floor((now - (failed_at?.getTime() ?? now)) / hour_ms)
  return hours < 24 || hours % 24 === 0
}
