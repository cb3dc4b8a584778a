import { createHmac, timingSafeEqual } from 'node:crypto'
import { JsonError, parseJson } from '#core/json.ts'
import type { Secret } from '#core/secret.ts'

/** A request that Zoom did not sign, or not for now. */
export class WebhookVerificationError extends Error {
  override name = 'WebhookVerificationError'
  readonly reason: 'unsigned' | 'bad_signature' | 'too_old' | 'too_new'
  constructor(reason: WebhookVerificationError['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

/** The two headers that matter: `x-zm-request-timestamp` (epoch seconds) and `x-zm-signature`. */
export interface WebhookHeaders {
  timestamp?: string | undefined
  signature?: string | undefined
}

/** Zoom's five minutes, in ms, to either side. */
const tolerance = 300_000

/**
 * Holds a request's raw bytes against its signature: https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events.
 * `secrets` are the app's secret token and, while it changes, the one before; `now` is epoch ms. The age is judged after
 * the signature, so that "too old" speaks of the clocks and not of a stranger.
 * @throws WebhookVerificationError
 */
export function verifyWebhook(
  raw: Uint8Array,
  { timestamp, signature }: WebhookHeaders,
  secrets: readonly Secret[],
  now: number,
): void {
  if (!timestamp || !signature)
    throw new WebhookVerificationError('unsigned', 'The request carries no signature of Zoom')
  const seconds = /^\d{1,15}$/.test(timestamp) ? Number(timestamp) : undefined
  if (seconds === undefined || !signedByAny(raw, timestamp, signature, secrets)) {
    throw new WebhookVerificationError('bad_signature', 'The signature does not belong to this body and secret token')
  }
  const age = now - seconds * 1000
  if (age > tolerance)
    throw new WebhookVerificationError(
      'too_old',
      `Signed ${Math.round(age / 1000)} seconds ago; five minutes are allowed`,
    )
  if (-age > tolerance)
    throw new WebhookVerificationError(
      'too_new',
      `Signed ${Math.round(-age / 1000)} seconds from now; five minutes are allowed`,
    )
}

/** Every secret is tried, so that the time taken does not tell which one fits. */
function signedByAny(raw: Uint8Array, timestamp: string, signature: string, secrets: readonly Secret[]): boolean {
  const given = Buffer.from(signature)
  let fits = false
  for (const secret of secrets) {
    if (secret.reveal() === '') continue // anybody can sign with nothing
    const expected = Buffer.from(
      `v0=${createHmac('sha256', secret.reveal()).update(`v0:${timestamp}:`).update(raw).digest('hex')}`,
    )
    if (given.length === expected.length && timingSafeEqual(given, expected)) fits = true
  }
  return fits
}

/** What Zoom wants to hear when it checks an address: https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint */
export const urlValidationAnswer = (
  plainToken: string,
  secret: Secret,
): { plainToken: string; encryptedToken: string } => ({
  plainToken,
  encryptedToken: createHmac('sha256', secret.reveal()).update(plainToken).digest('hex'),
})

export interface WebhookEvent {
  /** `meeting.started` */
  event: string
  /** Epoch ms; 0 when the event does not say. */
  event_ts: number
  payload: Record<string, unknown>
  /** The whole event as it was sent. */
  body: string
}

/**
 * A verified request's event, whatever its kind.
 * @throws JsonError when the bytes are not an event: not UTF-8, not JSON, too deep, without a name.
 */
export function readWebhookEvent(raw: Uint8Array): WebhookEvent {
  const body = decoded(raw)
  const envelope = parseJson(body)
  if (!isObject(envelope)) throw new JsonError('an event is a JSON object')
  const { event, payload = {} } = envelope
  if (typeof event !== 'string' || !/^[\w.:-]{1,200}$/.test(event))
    throw new JsonError('`event` must be the name of an event')
  if (!isObject(payload)) throw new JsonError('`payload` must be an object')
  return { event, event_ts: eventTime(envelope['event_ts'], payload), payload, body }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(raw: Uint8Array): string {
  try {
    return utf8.decode(raw)
  } catch (error) {
    throw new JsonError('not UTF-8', { cause: error })
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `app_deauthorized` has its time within the payload, as text, in one of two places. */
const eventTime = (event_ts: unknown, payload: Record<string, unknown>): number =>
  instant(event_ts) ?? instant(payload['event_ts']) ?? instant(payload['deauthorization_time']) ?? 0

const lastInstant = 8.64e15 // of a Date

function instant(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? textInstant(value) : value
  return typeof ms === 'number' && ms >= 0 && ms <= lastInstant ? Math.trunc(ms) : undefined
}

/** Digits, or a date that is UTC unless it says otherwise: `2024-09-08 15:58:40`. */
function textInstant(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const date = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text)
  return date ? Date.parse(`${date[1]}T${date[2]}${date[3] ?? 'Z'}`) : Number.NaN
}
