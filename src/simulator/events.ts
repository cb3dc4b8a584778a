import { events } from '#zoom/schema/events.ts'
import { now } from './clock.ts'
import { deliver } from './deliveries.ts'
import type { EmittedEvent } from './emitted-events.ts'
import type { App, Person, Subscription, World } from './state.ts'

/** Who caused an event, as `payload` names them. */
export const operatorOf = ({ email, id }: Person) => ({ operator: email, operator_id: id })

/** Whom an event is for: the apps that may know of this user (the host of a meeting, say), or one app alone. */
type Audience = { about: string } | { only: App }

/** Sends an event to every subscription of every app that wants it and may have it. */
export function publish(
  world: World,
  event: EmittedEvent,
  audience: Audience,
  payload: object,
  more: { download_token?: string } = {},
): void {
  const envelope = {
    event,
    event_ts: now(world.clock),
    ...more,
    payload: { account_id: world.account.id, ...payload },
  }
  for (const app of appsFor(world, audience)) {
    if (!app.activated || !mayReceive(world, app, event)) continue
    for (const subscription of app.subscriptions) {
      if (subscription.enabled && wants(subscription.events, event) && isFor(world, subscription, audience)) {
        deliver(world, app, subscription, event, Buffer.from(JSON.stringify(envelope)))
      }
    }
  }
}

/** A subscription of the API's is for its subscribers: the account, or users whose own things are told. */
function isFor(world: World, { by_api }: Subscription, audience: Audience): boolean {
  if (!by_api || by_api.subscriber_ids.has(world.account.id)) return true
  return 'about' in audience && by_api.subscriber_ids.has(audience.about)
}

const appsFor = (world: World, audience: Audience): App[] =>
  'only' in audience ? [audience.only] : [...world.apps.values()].filter((app) => mayKnowOf(world, app, audience.about))

/** A user-managed app hears of those who have allowed it, an admin-managed one of everybody once an admin has. */
function mayKnowOf(world: World, { client_id, type }: App, user_id: string): boolean {
  if (type === 'server_to_server') return true
  return [...world.grants.values()].some(
    (grant) =>
      grant.client_id === client_id && !grant.revoked && (type === 'admin_managed' || grant.user_id === user_id),
  )
}

/** `*` is every event. */
export const wants = (names: string[], event: string): boolean => names.includes('*') || names.includes(event)

/** Zoom lets an app subscribe only to what its scopes cover. Classic scopes have no table: there every event is covered. */
function mayReceive(world: World, app: App, event: string): boolean {
  const needed = events.get(event)?.granular_scopes ?? []
  if (!world.settings.events_need_scopes || app.scope_family === 'classic' || needed.length === 0) return true
  const held = new Set(app.scopes)
  return needed.some((scope) => held.has(scope) || held.has(scope.replace(/:admin$/, '')))
}
