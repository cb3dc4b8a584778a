import { hash } from 'node:crypto'
import { InputError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { JsonError } from '#core/json.ts'
import type { NewEvent } from '#store/events.ts'
import { sawRefusedEvent, updateZoomApp } from '#store/zoom-apps.ts'
import { readWebhookEvent, urlValidationAnswer, verifyWebhook, WebhookVerificationError } from '#zoom/webhook.ts'
import type { WebhookEvent, WebhookHeaders } from '#zoom/webhook.ts'
import type { Hub } from '#hub/hub.ts'
import type { InboxApp } from './intake.ts'

export interface WebhookAnswer {
  status: 200
  body?: { plainToken: string; encryptedToken: string }
}

/**
 * Takes one request of Zoom: verified, then read, then stored together with its job, and only then answered. The address
 * check of Zoom (`endpoint.url_validation`) is answered from memory.
 * @throws NotFoundError for an unknown app, WebhookVerificationError for what Zoom did not sign now, InputError for signed
 * bytes that are no event. What the database throws goes on, so that Zoom hears of it and sends the event again.
 */
export async function receiveWebhook(
  hub: Hub,
  zoom_app_id: string,
  raw: Uint8Array,
  headers: WebhookHeaders,
): Promise<WebhookAnswer> {
  const app = await verifiedApp(hub, zoom_app_id, raw, headers)
  const event = readEvent(raw)
  if (event.event === 'endpoint.url_validation') {
    const body = answerUrlValidation(event, app)
    // The answer does not wait: Zoom gives it three seconds.
    void rememberValidation(hub, app.id)
    return { status: 200, body }
  }
  const now = hub.runtime.now()
  const row = eventRow(event)
  const homes = [app, ...app.also.filter((also) => verifies(raw, headers, also.secrets, now))]
  await hub.intake.store(
    homes.map(({ id, workspace_id }) => ({ ...row, id: newId('event', now), workspace_id, zoom_app_id: id })),
  )
  hub.metrics.events.inc({ state: 'received' }, homes.length)
  return { status: 200 }
}

/**
 * The same for a door that names no app: the app is the one whose secret signed the bytes.
 * @throws WebhookVerificationError when none did.
 */
export async function receiveSharedWebhook(hub: Hub, raw: Uint8Array, headers: WebhookHeaders): Promise<WebhookAnswer> {
  const now = hub.runtime.now()
  const apps = await hub.intake.apps()
  const signer = apps.find((app) => verifies(raw, headers, app.secrets, now))
  if (signer) return receiveWebhook(hub, signer.id, raw, headers)
  // Says exactly what is wrong with the headers or the age; with right ones it is the signature.
  verifyWebhook(raw, headers, apps[0]?.secrets ?? [], now)
  throw new WebhookVerificationError('bad_signature', 'No Zoom app that is known here signed this')
}

/** A secret that was changed a moment ago may not be known here yet: before a signature is refused, the app is read again. */
async function verifiedApp(hub: Hub, id: string, raw: Uint8Array, headers: WebhookHeaders): Promise<InboxApp> {
  for (const again of [true, false]) {
    const app = await hub.intake.app(id)
    if (!app)
      throw new NotFoundError('There is no Zoom app at this address. Copy the event notification endpoint again')
    try {
      verifyWebhook(raw, headers, app.secrets, hub.runtime.now())
      return app
    } catch (error) {
      if (!(error instanceof WebhookVerificationError && error.reason === 'bad_signature')) throw error
      hub.intake.forget(id)
      if (again) continue
      await rememberRefusal(hub, id)
      throw error
    }
  }
  throw new NotFoundError(`There is no Zoom app ${id}`)
}

/** For the set-up. */
const rememberValidation = (hub: Hub, id: string): Promise<void> =>
  updateZoomApp(hub.db, id, { url_validated_at: new Date(hub.runtime.now()) }).catch((error: unknown) =>
    hub.log.warn({ err: error, zoom_app_id: id }, 'that Zoom validated the address could not be kept'),
  )

/** For the doctor. That it could not be kept changes nothing about the answer. */
const rememberRefusal = (hub: Hub, id: string): Promise<void> =>
  sawRefusedEvent(hub.db, id, new Date(hub.runtime.now())).catch((error: unknown) =>
    hub.log.warn({ err: error, zoom_app_id: id }, 'that a signature was refused could not be kept'),
  )

function readEvent(raw: Uint8Array): WebhookEvent {
  try {
    return readWebhookEvent(raw)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new InputError(`The body is not an event: ${error.message}`, [], { cause: error })
  }
}

function answerUrlValidation({ payload }: WebhookEvent, app: InboxApp): NonNullable<WebhookAnswer['body']> {
  const { plainToken } = payload
  const [secret] = app.secrets
  if (typeof plainToken !== 'string' || !secret)
    throw new InputError('endpoint.url_validation needs a plainToken', [
      { field: 'payload.plainToken', message: 'must be text' },
    ])
  return urlValidationAnswer(plainToken, secret)
}

function verifies(raw: Uint8Array, headers: WebhookHeaders, secrets: InboxApp['secrets'], now: number): boolean {
  try {
    verifyWebhook(raw, headers, secrets, now)
    return true
  } catch {
    return false
  }
}

/** The end of the year 9999: a time beyond is no time of Zoom's, and would lose its milliseconds on the way. */
const latest = 253_402_300_799_999

/** The columns that follow from the event alone. */
export const eventRow = (event: WebhookEvent): Omit<NewEvent, 'id' | 'workspace_id' | 'zoom_app_id'> => ({
  event: event.event,
  event_ts: event.event_ts <= latest ? event.event_ts : 0,
  digest: digestOf(event.body),
  account_id: textOf(event.payload['account_id']),
  subject: subjectOf(event.payload),
  body: event.body,
})

/** The same event may be delivered twice, with another download token in it. */
const digestOf = (body: string): string =>
  hash('sha256', body.includes('"download_token"') ? body.replace(downloadToken, '') : body)
const downloadToken = /"download_token"\s*:\s*"(?:[^"\\]|\\.)*"/g

/** What must be kept in order: the meeting, or for what concerns none the account. */
function subjectOf(payload: Record<string, unknown>): string {
  const object = payload['object']
  const id = isObject(object) ? (object['id'] ?? object['meeting_id']) : undefined
  const meeting = typeof id === 'number' ? String(id) : id
  if (typeof meeting === 'string' && /^\d{1,19}$/.test(meeting)) return meeting
  return `account:${textOf(payload['account_id']) ?? ''}`
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Zoom's ids have some twenty characters. Longer ones would not fit into the name of a queue, NUL not into PostgreSQL's text. */
const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value.replaceAll('\u0000', '').slice(0, 60) : null
