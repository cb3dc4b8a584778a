import { z } from 'zod'
import { events as knownEvents } from '#zoom/schema/events.ts'
import { findPerson } from '#simulator/people.ts'
import { invalidFields, refusal } from '#simulator/refusal.ts'
import type { Subscription } from '#simulator/state.ts'
import { addSubscription, mostSubscriptions, validateUrl } from '#simulator/subscriptions.ts'
import { created, noContent, ok, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { pageOf } from './pages.ts'

const scope = z.enum(['user', 'account'])

const subscribers = {
  subscription_scope: scope.default('user'),
  user_ids: z.array(z.string()).default([]),
  account_id: z.string().optional(),
}

const subscribing = z.object(subscribers)

const making = z.object({
  ...subscribers,
  event_subscription_name: z.string().min(1).default('Event subscription'),
  event_webhook_url: z.url({ protocol: /^https?$/ }),
  events: z.array(z.string().refine((name) => knownEvents.has(name))).min(1),
})

/**
 * An app's subscriptions, for users or for the account, with a token of `client_credentials`:
 * https://developers.zoom.us/docs/api/webhooks/#configure-webhooks-via-zoom-api. Those of the portal (here: of the control
 * API) are listed, and cannot be changed from here.
 */
export const eventSubscriptionRoutes: ApiRoutes = {
  'GET /marketplace/app/event_subscription': list,
  'POST /marketplace/app/event_subscription': async (call) => {
    const { event_subscription_name: name, event_webhook_url: url, events, ...whom } = parseBody(call, making)
    const subscriber_ids = subscribersOf(call, whom)
    if (call.app.subscriptions.length >= mostSubscriptions) throw invalidFields(['event_webhook_url'])
    const { validated } = await validateUrl(call.world, call.app, url)
    if (!validated) throw invalidFields(['event_webhook_url'])
    const made = addSubscription(call.world, call.app, url, events)
    made.by_api = { name, subscription_scope: whom.subscription_scope, subscriber_ids: new Set(subscriber_ids) }
    return created({ event_subscription_id: made.id }, `${call.base}/v2/marketplace/app/event_subscription/${made.id}`)
  },
  'PATCH /marketplace/app/event_subscription/{eventSubscriptionId}': (call) => {
    const { by_api } = ownSubscription(call, param(call, 'eventSubscriptionId'))
    const whom = parseBody(call, subscribing)
    if (whom.subscription_scope !== by_api.subscription_scope) throw invalidFields(['subscription_scope'])
    for (const id of subscribersOf(call, whom)) by_api.subscriber_ids.add(id)
    return noContent
  },
  'DELETE /marketplace/app/event_subscription/{eventSubscriptionId}': (call) => {
    const ended = ownSubscription(call, param(call, 'eventSubscriptionId'))
    call.app.subscriptions = call.app.subscriptions.filter(({ id }) => id !== ended.id)
    return noContent
  },
  'DELETE /marketplace/app/event_subscription': (call) => {
    const { query } = call
    const { by_api } = ownSubscription(call, query.get('event_subscription_id') ?? '', 'event_subscription_id')
    const subscription_scope = scopeOf(call)
    if (subscription_scope !== by_api.subscription_scope) throw invalidFields(['subscription_scope'])
    const user_ids = (query.get('user_ids') ?? '').split(',').filter(Boolean)
    const account_id = query.get('account_id') ?? undefined
    for (const id of subscribersOf(call, { subscription_scope, user_ids, account_id })) by_api.subscriber_ids.delete(id)
    return noContent
  },
}

function scopeOf({ query }: ApiCall): z.output<typeof scope> {
  const { success, data } = scope.safeParse(query.get('subscription_scope') || 'user')
  if (!success) throw invalidFields(['subscription_scope'])
  return data
}

/** Users by id or e-mail, or the account alone. */
function subscribersOf({ world, endpoint }: ApiCall, whom: z.output<typeof subscribing>): string[] {
  if (whom.subscription_scope === 'account') {
    if ((whom.account_id ?? world.account.id) !== world.account.id) throw invalidFields(['account_id'])
    return [world.account.id]
  }
  if (whom.user_ids.length === 0) throw invalidFields(['user_ids'])
  return whom.user_ids.map((id) => {
    const person = findPerson(world, id)
    if (!person) throw refusal(endpoint, 1001, id)
    return person.id
  })
}

type OwnSubscription = Subscription & { by_api: NonNullable<Subscription['by_api']> }

/** Its parts are those of the world's, so that a change of them is one. */
function ownSubscription({ app }: ApiCall, wanted: string, field = 'eventSubscriptionId'): OwnSubscription {
  const found = app.subscriptions.find(({ id, by_api }) => id === wanted && by_api !== undefined)
  if (!found?.by_api) throw invalidFields([field])
  return { ...found, by_api: found.by_api }
}

/** One row for each subscriber; `user_id` asks for the rows of one user. */
function list(call: ApiCall) {
  const { app, world, query } = call
  const subscription_scope = scopeOf(call)
  const user = query.get('user_id')
  const rows = app.subscriptions
    .flatMap((subscription) => rowsOf(subscription, world.account.id))
    .filter((row) => row.subscription_scope === subscription_scope && (!user || row.subscriber_id === user))
  const { items, paging } = pageOf(call, rows)
  const { next_page_token, page_size } = paging
  return ok({ next_page_token, page_size, event_subscriptions: items })
}

/** What the portal made is the account's. */
function rowsOf({ id, url, events, by_api }: Subscription, account_id: string) {
  const made = by_api ?? { name: '', subscription_scope: 'account' as const, subscriber_ids: new Set([account_id]) }
  return [...made.subscriber_ids].map((subscriber_id) => ({
    event_subscription_id: id,
    events,
    event_subscription_name: made.name,
    event_webhook_url: url,
    subscription_scope: made.subscription_scope,
    created_source: by_api ? 'openapi' : 'default',
    subscriber_id,
  }))
}
