import { buryRows, takeDue, updateTaken } from '#store/deliveries.ts'
import { dueSubscriptions, tryableSubscription } from '#store/subscriptions.ts'
import type { Hub } from '#hub/hub.ts'
import { atOnce, failures_to_open, type Tried } from './schedule.ts'
import { send, timeout_ms } from './send.ts'
import { settle } from './settle.ts'

/** Deliveries under way to one destination from one process. */
const per_destination = 8
/** Beyond the timeout, so that nobody takes over what is still being sent. */
const lease_ms = 2 * timeout_ms
const look_ms = 250

export interface Sender {
  /** Takes nothing else; what is under way is broken off and is sent again by whoever comes next. */
  stop(): Promise<void>
}

/**
 * Sends deliveries until it is stopped; any number of processes may do so on one database. Each destination has a lane of its
 * own and no lane waits for another, so that a destination that is slow or dead costs the others nothing.
 */
export function startSender(hub: Hub): Sender {
  const lanes = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  const looking = look()
  return {
    async stop() {
      stopping.abort()
      await looking
      await Promise.all(lanes.values())
    },
  }

  async function look(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        for (const id of await dueSubscriptions(hub.db, new Date(hub.runtime.now())))
          if (!lanes.has(id)) lanes.set(id, lane(id))
      } catch (error) {
        hub.log.warn({ err: error }, 'what is to be delivered could not be read')
      }
      await hub.runtime.sleep(look_ms, stopping.signal).catch(() => {})
    }
  }

  async function lane(subscription_id: string): Promise<void> {
    try {
      while (await sendDue(hub, subscription_id, stopping.signal));
    } catch (error) {
      hub.log.warn({ err: error, subscription_id }, 'a batch of deliveries could not be settled')
    } finally {
      lanes.delete(subscription_id)
    }
  }
}

/** Sends one batch to one subscription as it is now. True: the batch was full, so more may be waiting. */
async function sendDue(hub: Hub, subscription_id: string, stopping?: AbortSignal): Promise<boolean> {
  if (stopping?.aborted) return false
  const now = hub.runtime.now()
  const subscription = await tryableSubscription(hub.db, subscription_id, new Date(now))
  if (!subscription) return false
  const limit = atOnce(subscription, per_destination)
  const lease = { now: new Date(now), leased_until: new Date(now + lease_ms), limit }
  const due = await takeDue(hub.db, subscription_id, lease)
  if (due.length === 0) return false
  const attempts = await Promise.all(
    due.map(async (delivery) => ({ delivery, tried: await send(hub, subscription, delivery, stopping) })),
  )
  const brokenOff = (tried: Tried) => stopping?.aborted && tried.result === 'failed' && tried.status === null
  const [broken, ended] = [
    attempts.filter((each) => brokenOff(each.tried)),
    attempts.filter((each) => !brokenOff(each.tried)),
  ]
  for (const { delivery } of broken) await updateTaken(hub.db, delivery, { due_at: new Date(now) })
  if (ended.length > 0) await settle(hub, subscription_id, ended)
  return due.length === limit
}

/** One pass over everything that is due, for those who hold the clock themselves. */
export async function deliverDue(hub: Hub): Promise<void> {
  const due = await dueSubscriptions(hub.db, new Date(hub.runtime.now()))
  await Promise.all(
    due.map(async (id) => {
      while (await sendDue(hub, id));
    }),
  )
}

/** By the clock: what outlived its three days at a destination that does not answer is dead. */
export async function buryDeliveries(hub: Hub): Promise<void> {
  const buried = await buryRows(hub.db, new Date(hub.runtime.now()), failures_to_open)
  if (buried > 0) hub.log.warn({ deliveries: buried }, 'deliveries were given up after three days')
}
