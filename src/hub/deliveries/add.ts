import { newId } from '#core/ids.ts'
import type { Trx } from '#store/db.ts'
import { insertDeliveries } from '#store/deliveries.ts'
import type { StoredHubEvent } from '#store/hub-events.ts'
import { listeningSubscriptions } from '#store/subscriptions.ts'
import type { Hub } from '#hub/hub.ts'
import { tried_for_ms } from './schedule.ts'

/** Adds, in the transaction of the events, one delivery for each subscription that listens to each. */
export async function addDeliveries(
  hub: Hub,
  trx: Trx,
  workspace_id: string,
  events: readonly StoredHubEvent[],
): Promise<void> {
  if (events.length === 0) return
  const listening = await listeningSubscriptions(trx, workspace_id)
  const now = hub.runtime.now()
  await insertDeliveries(
    trx,
    events.flatMap((event) =>
      listening
        .filter(({ triggers }) => triggers.length === 0 || triggers.includes(event.type))
        .map(({ id }) => newDelivery(workspace_id, id, event.id, message(event, now), now)),
    ),
  )
}

export interface Message {
  type: string
  /** ISO 8601: when it happened. */
  timestamp: string
  data: unknown
}

export const newDelivery = (
  workspace_id: string,
  subscription_id: string,
  hub_event_id: string | null,
  content: Message,
  now: number,
) => ({
  id: newId('delivery', now),
  workspace_id,
  subscription_id,
  hub_event_id,
  type: content.type,
  body: JSON.stringify(content),
  due_at: new Date(now),
  give_up_at: new Date(now + tried_for_ms),
  created_at: new Date(now),
})

const message = ({ type, ...data }: StoredHubEvent, now: number): Message => ({
  type,
  timestamp: new Date(now).toISOString(),
  data,
})
