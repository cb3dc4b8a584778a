import { sentenceOf } from '#core/errors.ts'
import type { DeliveryRow } from '#store/deliveries.ts'
import type { SubscriptionRow } from '#store/subscriptions.ts'
import { retryAfter } from '#zoom/retry-after.ts'
import { goodSecrets, type SealedSecrets } from '#hub/earlier-secrets.ts'
import type { Hub } from '#hub/hub.ts'
import type { Signer } from '#hub/integration.ts'
import type { Tried } from './schedule.ts'

/** A destination has this long for its answer. */
export const timeout_ms = 15_000

/** Sends one delivery once. Nothing is thrown: whatever goes wrong is what came of it. */
export async function send(
  hub: Hub,
  subscription: SubscriptionRow,
  delivery: DeliveryRow,
  stopping?: AbortSignal,
): Promise<Tried> {
  try {
    const timestamp = Math.floor(hub.runtime.now() / 1000)
    const { id, body } = delivery
    const secrets = goodSecrets(hub.keys, secretsOf(subscription, hub.runtime.now()), hub.runtime.now())
    const signed = signerOf(hub, subscription.signer).headers({ id, timestamp, body }, secrets)
    const answer = await wayOut(hub, subscription)(subscription.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Greenroom', ...signed },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeout_ms), ...(stopping ? [stopping] : [])]),
    })
    await answer.body?.cancel()
    return judged(answer, hub.runtime.now())
  } catch (error) {
    return { result: 'failed', status: null, error: sentenceOf(error) }
  }
}

function judged(answer: Response, now: number): Tried {
  const { status } = answer
  if (status >= 200 && status < 300) return { result: 'delivered', status }
  if (status === 410) return { result: 'gone', status, error: 'The destination answered 410 Gone' }
  const redirect = status >= 300 && status < 400 ? ': redirects are not followed, enter where it leads' : ''
  const not_before = retryAfter(answer.headers.get('retry-after'), now)
  return { result: 'failed', status, error: `The destination answered ${status}${redirect}`, not_before }
}

/** The address that is connected to is judged; an administrator's allowance is for this one origin. */
const wayOut = (hub: Hub, { url, allow_private }: SubscriptionRow): typeof fetch =>
  hub.outgoing(allow_private ? [new URL(url).origin] : [])

/** @throws Error when no integration brings this signer any more. */
export function signerOf(hub: Hub, name: string): Signer {
  for (const { signers } of hub.integrations)
    if (signers && Object.hasOwn(signers, name)) return signers[name] as Signer
  throw new Error(`There is no signer ${name}: the integration that brought it is not served any more`)
}

/** What signs the messages of a subscription, now and for a while after a rotation. */
export function secretsOf(
  { id, secret, previous_secret, previous_secret_until }: SubscriptionRow,
  now: number,
): SealedSecrets {
  const overlaps = (previous_secret_until?.getTime() ?? 0) > now
  return { boundTo: id, current: secret, earlier: overlaps ? previous_secret : null }
}
