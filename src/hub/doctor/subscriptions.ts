import { deadSince } from '#store/deliveries.ts'
import { subscriptionsOfWorkspace, type SubscriptionRow } from '#store/subscriptions.ts'
import { failures_to_open, tried_for_ms } from '#hub/deliveries/schedule.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'

/** Whether hub events reach those who subscribed to them. */
export async function checkSubscriptions(hub: Hub, workspace_id: string): Promise<Finding[]> {
  const subscriptions = await subscriptionsOfWorkspace(hub.db, workspace_id, { limit: 100 })
  const dead = await deadSince(hub.db, workspace_id, new Date(hub.runtime.now() - tried_for_ms))
  return subscriptions.map((each) => ({
    check: `webhook ${each.name}`,
    ...judgeSubscription(each, dead.get(each.id) ?? 0),
  }))
}

/** `dead`: how many messages were given up in the last three days. */
export function judgeSubscription(
  { state, reason, url, failures, open_until }: SubscriptionRow,
  dead: number,
): Omit<Finding, 'check'> {
  const lost = dead === 0 ? '' : `; ${dead} messages of the last three days were given up`
  const replay = 'then replay its dead letters in the console or by POST /api/v1/subscriptions/{id}/replay'
  if (state === 'off')
    return {
      state: 'warning',
      message: `It is switched off: ${reason ?? 'no reason was given'}${lost}`,
      fix: `Switch it on again when ${url} takes messages, ${replay}; delete it if nobody needs it`,
    }
  if (failures >= failures_to_open)
    return {
      state: 'failed',
      message: `${url} has failed ${failures} times in a row${open_until ? ` and is left alone until ${open_until.toISOString()}` : ''}${lost}`,
      fix: `Whoever runs ${url} looks why it does not answer with a 2xx status, ${replay}`,
    }
  if (dead > 0)
    return {
      state: 'warning',
      message: `${url} takes messages${lost}`,
      fix: `Look at them under Deliveries, ${replay}`,
    }
  return { state: 'ok', message: `${url} takes messages` }
}
