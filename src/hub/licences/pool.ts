import { csv } from '#core/csv.ts'
import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import { connectionOfWorkspace, connectionsOfAccounts, type ConnectionOfApp } from '#store/connections.ts'
import * as rows from '#store/licences.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { zoomUserByEmail, zoomUserById } from '#store/zoom-users.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import type {
  HolderFilter,
  LeaseFilter,
  LicenceHolder,
  LicenceLease,
  LicencePool,
  LicencePoolChange,
} from '#hub/licences/resources.ts'
import type { Page } from '#hub/resources.ts'
import { inOrder, keptBecause } from './choose.ts'
import { seatJob, wishFor } from './seat.ts'

const usual = { state: 'off', seats: null, protected_minutes: 60, keep_minutes: 30 } as const

/** One pool for each connection that speaks for an account; one that nobody has set up is off. */
export async function licencePools(hub: Hub, { workspace_id }: Actor): Promise<LicencePool[]> {
  const found = await connectionsOfAccounts(hub.db, workspace_id, { limit: 200 })
  return Promise.all(found.map((connection) => poolTold(hub, connection)))
}

/** @throws NotFoundError, also for a connection of another workspace and for one of a single user. */
async function ofAccount(hub: Hub, { workspace_id }: Actor, connection_id: string): Promise<ConnectionOfApp> {
  const connection = await connectionOfWorkspace(hub.db, workspace_id, connection_id)
  if (!connection || connection.kind === 'user_managed')
    throw new NotFoundError(`There are no licences of a connection ${connection_id}`)
  return connection
}

export const licencePool = async (hub: Hub, actor: Actor, connection_id: string): Promise<LicencePool> =>
  poolTold(hub, await ofAccount(hub, actor, connection_id))

const poolRow = async (hub: Hub, { id, workspace_id }: ConnectionOfApp): Promise<rows.PoolRow> =>
  (await rows.poolOf(hub.db, id)) ?? {
    ...usual,
    connection_id: id,
    workspace_id,
    changed_at: new Date(hub.runtime.now()),
  }

async function poolTold(hub: Hub, connection: ConnectionOfApp): Promise<LicencePool> {
  const pool = await poolRow(hub, connection)
  const [counts, protections, groups] = await Promise.all([
    rows.countTypes(hub.db, connection.id),
    rows.protectionsOf(hub.db, connection.id),
    rows.groupsOf(hub.db, connection.id),
  ])
  const rule = { now: hub.runtime.now(), protected_minutes: pool.protected_minutes }
  const holders = await rows.holdersOf(hub.db, pool, new Date(rule.now), { limit: 100_000 })
  const emails = new Map(holders.map(({ zoom_user_id, email }) => [zoom_user_id, email]))
  const users = await Promise.all(
    protections
      .filter(({ kind }) => kind !== 'group')
      .map(async ({ zoom_id, reason }) => ({
        id: zoom_id,
        email: emails.get(zoom_id) ?? (await zoomUserById(hub.db, connection.workspace_id, zoom_id))?.email ?? null,
        reason,
      })),
  )
  return {
    connection_id: connection.id,
    zoom_app_name: connection.zoom_app_name,
    account_id: connection.account_id,
    state: pool.state,
    seats: pool.seats,
    protected_minutes: pool.protected_minutes,
    keep_minutes: pool.keep_minutes,
    protected_users: users,
    protected_groups: protections
      .filter(({ kind }) => kind === 'group')
      .map(({ zoom_id }) => ({ id: zoom_id, name: groups.find(({ id }) => id === zoom_id)?.name ?? null })),
    ...counts,
    lent: holders.filter(({ lease_id }) => lease_id !== null).length,
    can_be_taken: inOrder(holders, rule).length,
  }
}

/**
 * What is not named stays. Switched off, it gives back what was lent.
 * @throws InputError for a user or group that is not known.
 */
export async function changePool(
  hub: Hub,
  actor: Actor,
  connection_id: string,
  { protected_users, protected_groups, ...change }: LicencePoolChange,
): Promise<LicencePool> {
  const connection = await ofAccount(hub, actor, connection_id)
  const users = protected_users && (await usersNamed(hub, actor, protected_users))
  const unknown = await unknownGroups(hub, connection_id, protected_groups ?? [])
  if (unknown.length > 0)
    throw new InputError(`There is no Zoom group ${unknown.join(', ')}: read the groups from Zoom first`, [
      { field: 'protected_groups', message: `${unknown.join(', ')} is not known` },
    ])
  const before = await poolRow(hub, connection)
  await hub.db.transaction().execute(async (trx) => {
    await rows.savePool(trx, {
      ...before,
      state: change.state ?? before.state,
      seats: change.seats === undefined ? before.seats : change.seats,
      protected_minutes: change.protected_minutes ?? before.protected_minutes,
      keep_minutes: change.keep_minutes ?? before.keep_minutes,
      changed_at: new Date(hub.runtime.now()),
    })
    if (users) await rows.setProtections(trx, connection_id, 'user', users)
    if (protected_groups) await rows.setProtections(trx, connection_id, 'group', [...new Set(protected_groups)])
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'licences.changed',
      object_id: connection_id,
      detail: {
        ...change,
        ...(users ? { protected_users: users } : {}),
        ...(protected_groups ? { protected_groups } : {}),
      },
    })
  })
  return licencePool(hub, actor, connection_id)
}

async function unknownGroups(hub: Hub, connection_id: string, ids: readonly string[]): Promise<string[]> {
  const known = new Set((await rows.groupsOf(hub.db, connection_id)).map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}

async function usersNamed(hub: Hub, { workspace_id }: Actor, named: readonly string[]): Promise<string[]> {
  const ids = new Set<string>()
  for (const name of named) {
    const user = (await zoomUserById(hub.db, workspace_id, name)) ?? (await zoomUserByEmail(hub.db, workspace_id, name))
    if (!user)
      throw new InputError(`There is no Zoom user ${name}`, [
        { field: 'protected_users', message: `${name} is not a user of the Zoom account` },
      ])
    ids.add(user.id)
  }
  return [...ids]
}

/** Who holds a licence, by e-mail. */
export async function licenceHolders(
  hub: Hub,
  actor: Actor,
  connection_id: string,
  { limit, cursor, q }: HolderFilter,
): Promise<Page<LicenceHolder>> {
  const pool = await poolRow(hub, await ofAccount(hub, actor, connection_id))
  const now = hub.runtime.now()
  const after = decodeCursor(cursor, 2)
  const page = pageOf(await rows.holdersOf(hub.db, pool, new Date(now), { q, limit, after }), limit, (row) => [
    row.email,
    row.zoom_user_id,
  ])
  return {
    ...page,
    items: page.items.map((row) => ({
      zoom_user_id: row.zoom_user_id,
      email: row.email,
      display_name: row.display_name,
      lease_id: row.lease_id,
      last_use: row.last_use?.toISOString() ?? null,
      next_meeting_at: row.next_start?.toISOString() ?? null,
      kept: keptBecause(row, { now, protected_minutes: pool.protected_minutes }) ?? null,
    })),
  }
}

const holderColumns = [
  'email',
  'display_name',
  'zoom_user_id',
  'lease_id',
  'last_use',
  'next_meeting_at',
  'kept',
] as const

export async function licenceHoldersCsv(
  hub: Hub,
  actor: Actor,
  id: string,
  filter: Pick<HolderFilter, 'q'>,
): Promise<string> {
  const items = await everyItem((page) => licenceHolders(hub, actor, id, { ...filter, ...page }))
  return csv(
    holderColumns,
    items.map((item) => holderColumns.map((column) => item[column])),
  )
}

/** Every licence that was asked for, newest first. */
export async function licenceLeases(
  hub: Hub,
  actor: Actor,
  connection_id: string,
  { limit, cursor, q, state }: LeaseFilter,
): Promise<Page<LicenceLease>> {
  await ofAccount(hub, actor, connection_id)
  const before = decodeCursor(cursor, 1)?.[0]
  const found = await rows.leasesOfWorkspace(hub.db, actor.workspace_id, { connection_id, q, state, limit, before })
  const page = pageOf(found, limit, (row) => [row.id])
  return { ...page, items: page.items.map(leaseTold) }
}

const leaseColumns = [
  'asked_at',
  'email',
  'state',
  'reason',
  'asked_by',
  'meeting_id',
  'taken_from_email',
  'taken_at',
  'ended_at',
] as const

export async function licenceLeasesCsv(
  hub: Hub,
  actor: Actor,
  id: string,
  filter: Pick<LeaseFilter, 'q' | 'state'>,
): Promise<string> {
  const items = await everyItem((page) => licenceLeases(hub, actor, id, { ...filter, ...page }))
  return csv(
    [...leaseColumns, 'refusal'],
    items.map((item) => [...leaseColumns.map((column) => item[column]), item.refusal?.message ?? null]),
  )
}

/** Lends a licence by hand, in the background. @throws ConflictError when the pool is off, or they have one. */
export async function lendByHand(hub: Hub, actor: Actor, connection_id: string, who: string): Promise<LicenceLease> {
  const pool = await poolRow(hub, await ofAccount(hub, actor, connection_id))
  if (pool.state === 'off') throw new ConflictError('These licences are not lent: switch the pool on first')
  const user =
    (await zoomUserById(hub.db, actor.workspace_id, who)) ?? (await zoomUserByEmail(hub.db, actor.workspace_id, who))
  if (user?.connection_id !== connection_id)
    throw new InputError(`There is no Zoom user ${who}`, [{ field: 'zoom_user', message: 'is not known' }])
  if (user.type === 2) throw new ConflictError(`${user.email} has a licence`)
  if (user.type !== 1) throw new ConflictError(`${user.email} is not a Basic user: Zoom lends them no licence`)
  const lease = await wishFor(hub, actor, user, { reason: 'hand' })
  return licenceLease(hub, actor, lease.id)
}

/** @throws NotFoundError, also for a lease of another workspace. */
export async function licenceLease(hub: Hub, { workspace_id }: Actor, id: string): Promise<LicenceLease> {
  const [row] = await rows.leasesOfWorkspace(hub.db, workspace_id, { id, limit: 1 })
  if (!row) throw new NotFoundError(`There is no lease ${id}`)
  return leaseTold(row)
}

/** Gives a licence back by hand, in the background. @throws ConflictError when it is not held, or its host is in a meeting. */
export async function returnByHand(hub: Hub, actor: Actor, id: string): Promise<LicenceLease> {
  const lease = await licenceLease(hub, actor, id)
  if (lease.state !== 'held') throw new ConflictError('This licence is not lent (any more)')
  const pool = await rows.poolOf(hub.db, lease.connection_id)
  const holders = pool ? await rows.holdersOf(hub.db, pool, new Date(hub.runtime.now()), { limit: 100_000 }) : []
  if (holders.some(({ lease_id, live }) => lease_id === id && live))
    throw new ConflictError(`${lease.email ?? 'The host'} is in a meeting by it: wait until that has ended`)
  await hub.db.transaction().execute(async (trx) => {
    await addJobs(trx, [seatJob(lease.connection_id, 'licence_return', id)])
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'licence.called_back',
      object_id: id,
    })
  })
  return licenceLease(hub, actor, id)
}

const leaseTold = (row: rows.LeaseTold): LicenceLease => ({
  id: row.id,
  connection_id: row.connection_id,
  zoom_user_id: row.zoom_user_id,
  email: row.email,
  state: row.state,
  reason: row.reason,
  asked_by: row.asked_by,
  meeting_id: row.meeting_id,
  taken_from: row.taken_from,
  taken_from_email: row.taken_from_email,
  refusal: row.refusal,
  asked_at: row.asked_at.toISOString(),
  taken_at: row.taken_at?.toISOString() ?? null,
  ended_at: row.ended_at?.toISOString() ?? null,
})
