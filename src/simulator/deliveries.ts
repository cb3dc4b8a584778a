import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { now, setAlarm } from './clock.ts'
import { takeWebhookFault, type WebhookFault } from './faults.ts'
import { signedHeaders } from './signing.ts'
import type { App, Attempt, Delivery, Subscription, World } from './state.ts'

/** Sends one event to one subscription, after those that went before it, with whatever fault waits for it. */
export function deliver(world: World, app: App, subscription: Subscription, event: string, body: Buffer): void {
  const fault = takeWebhookFault(world, { event, client_id: app.client_id, url: subscription.url })
  if (fault?.action.drop) {
    world.deliveries.push({ ...newDelivery(app, subscription, event, body), state: 'dropped' })
    return
  }
  for (let copy = 0; copy <= (fault?.action.duplicate ?? 0); copy++)
    enqueue(world, app, subscription, event, body, fault)
}

/** Resolves when nothing is being sent any more; retries that wait for their time do not count. */
export async function settle(world: World): Promise<void> {
  while (world.in_flight.size > 0) await Promise.all(world.in_flight)
}

function enqueue(
  world: World,
  app: App,
  subscription: Subscription,
  event: string,
  body: Buffer,
  fault: WebhookFault | undefined,
): void {
  const { signal } = world.over
  const delivery = newDelivery(app, subscription, event, body)
  world.deliveries.push(delivery)
  const send = (): void => {
    delivery.state = 'sending'
    const sending = subscription.tail.then(async () => {
      if (fault?.action.delay_ms) await setTimeout(fault.action.delay_ms, undefined, { signal }).catch(() => {})
      const secret_token = fault?.action.missign ? 'a wrong secret' : app.secret_token
      await attempt(world, signal, delivery, Buffer.from(body), secret_token)
    })
    subscription.tail = sending
    track(world, sending)
  }
  if (fault?.action.reorder) {
    delivery.state = 'held'
    subscription.held.push(send)
    return
  }
  send()
  for (const sendHeld of subscription.held.splice(0)) sendHeld()
}

const newDelivery = (app: App, { id, url }: Subscription, event: string, body: Buffer): Delivery => ({
  id: randomUUID(),
  client_id: app.client_id,
  subscription_id: id,
  url,
  event,
  event_ts: eventTime(body),
  state: 'sending',
  attempts: [],
  next_attempt_at: undefined,
  body: body.toString(),
})

function eventTime(body: Buffer): number | undefined {
  const [, digits] = /"event_ts":\s*(\d+)/.exec(body.toString()) ?? []
  return digits ? Number(digits) : undefined
}

function track(world: World, work: Promise<void>): void {
  world.in_flight.add(work)
  void work.finally(() => world.in_flight.delete(work))
}

/** One try; a failed one is repeated after the waits of the settings, counted from when it was due. None when its world is over. */
async function attempt(
  world: World,
  over: AbortSignal,
  delivery: Delivery,
  body: Buffer<ArrayBuffer>,
  secret_token: string,
  headers = signedHeaders(body, secret_token),
  due = now(world.clock),
): Promise<void> {
  if (over.aborted) return
  const { webhook_retry_minutes, webhook_retry_4xx, webhook_retry_signs_again } = world.settings
  const outcome = await post(world, delivery.url, body, headers)
  if (over.aborted) return
  delivery.attempts.push(outcome)
  delivery.next_attempt_at = undefined
  if (outcome.status === 200 || outcome.status === 204) {
    delivery.state = 'delivered'
    return
  }
  const wait = webhook_retry_minutes[delivery.attempts.length - 1]
  const refused = outcome.status !== undefined && outcome.status >= 400 && outcome.status < 500
  if (wait === undefined || (refused && !webhook_retry_4xx)) {
    delivery.state = 'failed'
    return
  }
  const next = due + wait * 60_000
  delivery.state = 'retrying'
  delivery.next_attempt_at = new Date(next).toISOString()
  setAlarm(world.clock, next, async () => {
    const again = webhook_retry_signs_again ? signedHeaders(body, secret_token) : headers
    const retry = attempt(world, over, delivery, body, secret_token, again, next)
    track(world, retry)
    await retry
  })
}

/** Posts signed bytes and says what came back; an endpoint that takes too long gave no answer. */
export async function post(
  world: World,
  url: string,
  body: Buffer<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Attempt> {
  const began = performance.now()
  const at = new Date(now(world.clock)).toISOString()
  const timeout = world.settings.webhook_timeout_ms
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(timeout), world.over.signal])
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal })
    const answer = (await response.text()).slice(0, 500)
    return { at, status: response.status, error: undefined, duration_ms: since(began), answer }
  } catch (error) {
    return { at, status: undefined, error: whyNoAnswer(error, timeout), duration_ms: since(began), answer: undefined }
  }
}

const since = (began: number): number => Math.round(performance.now() - began)

function whyNoAnswer(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${timeout} ms`
  return error.cause instanceof Error ? error.cause.message : error.message
}
