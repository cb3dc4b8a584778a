import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Secret } from '#core/secret.ts'
import { insertAudit } from '#store/audit.ts'
import type { Trx } from '#store/db.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import * as rows from '#store/subscriptions.ts'
import { afterRotation, overlap_ms } from '#hub/earlier-secrets.ts'
import { seal } from '#hub/encryption.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Page, PageQuery } from '#hub/resources.ts'
import type { NewSubscription, Subscription, SubscriptionChange, SubscriptionWithSecret } from './resources.ts'
import { failures_to_open } from './schedule.ts'
import { secretsOf, signerOf } from './send.ts'

/** Each has a lane of its own in every process, so their number has an end. */
const most = 100

/** @throws InputError for a URL that may not be called or an unknown signer; ConflictError when there are too many. */
export async function createSubscription(
  hub: Hub,
  actor: Actor,
  { name, ...wanted }: NewSubscription,
): Promise<SubscriptionWithSecret> {
  checkUrl(wanted)
  if (!hub.integrations.some(({ signers }) => signers && Object.hasOwn(signers, wanted.signer)))
    throw new InputError(`There is no signer ${wanted.signer}`, [{ field: 'signer', message: 'is not known' }])
  const { workspace_id } = actor
  if ((await rows.subscriptionsOfWorkspace(hub.db, workspace_id, { limit: most })).length >= most)
    throw new ConflictError(`There are ${most} subscriptions already: delete one that nobody needs`)
  const now = hub.runtime.now()
  const id = newId('subscription', now)
  const secret = newSecret(hub, wanted.signer)
  const row: rows.SubscriptionRow = {
    ...wanted,
    id,
    workspace_id,
    name: name ?? new URL(wanted.url).host,
    secret: seal(hub.keys, id, secret),
    previous_secret: null,
    previous_secret_until: null,
    state: 'on',
    reason: null,
    failures: 0,
    open_until: null,
    created_at: new Date(now),
  }
  await hub.db.transaction().execute(async (trx) => {
    await rows.insertSubscription(trx, row)
    await audit(trx, actor, 'subscription.created', row)
  })
  return { ...resource(row), secret: secret.reveal() }
}

/** @throws NotFoundError, also for a subscription of another workspace. */
export const subscription = async (hub: Hub, actor: Actor, id: string): Promise<Subscription> =>
  resource(await subscriptionRow(hub, actor, id))

export async function subscriptions(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, state, q }: PageQuery & { state?: 'on' | 'off' | undefined; q?: string | undefined },
): Promise<Page<Subscription>> {
  const before = decodeCursor(cursor, 1)?.[0]
  const found = await rows.subscriptionsOfWorkspace(hub.db, workspace_id, { limit, before, state, q })
  const page = pageOf(found, limit, (row) => [row.id])
  return { ...page, items: page.items.map(resource) }
}

/** Switched on again it begins anew: what waited is sent, and the circuit is closed. */
export async function changeSubscription(
  hub: Hub,
  actor: Actor,
  id: string,
  change: SubscriptionChange,
): Promise<Subscription> {
  const row = await subscriptionRow(hub, actor, id)
  // An allowance is for one destination: another gets its own, or none.
  const kept = change.url === undefined || new URL(change.url).origin === new URL(row.url).origin
  const { name, url, triggers, allow_private, state } = {
    ...row,
    allow_private: kept && row.allow_private,
    ...defined(change),
  }
  checkUrl({ url, allow_private })
  const begun = change.url !== undefined || change.state === 'on' ? { failures: 0, open_until: null } : {}
  const reason = state === 'on' ? null : row.state === 'off' ? row.reason : `Switched off by ${actor.name}`
  const changed = { name, url, triggers, allow_private, state, reason, ...begun }
  await hub.db.transaction().execute(async (trx) => {
    await rows.updateSubscription(trx, id, changed)
    await audit(trx, actor, 'subscription.changed', { ...row, ...changed })
  })
  return resource({ ...row, ...changed })
}

/** The secret before stays good for a day, as do all that were rotated within it, so that the consumer can change over without losing a message. */
export async function rotateSecret(hub: Hub, actor: Actor, id: string): Promise<SubscriptionWithSecret> {
  const { signer } = await subscriptionRow(hub, actor, id)
  const secret = newSecret(hub, signer)
  return hub.db.transaction().execute(async (trx) => {
    // Two who rotate together do so one after the other: what the first was shown is then good as the one before.
    const row = await rows.lockSubscription(trx, id)
    if (!row) throw new NotFoundError(`There is no subscription ${id}`)
    const now = hub.runtime.now()
    const changed = {
      secret: seal(hub.keys, id, secret),
      previous_secret: afterRotation(hub.keys, secretsOf(row, now), now),
      previous_secret_until: new Date(now + overlap_ms),
    }
    await rows.updateSubscription(trx, id, changed)
    await audit(trx, actor, 'subscription.secret_rotated', row)
    return { ...resource({ ...row, ...changed }), secret: secret.reveal() }
  })
}

export async function deleteSubscription(hub: Hub, actor: Actor, id: string): Promise<void> {
  const row = await subscriptionRow(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    await rows.deleteSubscriptionRow(trx, id)
    await audit(trx, actor, 'subscription.deleted', row)
  })
}

/** @throws NotFoundError, also for a subscription of another workspace. */
export async function subscriptionRow(hub: Hub, { workspace_id }: Actor, id: string): Promise<rows.SubscriptionRow> {
  const row = await rows.subscriptionOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no subscription ${id}`)
  return row
}

function checkUrl({ url, allow_private }: { url: string; allow_private: boolean }): void {
  const { protocol, username, password, hash } = new URL(url)
  const message =
    username || password
      ? 'may not hold a user name or a password'
      : hash
        ? 'may not have a fragment'
        : protocol !== 'https:' && !allow_private
          ? 'must be https; http is for destinations inside the network, with allow_private'
          : undefined
  if (message) throw new InputError(`The URL ${message}`, [{ field: 'url', message }])
}

const newSecret = (hub: Hub, signer: string): Secret => signerOf(hub, signer).secretOf(hub.runtime.random(32))

const defined = (change: SubscriptionChange): Partial<Record<keyof rows.SubscriptionRow, never>> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

const audit = (trx: Trx, actor: Actor, action: string, row: rows.SubscriptionRow): Promise<void> =>
  insertAudit(trx, {
    workspace_id: actor.workspace_id,
    actor: actor.name,
    action,
    object_id: row.id,
    detail: { url: row.url, state: row.state, allow_private: row.allow_private },
  })

const resource = (row: rows.SubscriptionRow): Subscription => ({
  id: row.id,
  name: row.name,
  url: row.url,
  triggers: row.triggers,
  signer: row.signer,
  allow_private: row.allow_private,
  state: row.state,
  reason: row.reason,
  circuit: row.failures >= failures_to_open ? 'open' : 'closed',
  failures: row.failures,
  open_until: row.open_until?.toISOString() ?? null,
  previous_secret_until: row.previous_secret_until?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
})
