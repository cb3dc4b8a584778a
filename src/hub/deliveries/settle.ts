import type { Trx } from '#store/db.ts'
import { deliveredRows, updateTaken, type DeliveryRow } from '#store/deliveries.ts'
import { insertAudit } from '#store/audit.ts'
import { lockSubscription, updateSubscription } from '#store/subscriptions.ts'
import type { Hub } from '#hub/hub.ts'
import { circuitAfter, nextTry, type Tried } from './schedule.ts'

export interface Attempt {
  delivery: DeliveryRow
  tried: Tried
}

/** Writes down what came of tries to one subscription, and what that says of its destination. */
export async function settle(hub: Hub, subscription_id: string, attempts: readonly Attempt[]): Promise<void> {
  for (const { tried } of attempts) hub.metrics.deliveries.inc({ result: tried.result })
  await hub.db.transaction().execute(async (trx) => {
    const subscription = await lockSubscription(trx, subscription_id)
    if (!subscription) return // deleted meanwhile, and its deliveries with it
    const now = hub.runtime.now()
    const delivered = attempts.filter(({ tried }) => tried.result === 'delivered')
    const rows = delivered.map(({ delivery: { id, created_at }, tried: { status } }) => ({ id, created_at, status }))
    if (rows.length > 0) await deliveredRows(trx, rows, new Date(now))
    for (const { delivery, tried } of attempts)
      if (tried.result !== 'delivered') await settleOne(hub, trx, delivery, tried)
    const tries = attempts.map(({ tried }) => tried)
    const before = { failures: subscription.failures, open_until: subscription.open_until?.getTime() ?? null }
    const after = circuitAfter(before, tries, now, fraction(hub))
    const gone = tries.find((tried) => tried.result === 'gone')
    const off = gone && subscription.state === 'on' ? { state: 'off' as const, reason: gone.error } : {}
    if (after.failures === before.failures && after.open_until === before.open_until && !gone) return
    await updateSubscription(trx, subscription_id, {
      failures: after.failures,
      open_until: after.open_until === null ? null : new Date(after.open_until),
      ...off,
    })
    if (!gone) return
    const { workspace_id } = subscription
    const entry = { workspace_id, actor: 'hub', action: 'subscription.switched_off', object_id: subscription_id }
    await insertAudit(trx, { ...entry, detail: { reason: gone.error } })
  })
}

async function settleOne(
  hub: Hub,
  trx: Trx,
  delivery: DeliveryRow,
  tried: Exclude<Tried, { result: 'delivered' }>,
): Promise<void> {
  const now = hub.runtime.now()
  const attempts = delivery.attempts + 1
  const done = { attempts, status: tried.status, settled_at: new Date(now) }
  switch (tried.result) {
    case 'gone':
      return updateTaken(trx, delivery, { ...done, state: 'dead', error: tried.error })
    case 'failed': {
      const at = nextTry({ attempts, give_up_at: delivery.give_up_at.getTime() }, tried, now, fraction(hub))
      if (at === undefined) return updateTaken(trx, delivery, { ...done, state: 'dead', error: tried.error })
      const { status, error } = tried
      return updateTaken(trx, delivery, { attempts, status, error, due_at: new Date(at) })
    }
  }
}

const fraction = (hub: Hub): number => (hub.runtime.random(1)[0] ?? 0) / 255
