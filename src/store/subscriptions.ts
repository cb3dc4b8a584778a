import { sql, type Selectable, type Updateable } from 'kysely'
import type { Db, Tables, Trx } from './db.ts'

export type SubscriptionRow = Selectable<Tables['subscription']>

export async function insertSubscription(db: Db, row: SubscriptionRow): Promise<void> {
  await db.insertInto('subscription').values(row).execute()
}

export const subscriptionOfWorkspace = (
  db: Db,
  workspace_id: string,
  id: string,
): Promise<SubscriptionRow | undefined> =>
  db
    .selectFrom('subscription')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()

/** Newest first; `before` is the id to continue behind. */
export const subscriptionsOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: { limit: number; before?: string | undefined; state?: 'on' | 'off' | undefined; q?: string | undefined },
): Promise<SubscriptionRow[]> =>
  db
    .selectFrom('subscription')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state ?? 'on'))
    .$if(filter.q !== undefined, (query) =>
      query.where(sql<boolean>`position(lower(${filter.q ?? ''}) in lower(name || ' ' || url)) > 0`),
    )
    .$if(filter.before !== undefined, (query) => query.where('id', '<', filter.before ?? ''))
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()

/** What each event of a workspace is held against. None of them is deleted before the caller's transaction ends. */
export const listeningSubscriptions = (
  db: Db,
  workspace_id: string,
): Promise<Pick<SubscriptionRow, 'id' | 'triggers'>[]> =>
  db
    .selectFrom('subscription')
    .select(['id', 'triggers'])
    .where('workspace_id', '=', workspace_id)
    .where('state', '=', 'on')
    .forKeyShare()
    .execute()

export async function updateSubscription(
  db: Db,
  id: string,
  change: Updateable<Tables['subscription']>,
): Promise<void> {
  await db.updateTable('subscription').set(change).where('id', '=', id).execute()
}

/** Its deliveries go with it, those too that were being added: the subscription goes first, which waits for whoever adds. */
export async function deleteSubscriptionRow(db: Trx, id: string): Promise<void> {
  await db.deleteFrom('subscription').where('id', '=', id).execute()
  await db.deleteFrom('delivery').where('subscription_id', '=', id).execute()
}

/** Those that may be tried now and have something to be sent. */
export async function dueSubscriptions(db: Db, now: Date): Promise<string[]> {
  const found = await tryable(db, now)
    .select('id')
    .where((is) =>
      is.exists(
        is
          .selectFrom('delivery')
          .select('delivery.id')
          .whereRef('delivery.subscription_id', '=', 'subscription.id')
          .where('delivery.state', '=', 'waiting')
          .where('delivery.due_at', '<=', now),
      ),
    )
    .execute()
  return found.map(({ id }) => id)
}

export const tryableSubscription = (db: Db, id: string, now: Date): Promise<SubscriptionRow | undefined> =>
  tryable(db, now).selectAll().where('id', '=', id).executeTakeFirst()

/** On, and its circuit lets something through. */
const tryable = (db: Db, now: Date) =>
  db
    .selectFrom('subscription')
    .where('state', '=', 'on')
    .where((is) => is.or([is('open_until', 'is', null), is('open_until', '<=', now)]))

/** Held until the caller's transaction ends, so that changes come one after another; events that are added wait for none. */
export const lockSubscription = (db: Db, id: string): Promise<SubscriptionRow | undefined> =>
  db.selectFrom('subscription').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
