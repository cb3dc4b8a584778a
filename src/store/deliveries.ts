import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Db, DeliveryState, Tables, Trx } from './db.ts'
import type { ReplayBatch, ReplayRange, ReplayRow } from './replays.ts'

export type DeliveryRow = Selectable<Tables['delivery']>

export async function insertDeliveries(db: Db, rows: Insertable<Tables['delivery']>[]): Promise<void> {
  if (rows.length > 0) await db.insertInto('delivery').values(rows).execute()
}

/** Takes what is due, oldest first, and keeps others away from it until `leased_until`, which is `due_at` of what comes back. */
export const takeDue = (
  db: Db,
  subscription_id: string,
  { now, leased_until, limit }: { now: Date; leased_until: Date; limit: number },
): Promise<DeliveryRow[]> =>
  db
    .with('due', (own) =>
      own
        .selectFrom('delivery')
        .select(['id', 'created_at'])
        .where('subscription_id', '=', subscription_id)
        .where('state', '=', 'waiting')
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('delivery')
    .from('due')
    .set({ due_at: leased_until })
    .whereRef('delivery.id', '=', 'due.id')
    .whereRef('delivery.created_at', '=', 'due.created_at')
    .returningAll('delivery')
    .execute()

/** Changes a delivery that was taken, unless somebody else took it since, or knows how it ended. */
export async function updateTaken(
  db: Db,
  { id, created_at, due_at }: DeliveryRow,
  change: Updateable<Tables['delivery']>,
): Promise<void> {
  await db
    .updateTable('delivery')
    .set(change)
    .where('id', '=', id)
    .where('created_at', '=', created_at)
    .where('due_at', '=', due_at)
    .where('state', '=', 'waiting')
    .execute()
}

/** Writes down in one statement what was delivered: that is so, whoever holds the delivery now. */
export async function deliveredRows(
  db: Db,
  rows: readonly (Pick<DeliveryRow, 'id' | 'created_at'> & { status: number | null })[],
  now: Date,
): Promise<void> {
  const [ids, times, statuses] = [
    rows.map(({ id }) => id),
    rows.map(({ created_at }) => created_at.toISOString()),
    rows.map(({ status }) => status),
  ]
  await sql`update delivery set state = 'delivered', attempts = attempts + 1, status = done.status, error = null, settled_at = ${now}
    from unnest(${ids}::text[], ${times}::timestamptz[], ${statuses}::int[]) as done (id, created_at, status)
    where delivery.id = done.id and delivery.created_at = done.created_at`.execute(db)
}

export type NamedDelivery = DeliveryRow & { subscription_name: string | null }

const withName = (db: Db) =>
  db
    .selectFrom('delivery')
    .selectAll()
    .select(
      sql<string | null>`(select name from subscription where subscription.id = delivery.subscription_id)`.as(
        'subscription_name',
      ),
    )

export const deliveryOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<NamedDelivery | undefined> =>
  withName(db).where('workspace_id', '=', workspace_id).where('id', '=', id).executeTakeFirst()

/** Newest first; `before` is the id to continue behind. */
export const deliveriesOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: {
    limit: number
    before?: string | undefined
    subscription_id?: string | undefined
    state?: DeliveryState | undefined
    type?: string | undefined
    q?: string | undefined
  },
): Promise<NamedDelivery[]> =>
  withName(db)
    .where('workspace_id', '=', workspace_id)
    .$if(filter.subscription_id !== undefined, (query) =>
      query.where('subscription_id', '=', filter.subscription_id ?? ''),
    )
    .$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state ?? 'waiting'))
    .$if(filter.type !== undefined, (query) => query.where('type', '=', filter.type ?? ''))
    .$if(filter.q !== undefined, (query) =>
      query.where(sql<boolean>`position(lower(${filter.q ?? ''}) in lower(id || ' ' || body)) > 0`),
    )
    .$if(filter.before !== undefined, (query) => query.where('id', '<', filter.before ?? ''))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()

interface Anew {
  now: Date
  give_up_at: Date
}
const asNew = ({ now, give_up_at }: Anew) => ({
  state: 'waiting' as const,
  attempts: 0,
  due_at: now,
  give_up_at,
  settled_at: null,
  status: null,
  error: null,
})

/** Lets a settled delivery wait again, as if it were new. False: it waits already. */
export async function replayRow(db: Db, id: string, created_at: Date, anew: Anew): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .set(asNew(anew))
    .where('id', '=', id)
    .where('created_at', '=', created_at)
    .where('state', '<>', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What of a subscription's deliveries a replay is about: all that came to an end before it was asked for. */
const inReplay = ({ subscription_id, range_from, range_to, ended_as, created_at }: ReplayRange) => sql<boolean>`
  delivery.subscription_id = ${subscription_id} and delivery.created_at >= ${range_from} and delivery.created_at <= ${range_to}
  and delivery.state <> 'waiting' and delivery.settled_at <= ${created_at}
  and (${ended_as}::text is null or delivery.state = ${ended_as})`

export async function countDeliveries(db: Db, range: ReplayRange): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from delivery where ${inReplay(range)}`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

/** Lets the next deliveries of a replay wait again, as if they were new. */
export async function replayNextDeliveries(
  trx: Trx,
  replay: ReplayRow,
  limit: number,
  anew: Anew,
): Promise<ReplayBatch> {
  const { last_at, last_id } = replay
  const rows = await trx
    .with('next', (own) =>
      own
        .selectFrom('delivery')
        .select(['id', 'created_at'])
        .where(inReplay(replay))
        .where(sql<boolean>`(${last_at}::timestamptz is null or (created_at, id) > (${last_at}, ${last_id}))`)
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .forUpdate(),
    )
    .with('again', (own) =>
      own
        .updateTable('delivery')
        .from('next')
        .set({ ...asNew(anew), replay_id: replay.id })
        .whereRef('delivery.id', '=', 'next.id')
        .whereRef('delivery.created_at', '=', 'next.created_at')
        .returning(['delivery.id', 'delivery.created_at']),
    )
    .selectFrom('again')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  const last = rows.at(-1)
  return { rows: rows.length, last: last && { id: last.id, at: last.created_at } }
}

/** What waits past its time for a destination that is off or does not answer is dead. Answers how many. */
export async function buryRows(db: Db, now: Date, failures: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('delivery')
    .from('subscription')
    .set({ state: 'dead', settled_at: now, error: 'The destination did not answer for three days' })
    .whereRef('subscription.id', '=', 'delivery.subscription_id')
    .where('delivery.state', '=', 'waiting')
    .where('delivery.give_up_at', '<=', now)
    .where('delivery.due_at', '<=', now)
    .where((is) => is.or([is('subscription.state', '=', 'off'), is('subscription.failures', '>=', failures)]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** How many were given up since then, by subscription. */
export async function deadSince(db: Db, workspace_id: string, since: Date): Promise<Map<string, number>> {
  const found = await db
    .selectFrom('delivery')
    .select(['subscription_id', ({ fn }) => fn.countAll<string>().as('dead')])
    .where('workspace_id', '=', workspace_id)
    .where('state', '=', 'dead')
    .where('settled_at', '>=', since)
    .groupBy('subscription_id')
    .execute()
  return new Map(found.map(({ subscription_id, dead }) => [subscription_id, Number(dead)]))
}
