import { InputError, type Problem } from '#core/errors.ts'
import { firstIdOf } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import { dropPartitionsBefore } from '#store/partitions.ts'
import {
  deleteDeliveriesBefore,
  deleteEventsBefore,
  deleteHubEventsBefore,
  emptyAttendanceBefore,
} from '#store/retention.ts'
import { workspaces, type WorkspaceRow } from '#store/workspaces.ts'
import type { Hub } from './hub.ts'

/** How many days a record is kept, at the least: whole months go. */
export interface Retention {
  event_days: number
  delivery_days: number
}

/** What a workspace has of its own; null: as the server. Names in attendance the server keeps without end. */
export type OwnRetention = Pick<WorkspaceRow, 'event_days' | 'delivery_days' | 'attendance_days'>

const day_ms = 86_400_000

/**
 * By the clock: what is older than its retention goes, of the whole server by the month, then of each workspace by the row. What the
 * hub made of events is kept as long as they are.
 */
export async function dropWhatIsOld(hub: Hub): Promise<void> {
  await dropOldMonths(hub)
  await deleteHubEventsBefore(hub.db, undefined, firstHubEvent(hub, hub.retention.event_days))
  for (const workspace of await workspaces(hub.db)) await dropOldRows(hub, workspace)
}

/** What still waits is never dropped. */
async function dropOldMonths(hub: Hub): Promise<void> {
  const { event_days, delivery_days } = hub.retention
  for (const [table, days] of [
    ['event', event_days],
    ['delivery', delivery_days],
  ] as const) {
    const dropped = await dropPartitionsBefore(hub.db, table, before(hub, days))
    if (dropped.length > 0) hub.log.info({ partitions: dropped }, 'dropped what is older than its retention')
  }
}

async function dropOldRows(hub: Hub, { id, event_days, delivery_days, attendance_days }: WorkspaceRow) {
  const { db } = hub
  const went = {
    events: event_days === null ? 0 : await deleteEventsBefore(db, id, before(hub, event_days)),
    hub_events: event_days === null ? 0 : await deleteHubEventsBefore(db, id, firstHubEvent(hub, event_days)),
    deliveries: delivery_days === null ? 0 : await deleteDeliveriesBefore(db, id, before(hub, delivery_days)),
    attendance: attendance_days === null ? 0 : await emptyAttendanceBefore(db, id, before(hub, attendance_days)),
  }
  if (Object.values(went).every((count) => count === 0)) return
  await insertAudit(db, { workspace_id: id, actor: 'hub', action: 'retention.ended', object_id: id, detail: went })
}

const firstHubEvent = (hub: Hub, days: number): string => firstIdOf('hubEvent', before(hub, days).getTime())

const before = (hub: Hub, days: number): Date => new Date(hub.runtime.now() - days * day_ms)

/**
 * A workspace keeps nothing for longer than the server does, and no names in attendance for less time than what they came in.
 * @throws InputError naming each.
 */
export function checkRetention({ retention }: Hub, own: OwnRetention): void {
  const { event_days, delivery_days, attendance_days } = own
  const problems: Problem[] = []
  for (const [field, days, most] of [
    ['event_days', event_days, retention.event_days],
    ['delivery_days', delivery_days, retention.delivery_days],
  ] as const)
    if (days !== null && days > most)
      problems.push({ field, message: `may be ${most} at the most: the server keeps no longer` })
  const sources = Math.max(event_days ?? retention.event_days, delivery_days ?? retention.delivery_days)
  if (attendance_days !== null && attendance_days < sources)
    problems.push({
      field: 'attendance_days',
      message: `must be at least ${sources}: the same names stand in events and deliveries, which are kept as long`,
    })
  if (problems.length > 0)
    throw new InputError(problems.map(({ field, message }) => `${field} ${message}`).join('; '), problems)
}
