import { ConflictError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import type { Trx } from '#store/db.ts'
import { countDeliveries } from '#store/deliveries.ts'
import { countEvents } from '#store/events.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import * as rows from '#store/replays.ts'
import { subscriptionRow } from '#hub/deliveries/subscriptions.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import type { DeliverySpan, EventSpan, Replay, ReplayFilter } from '#hub/replays/resources.ts'
import type { Page } from '#hub/resources.ts'
import { replayJob } from './work.ts'

/** How many events a replay would be about. Those that still wait are left alone. */
export const countReplay = async (hub: Hub, actor: Actor, span: EventSpan): Promise<{ events: number }> => ({
  events: await countEvents(hub.db, rangeOf(hub, actor, span)),
})

/** Lets all that happened in a time be handled again, in the order of Zoom's times; a meeting's events stay in order. */
export async function replayEvents(hub: Hub, actor: Actor, span: EventSpan): Promise<Replay> {
  const range = rangeOf(hub, actor, span)
  return begin(hub, actor, range, await countEvents(hub.db, range))
}

/** Sends again what was made for a subscription in a time, in that order. @throws NotFoundError, also for another workspace's. */
export async function replayDeliveries(
  hub: Hub,
  actor: Actor,
  subscription_id: string,
  span: DeliverySpan,
): Promise<Replay> {
  await subscriptionRow(hub, actor, subscription_id)
  const range = { ...rangeOf(hub, actor, span), subscription_id }
  return begin(hub, actor, range, await countDeliveries(hub.db, range))
}

const rangeOf = (
  hub: Hub,
  { workspace_id }: Actor,
  {
    from,
    to,
    state,
    event,
  }: { from: string; to: string; state?: EventSpan['state'] | DeliverySpan['state']; event?: string | undefined },
): rows.ReplayRange => ({
  workspace_id,
  subscription_id: null,
  range_from: new Date(from),
  range_to: new Date(to),
  ended_as: state ?? null,
  event: event ?? null,
  created_at: new Date(hub.runtime.now()),
})

async function begin(hub: Hub, actor: Actor, range: rows.ReplayRange, total: number): Promise<Replay> {
  const id = newId('replay', hub.runtime.now())
  const { subscription_id, range_from, range_to, ended_as, event } = range
  await hub.db.transaction().execute(async (trx) => {
    await rows.insertReplay(trx, { ...range, id, total, actor: actor.name })
    await addJobs(trx, [replayJob(id)])
    const detail = { subscription_id, from: range_from, to: range_to, state: ended_as, event, of: total }
    await audit(trx, actor, 'replay.begun', id, detail)
  })
  return replay(hub, actor, id)
}

/**
 * Goes on with what was stopped.
 * @throws NotFoundError for a replay of another workspace; ConflictError when it is not stopped.
 */
export async function runReplay(hub: Hub, actor: Actor, id: string): Promise<Replay> {
  await replay(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    if (!(await rows.moveReplay(trx, id, 'stopped', { state: 'running', ended_at: null })))
      throw new ConflictError('Only a replay that was stopped can go on: this one is at work, or done')
    await addJobs(trx, [replayJob(id)])
    await audit(trx, actor, 'replay.run', id)
  })
  return replay(hub, actor, id)
}

/**
 * Stops it: what was begun comes to its end, the rest stays as it was.
 * @throws NotFoundError for a replay of another workspace; ConflictError when it is not at work.
 */
export async function stopReplay(hub: Hub, actor: Actor, id: string): Promise<Replay> {
  await replay(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    const change = { state: 'stopped' as const, ended_at: new Date(hub.runtime.now()) }
    if (!(await rows.moveReplay(trx, id, 'running', change))) throw new ConflictError('This replay is not at work')
    await audit(trx, actor, 'replay.stopped', id)
  })
  return replay(hub, actor, id)
}

const audit = (
  trx: Trx,
  actor: Actor,
  action: string,
  id: string,
  detail: Record<string, unknown> = {},
): Promise<void> =>
  insertAudit(trx, { workspace_id: actor.workspace_id, actor: actor.name, action, object_id: id, detail })

/** @throws NotFoundError, also for one of another workspace. */
export async function replay(hub: Hub, { workspace_id }: Actor, id: string): Promise<Replay> {
  const row = await rows.replayOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no replay ${id}`)
  return resource(hub, row)
}

/** Newest first. */
export async function replays(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, what }: ReplayFilter,
): Promise<Page<Replay>> {
  const before = decodeCursor(cursor, 1)?.[0]
  const found = await rows.replaysOfWorkspace(hub.db, workspace_id, { limit, before, of: what })
  const page = pageOf(found, limit, ({ id }) => [id])
  return { ...page, items: await Promise.all(page.items.map((row) => resource(hub, row))) }
}

async function resource(hub: Hub, row: rows.ReplayRow): Promise<Replay> {
  const { waiting, failed } = await rows.countReplayed(hub.db, row)
  return {
    id: row.id,
    what: row.subscription_id === null ? 'events' : 'deliveries',
    subscription_id: row.subscription_id,
    from: row.range_from.toISOString(),
    to: row.range_to.toISOString(),
    ended_as: row.ended_as,
    event: row.event,
    state: row.state,
    of: row.total,
    done: Math.max(0, row.handed - waiting),
    failed,
    waiting,
    created_at: row.created_at.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
  }
}
