import { csv } from '#core/csv.ts'
import { ConflictError, NotFoundError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import * as rows from '#store/deliveries.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Page } from '#hub/resources.ts'
import { newDelivery } from './add.ts'
import type { Delivery, DeliveryFilter } from './resources.ts'
import { anew } from './schedule.ts'
import { send, timeout_ms } from './send.ts'
import { settle } from './settle.ts'
import { subscriptionRow } from './subscriptions.ts'

/** @throws NotFoundError when it names a subscription of another workspace. */
export async function deliveries(
  hub: Hub,
  actor: Actor,
  { limit, cursor, subscription_id, state, type, q }: DeliveryFilter,
): Promise<Page<Delivery>> {
  if (subscription_id !== undefined) await subscriptionRow(hub, actor, subscription_id)
  const before = decodeCursor(cursor, 1)?.[0]
  const filter = { limit, before, subscription_id, state, type, q }
  const page = pageOf(await rows.deliveriesOfWorkspace(hub.db, actor.workspace_id, filter), limit, (row) => [row.id])
  return { ...page, items: page.items.map(resource) }
}

const columns = [
  'id',
  'subscription_id',
  'subscription_name',
  'type',
  'state',
  'attempts',
  'status',
  'error',
  'created_at',
  'settled_at',
] as const satisfies (keyof Delivery)[]

/** All that fit, as a table. */
export async function deliveriesCsv(hub: Hub, actor: Actor, filter: DeliveryFilter): Promise<string> {
  const items = await everyItem((page) => deliveries(hub, actor, { ...filter, ...page }))
  return csv(
    columns,
    items.map((item) => columns.map((column) => item[column])),
  )
}

/** @throws NotFoundError, also for a delivery of another workspace. */
export const delivery = async (hub: Hub, actor: Actor, id: string): Promise<Delivery> =>
  resource(await deliveryRow(hub, actor, id))

/** Sends it again with the same id and body. @throws ConflictError while it still waits. */
export async function replayDelivery(hub: Hub, actor: Actor, id: string): Promise<Delivery> {
  const { created_at } = await deliveryRow(hub, actor, id)
  if (!(await rows.replayRow(hub.db, id, created_at, anew(hub.runtime.now()))))
    throw new ConflictError(`The delivery ${id} is waiting already`)
  await audit(hub, actor, 'delivery.replayed', id, {})
  return delivery(hub, actor, id)
}

/** Sends a message of type `test` now and once, whatever the circuit says, and answers what came of it. */
export async function testSubscription(hub: Hub, actor: Actor, id: string): Promise<Delivery> {
  const subscription = await subscriptionRow(hub, actor, id)
  const now = hub.runtime.now()
  const content = { type: 'test', timestamp: new Date(now).toISOString(), data: { subscription_id: id } }
  const made = {
    ...newDelivery(actor.workspace_id, id, null, content, now),
    give_up_at: new Date(now),
    due_at: new Date(now + 2 * timeout_ms),
  }
  await rows.insertDeliveries(hub.db, [made])
  const row = await deliveryRow(hub, actor, made.id)
  await settle(hub, id, [{ delivery: row, tried: await send(hub, subscription, row) }])
  return delivery(hub, actor, made.id)
}

async function deliveryRow(hub: Hub, { workspace_id }: Actor, id: string): Promise<rows.NamedDelivery> {
  const row = await rows.deliveryOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no delivery ${id}`)
  return row
}

const audit = (hub: Hub, { workspace_id, name }: Actor, action: string, object_id: string, detail: object) =>
  insertAudit(hub.db, { workspace_id, actor: name, action, object_id, detail: { ...detail } })

const resource = (row: rows.NamedDelivery): Delivery => ({
  id: row.id,
  subscription_id: row.subscription_id,
  subscription_name: row.subscription_name,
  hub_event_id: row.hub_event_id,
  type: row.type,
  state: row.state,
  attempts: row.attempts,
  due_at: row.state === 'waiting' ? row.due_at.toISOString() : null,
  status: row.status,
  error: row.error,
  body: row.body,
  created_at: row.created_at.toISOString(),
  settled_at: row.settled_at?.toISOString() ?? null,
})
