import { eventsOfApp } from '#store/app-events.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import type { AppKind } from '#zoom/scopes.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { featuresOf, type FeatureName } from './catalogue.ts'

/** Whether events arrive, and what is not to be had for want of those that never did. */
export async function checkEvents(hub: Hub, about: string, app: ZoomAppRow): Promise<Finding[]> {
  const refused = checkSignatures(about, app)
  if (refused) return [refused]
  const arrival = checkArrival(about, app)
  if (arrival.state === 'failed') return [arrival]
  const seen = new Set((await eventsOfApp(hub.db, app.id)).map(({ event }) => event))
  const cost = neverArrived(app.kind, seen)
  if (cost.length === 0) return [arrival]
  return [
    arrival,
    {
      check: `${about}: events that never arrived`,
      state: 'warning',
      message: `Without them the app cannot ${cost.map(({ words, events }) => `${words} (${events.join(', ')})`).join('; ')}`,
      fix: 'If they have happened at Zoom, subscribe the app to them on its “Feature” page, “Event Subscriptions”',
    },
  ]
}

/** Each feature of which an event has never been seen, with those events, in the catalogue's order. */
export const neverArrived = (
  kind: AppKind,
  seen: ReadonlySet<string>,
): { feature: FeatureName; words: string; events: string[] }[] =>
  featuresOf(kind).flatMap(([feature, { words, events = [] }]) => {
    const missing = events.filter((event) => !seen.has(event))
    return missing.length === 0 ? [] : [{ feature, words, events: missing }]
  })

/** The time of the last good event is kept to the minute: one that is a little older than the refusal may have come after it. */
const blur_ms = 60_000

/** Events that the app's secret token did not sign, and none that it did since. */
export function checkSignatures(
  about: string,
  {
    secret_token,
    refused_event_at,
    last_event_at,
  }: Pick<ZoomAppRow, 'secret_token' | 'refused_event_at' | 'last_event_at'>,
): Finding | undefined {
  if (!secret_token || !refused_event_at) return undefined
  if (last_event_at && refused_event_at.getTime() - last_event_at.getTime() <= blur_ms) return undefined
  return {
    check: `${about}: events`,
    state: 'failed',
    message: `An event that came at ${refused_event_at.toISOString()} was not signed with the app’s secret token, and ${last_event_at ? `none that was has come since ${last_event_at.toISOString()}` : 'none that was has ever come'}: the Secret Token at Zoom is another one, or somebody else sends to this address`,
    fix: 'Compare the Secret Token on the app’s “Feature” page at Zoom; if it is another, enter that one here at the Zoom app',
  }
}

function checkArrival(about: string, app: ZoomAppRow): Finding {
  const check = `${about}: events`
  if (!app.secret_token)
    return {
      check,
      state: 'failed',
      message: 'No secret token was entered: events of Zoom cannot be told from forged ones',
      fix: 'Enter the Secret Token from the app’s “Feature” page at Zoom here at the Zoom app',
    }
  if (!app.last_event_at)
    return {
      check,
      state: 'warning',
      message: 'No event has arrived yet',
      fix: 'Enter the app’s webhook_url as event notification endpoint on its “Feature” page at Zoom, and press Validate',
    }
  return { check, state: 'ok', message: `The last event arrived at ${app.last_event_at.toISOString()}` }
}
