import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { hashOf } from '#core/hashed.ts'
import { InputError, NotFoundError, UnauthorizedError, UnavailableError } from '#core/errors.ts'
import { JsonError } from '#core/json.ts'
import { connectionById, lockConnectionOfGrant, type ConnectionRow } from '#store/connections.ts'
import { zoomAppById, type ZoomAppRow } from '#store/zoom-apps.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { readZoomEvent, type EventPayload } from '#zoom/events.ts'
import { getUser } from '#zoom/users.ts'
import { readWebhookEvent, type WebhookHeaders } from '#zoom/webhook.ts'
import type { Hub } from '#hub/hub.ts'
import { receiveWebhook, type WebhookAnswer } from '#hub/inbox/receive.ts'
import type { Outcome } from '#hub/integration.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { deauthorize } from './end.ts'

/** The older way in: an address with a secret. @throws NotFoundError for an unknown app, UnauthorizedError for another secret. */
export async function takeNoticeAtAddress(
  hub: Hub,
  zoom_app_id: string,
  secret: string | undefined,
  raw: Uint8Array,
  headers: WebhookHeaders,
): Promise<WebhookAnswer> {
  const app = await zoomAppById(hub.db, zoom_app_id)
  if (!app) throw new NotFoundError('There is no Zoom app at this address')
  if (!fits(app, secret ?? '')) throw new UnauthorizedError('The secret in the address is not the one of this app')
  return takeNotice(hub, zoom_app_id, raw, headers)
}

const fits = ({ deauthorization_secret_hash: kept }: ZoomAppRow, secret: string): boolean =>
  kept !== null && timingSafeEqual(kept, hashOf(secret))

/**
 * Somebody removed the app at Zoom, told at an address whose secret was right. Signed, it is an event as any other. Unsigned, it is a
 * hint alone: Zoom is asked whether the consent still stands, and whoever knows the address can cause that question and no more.
 * https://developers.zoom.us/docs/integrations/oauth/#deauthorization
 * @throws UnauthorizedError when it is about another app, WebhookVerificationError for a wrong signature, InputError for no notice.
 */
export async function takeNotice(
  hub: Hub,
  zoom_app_id: string,
  raw: Uint8Array,
  headers: WebhookHeaders,
): Promise<WebhookAnswer> {
  if (headers.signature !== undefined) return receiveWebhook(hub, zoom_app_id, raw, headers)
  const notice = readNotice(raw)
  const app = await zoomAppById(hub.db, zoom_app_id)
  if (!app || notice.client_id !== app.client_id) throw new UnauthorizedError('The notification is about another app.')
  const outcome = await unsigned(hub, zoom_app_id, notice)
  hub.log.info({ zoom_app_id, ...outcome }, 'an unsigned deauthorization')
  return { status: 200 }
}

function readNotice(raw: Uint8Array): EventPayload<'app_deauthorized'> {
  try {
    const event = readZoomEvent(readWebhookEvent(raw))
    if (event?.event === 'app_deauthorized') return event.payload
  } catch (error) {
    if (!(error instanceof JsonError || error instanceof z.ZodError)) throw error
  }
  throw new InputError('This is no notification of a deauthorization')
}

async function unsigned(hub: Hub, zoom_app_id: string, notice: EventPayload<'app_deauthorized'>): Promise<Outcome> {
  const user_id = notice.user_id
  if (!user_id || user_id.includes('\0')) return { outcome: 'ignored', reason: 'it names no user' }
  const held = await hub.db.transaction().execute((trx) => lockConnectionOfGrant(trx, zoom_app_id, user_id))
  if (!held) return { outcome: 'ignored', reason: 'this user has no connection here' }
  if (!isKnownToBeOver(held) && !(await isOver(hub, held.id)))
    return { outcome: 'ignored', reason: 'Zoom does not say that the consent is over' }
  return hub.db.transaction().execute(async (trx) => {
    const now = await lockConnectionOfGrant(trx, zoom_app_id, user_id)
    if (now?.state !== 'disconnected') return { outcome: 'ignored', reason: 'the user has consented again since' }
    // What an unsigned notice says of when, nobody vouches for.
    return deauthorize(hub, trx, zoom_app_id, { ...notice, deauthorization_time: null })
  })
}

/** Zoom has refused its last token, or said that the user is gone, or it was taken back from here: there is nothing left to ask with. */
const isKnownToBeOver = ({ state, failure_code }: ConnectionRow): boolean =>
  state === 'disconnected' && over.some((code) => code === failure_code)

const over = [
  'invalid_grant',
  'refresh_outcome_unknown',
  'disconnected',
  'user_deactivated',
  'user_deleted',
  'user_disassociated',
]

/** A token that Zoom does not take any more ends the connection, wherever that is noticed. */
async function isOver(hub: Hub, connection_id: string): Promise<boolean> {
  try {
    await getUser(await zoomClient(hub, connection_id), 'me')
    return false
  } catch (error) {
    if (!(error instanceof UnavailableError || error instanceof ZoomApiError)) throw error
  }
  const row = await connectionById(hub.db, connection_id)
  return row !== undefined && isKnownToBeOver(row)
}
