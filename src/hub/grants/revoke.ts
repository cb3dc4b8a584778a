import { sentenceOf } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import { insertAudit } from '#store/audit.ts'
import { connectionById, lockConnection, updateConnection } from '#store/connections.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { ZoomOAuthError } from '#zoom/errors.ts'
import { refreshAccessToken, revokeToken } from '#zoom/oauth.ts'
import { refreshTokenOf, seal, unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { DisconnectedError } from '#hub/token-outcome.ts'
import { accessToken } from '#hub/tokens.ts'
import { credentials, zoomRuntime } from '#hub/zoom-app.ts'

/** What the failure of a connection says that was ended here: the consent is gone at Zoom, too; will be; or stands there for good. */
export const endedHere = {
  revoked: 'The connection was ended here',
  waiting:
    'The connection was ended here, but Zoom has not taken the consent back yet: it is asked again for some days. Whoever consented can also remove the app at Zoom’s Marketplace, under “Manage”, “Added apps”',
  standing:
    'The connection was ended here, but Zoom did not take the consent back: whoever consented removes the app at Zoom’s Marketplace, under “Manage”, “Added apps”',
} as const

/**
 * Takes the consent back at Zoom, as far as a token for it is left. What fails is for the log: here it ends all the same. False when
 * the consent may still stand at Zoom.
 */
export async function revokeAtZoom(hub: Hub, connection_id: string): Promise<boolean> {
  try {
    const row = await connectionById(hub.db, connection_id)
    const app = row && (await zoomAppById(hub.db, row.zoom_app_id))
    if (!app || !row.refresh_token) return !row?.unrevoked_token
    // Also of an app that is switched off: to take a consent back is no work with Zoom.
    const { access_token } = await accessToken(hub, app, connection_id, undefined)
    await revokeToken(zoomRuntime(hub, app), credentials(hub, app), access_token)
    return true
  } catch (error) {
    if (isOverAtZoom(error)) return true
    hub.log.warn({ err: error, connection_id }, `a grant could not be revoked at Zoom: ${sentenceOf(error)}`)
    return false
  }
}

/** Nothing is left to take back. An app whose credentials Zoom refuses may have consents still. */
const isOverAtZoom = (error: unknown): boolean =>
  error instanceof DisconnectedError &&
  !(error.cause instanceof ZoomOAuthError && error.cause.error !== 'invalid_grant')

export const revokeJob = (connection_id: string): Job => ({
  task: 'revoke',
  payload: { connection_id },
  key: `revoke:${connection_id}`,
})

/**
 * The job after a connection was ended while Zoom could not be asked: tried again until Zoom has taken the consent back, or takes its
 * token no more. A new consent has put an end to it.
 */
export async function revokeEnded(payload: unknown, hub: Hub): Promise<void> {
  const { connection_id } = payload as { connection_id: string }
  const row = await connectionById(hub.db, connection_id)
  const app = row && (await zoomAppById(hub.db, row.zoom_app_id))
  if (!app || !row.unrevoked_token) return
  const at = [zoomRuntime(hub, app), credentials(hub, app)] as const
  const held = unseal(hub.keys, refreshTokenOf(connection_id), row.unrevoked_token)
  try {
    const token = await refreshAccessToken(...at, held)
    if (!(await keep(hub, connection_id, held, token.refresh_token ?? held))) return
    await revokeToken(...at, token.access_token)
  } catch (error) {
    if (!(error instanceof ZoomOAuthError && error.error === 'invalid_grant')) throw error
    return settle(hub, connection_id, 'standing')
  }
  await settle(hub, connection_id, 'revoked')
}

/** Zoom takes the token before no more. False when there is a new consent, which is not to be taken back. */
const keep = (hub: Hub, connection_id: string, held: Secret, next: Secret): Promise<boolean> =>
  hub.db.transaction().execute(async (trx) => {
    const boundTo = refreshTokenOf(connection_id)
    const row = await lockConnection(trx, connection_id)
    if (!row?.unrevoked_token || unseal(hub.keys, boundTo, row.unrevoked_token).reveal() !== held.reveal()) return false
    await updateConnection(trx, connection_id, { unrevoked_token: seal(hub.keys, boundTo, next) })
    return true
  })

const settle = (hub: Hub, connection_id: string, outcome: 'revoked' | 'standing'): Promise<void> =>
  hub.db.transaction().execute(async (trx) => {
    const row = await lockConnection(trx, connection_id)
    if (row?.failure_message !== endedHere.waiting) return
    await updateConnection(trx, connection_id, { unrevoked_token: null, failure_message: endedHere[outcome] })
    if (outcome === 'revoked')
      await insertAudit(trx, {
        workspace_id: row.workspace_id,
        actor: 'hub',
        action: 'connection.revoked',
        object_id: connection_id,
      })
  })
