import { events } from '#zoom/schema/events.ts'
import { now } from './clock.ts'
import { deliver } from './deliveries.ts'
import type { App, Person, World } from './state.ts'

/** Who caused an event, as `payload` names them. */
export const operatorOf = ({ email, id }: Person) => ({ operator: email, operator_id: id })

/** Sends an event to every subscription of every app that wants it and may have it. */
export function publish(
  world: World,
  event: string,
  payload: object,
  { only, ...more }: { only?: App; download_token?: string } = {},
): void {
  const envelope = {
    event,
    event_ts: now(world.clock),
    ...more,
    payload: { account_id: world.account.id, ...payload },
  }
  for (const app of only ? [only] : world.apps.values()) {
    if (!app.activated || !mayReceive(world, app, event)) continue
    for (const subscription of app.subscriptions) {
      if (subscription.enabled && wants(subscription.events, event)) {
        deliver(world, app, subscription, event, Buffer.from(JSON.stringify(envelope)))
      }
    }
  }
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
