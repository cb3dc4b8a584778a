import { dropPartitionsBefore } from '#store/partitions.ts'
import type { Hub } from './hub.ts'

/** How many days a record is kept, at the least: whole months go. */
export interface Retention {
  event_days: number
  delivery_days: number
}

const day_ms = 86_400_000

/** By the clock: drops the months of events and deliveries whose time is over. What still waits is never dropped. */
export async function dropOldMonths(hub: Hub): Promise<void> {
  const { event_days, delivery_days } = hub.retention
  for (const [table, days] of [
    ['event', event_days],
    ['delivery', delivery_days],
  ] as const) {
    const dropped = await dropPartitionsBefore(hub.db, table, new Date(hub.runtime.now() - days * day_ms))
    if (dropped.length > 0) hub.log.info({ partitions: dropped }, 'dropped what is older than its retention')
  }
}
