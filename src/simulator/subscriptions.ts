import { randomUUID } from 'node:crypto'
import { now, setAlarm } from './clock.ts'
import { post } from './deliveries.ts'
import { newToken } from './ids.ts'
import { encryptedToken, signedHeaders } from './signing.ts'
import type { App, Subscription, World } from './state.ts'

export const mostSubscriptions = 20

export type Validation = { validated: true } | { validated: false; reason: string }

/** Adds a subscription without asking its URL anything. */
export function addSubscription(world: World, app: App, url: string, events: string[]): Subscription {
  const subscription: Subscription = {
    id: randomUUID(),
    url,
    events,
    enabled: true,
    failures: 0,
    tail: Promise.resolve(),
    held: [],
    by_api: undefined,
  }
  app.subscriptions.push(subscription)
  validateAgainLater(world, app, subscription)
  return subscription
}

/**
 * Zoom's challenge: the endpoint must answer `endpoint.url_validation` within 3 s with 200 and the HMAC of the token.
 * https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
 */
export async function validateUrl(world: World, app: App, url: string): Promise<Validation> {
  const plainToken = newToken(16)
  const body = Buffer.from(
    JSON.stringify({ event: 'endpoint.url_validation', event_ts: now(world.clock), payload: { plainToken } }),
  )
  const { status, error, answer } = await post(world, url, body, signedHeaders(body, app.secret_token))
  if (status === undefined) return { validated: false, reason: `the endpoint gave no answer: ${error}` }
  if (status !== 200) return { validated: false, reason: `the endpoint answered ${status}, not 200` }
  const expected = { plainToken, encryptedToken: encryptedToken(plainToken, app.secret_token) }
  const wrong = differs(answer ?? '', expected)
  return wrong ? { validated: false, reason: wrong } : { validated: true }
}

function differs(answer: string, expected: Record<string, string>): string | undefined {
  let given: Record<string, unknown>
  try {
    given = Object(JSON.parse(answer))
  } catch {
    return 'the endpoint did not answer with JSON'
  }
  const field = Object.keys(expected).find((name) => given[name] !== expected[name])
  return field && `the endpoint answered with a wrong ${field}`
}

const every72Hours = 72 * 3_600_000
const mostFailures = 6

/** Zoom asks again every 72 hours and switches a URL off that has failed six times in a row. */
function validateAgainLater(world: World, app: App, subscription: Subscription): void {
  setAlarm(world.clock, now(world.clock) + every72Hours, async () => {
    if (!app.subscriptions.includes(subscription) || !subscription.enabled) return
    const { validated } = await validateUrl(world, app, subscription.url)
    subscription.failures = validated ? 0 : subscription.failures + 1
    if (subscription.failures >= mostFailures) subscription.enabled = false
    else validateAgainLater(world, app, subscription)
  })
}
