import { z } from 'zod'
import { ConflictError, InputError, UnavailableError, sentenceOf } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import type { Db, LeaseReason, LeaseRefusal } from '#store/db.ts'
import * as rows from '#store/licences.ts'
import { zoomUserByEmail, zoomUserById, type ZoomUserRow } from '#store/zoom-users.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { listMeetings } from '#zoom/meetings.ts'
import { setUserType } from '#zoom/users.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { mayBeDone, translated } from '#hub/zoom-refusal.ts'
import { lackOf } from '#hub/zoom-rights.ts'
import { inOrder, noSeat } from './choose.ts'
import { freshGroups } from './groups.ts'

const basic = 1
const licensed = 2

/** Somebody sits before it, and a swap is three calls. */
const patience_ms = 20_000
const look_ms = 100

/** Whether the pool lends a licence to this user: it is on, and they have none. */
export const isLent = async (db: Db, user: Pick<ZoomUserRow, 'connection_id' | 'type'>): Promise<boolean> =>
  user.type === basic && (await rows.poolOf(db, user.connection_id))?.state === 'on'

export interface SeatWish {
  /** E-mail or Zoom's id. */
  host: string
  reason: LeaseReason
  meeting_id?: string
  /** How long whoever asks waits, in milliseconds. */
  patience_ms?: number
}

/**
 * Sees to it that a host has a licence, where a pool lends them; for all others nothing is done and nothing is asked of Zoom.
 * @throws ConflictError when no seat is free, InputError or UnavailableError with Zoom's refusal.
 */
export async function seatFor(hub: Hub, actor: Actor, wish: SeatWish): Promise<void> {
  const user =
    (await zoomUserById(hub.db, actor.workspace_id, wish.host)) ??
    (await zoomUserByEmail(hub.db, actor.workspace_id, wish.host))
  if (!user || !(await isLent(hub.db, user))) return
  const lease = await wishFor(hub, actor, user, wish)
  const ends = hub.runtime.now() + (wish.patience_ms ?? patience_ms)
  for (;;) {
    const row = await rows.leaseById(hub.db, lease.id)
    if (row?.state === 'held') return
    if (row?.refusal) throw errorOf(row.refusal)
    if (row?.state !== 'wanted') {
      // Somebody gave them a licence at Zoom meanwhile.
      if (!(await isLent(hub.db, (await zoomUserById(hub.db, actor.workspace_id, user.id)) ?? user))) return
      throw new ConflictError('The licence was given on before it could be used; try again')
    }
    if (hub.runtime.now() >= ends)
      throw new UnavailableError(`Zoom has not given ${user.email} a licence yet; nothing else was done. Try again`, 30)
    await hub.runtime.sleep(look_ms)
  }
}

function errorOf({ code, message }: LeaseRefusal): Error {
  if (code === 'no_seat') return new ConflictError(message)
  return code === 'refused' ? new InputError(message) : new UnavailableError(message)
}

/** The wish as a row and a job; who waits already waits once. A lease that Zoom has ended meanwhile is closed first. */
export async function wishFor(
  hub: Hub,
  actor: Actor,
  user: ZoomUserRow,
  { reason, meeting_id }: Pick<SeatWish, 'reason' | 'meeting_id'>,
): Promise<rows.LeaseRow> {
  const { connection_id, workspace_id, id: zoom_user_id } = user
  const now = hub.runtime.now()
  const id = newId('lease', now)
  return hub.db.transaction().execute(async (trx) => {
    const before = await rows.openLeaseOf(trx, connection_id, zoom_user_id)
    // Read after the lease: what was lent a moment ago is seen with the type that came of it.
    const type = (await zoomUserById(trx, workspace_id, zoom_user_id))?.type
    if (before?.state === 'held' && type !== licensed)
      await rows.updateLease(trx, before.id, ['held'], { state: 'ended_at_zoom', ended_at: new Date(now) })
    const isNew = await rows.insertLease(trx, {
      id,
      workspace_id,
      connection_id,
      zoom_user_id,
      state: 'wanted',
      reason,
      asked_by: actor.name,
      meeting_id: meeting_id ?? null,
      taken_from: null,
      refusal: null,
      asked_at: new Date(now),
      taken_at: null,
      ended_at: null,
    })
    if (isNew) await addJobs(trx, [seatJob(connection_id, 'licence_lend', id)])
    const row = await rows.openLeaseOf(trx, connection_id, zoom_user_id)
    if (!row) throw new UnavailableError('Somebody else has just settled this licence; try again', 1)
    return row
  })
}

/** All that moves the licences of one account runs one after the other, in whatever process. */
export const seatJob = (connection_id: string, task: 'licence_lend' | 'licence_return', lease_id: string) => ({
  task,
  payload: { lease_id },
  queue: `licences:${connection_id}`,
  key: `${task}:${lease_id}`,
})

export const leasePayload = z.object({ lease_id: z.string() })

/**
 * Lends a licence, as a job: one that is free, else one that may be taken. Before anything was taken a failure is an answer; after that
 * the job is tried again until the swap is whole.
 */
export async function lendSeat(payload: unknown, hub: Hub): Promise<void> {
  const { lease_id } = leasePayload.parse(payload)
  const lease = await rows.leaseById(hub.db, lease_id)
  if (lease?.state !== 'wanted') return
  const pool = await rows.poolOf(hub.db, lease.connection_id)
  if (pool?.state !== 'on')
    return refuse(hub, lease, { code: 'refused', message: 'The licences are not lent any more' })
  if ((await zoomUserById(hub.db, lease.workspace_id, lease.zoom_user_id))?.type === licensed && !lease.taken_from) {
    const ended_at = new Date(hub.runtime.now())
    await rows.updateLease(hub.db, lease.id, ['wanted'], { state: 'returned', ended_at })
    return
  }
  try {
    // Whoever asked sits before it.
    const client = await zoomClient({ ...hub, errand: { integration: 'hub', waiting: 'person' } }, lease.connection_id)
    const outcome = lease.taken_from
      ? await resumed(hub, client, lease, lease.taken_from)
      : await freeOrSwapped(hub, client, pool, lease)
    if (outcome) await refuse(hub, lease, outcome)
  } catch (error) {
    const now = await rows.leaseById(hub.db, lease_id)
    if (now?.taken_from || mayBeDone(error)) throw error
    const known = translated(error, hub.runtime.now())
    await refuse(hub, lease, {
      code: known instanceof UnavailableError ? 'unavailable' : 'refused',
      message: sentenceOf(known),
    })
  }
}

async function freeOrSwapped(
  hub: Hub,
  client: ZoomClient,
  pool: rows.PoolRow,
  lease: rows.LeaseRow,
): Promise<LeaseRefusal | undefined> {
  const { licensed: used } = await rows.countTypes(hub.db, pool.connection_id)
  if (pool.seats === null || used < pool.seats) {
    if (await given(client, lease.zoom_user_id)) return held(hub, lease)
  }
  await freshGroups(hub, client, pool)
  const rule = { now: hub.runtime.now(), protected_minutes: pool.protected_minutes }
  const holders = await rows.holdersOf(hub.db, pool, new Date(rule.now), { limit: 100_000 })
  for (const holder of inOrder(holders, rule)) {
    // The event of a meeting that has just begun may not be here yet.
    if (await isLive(client, holder.zoom_user_id)) continue
    await rows.updateLease(hub.db, lease.id, ['wanted'], { taken_from: holder.zoom_user_id })
    if (await taken(hub, client, pool, holder.zoom_user_id)) return swap(hub, client, lease, holder.zoom_user_id)
    await rows.updateLease(hub.db, lease.id, ['wanted'], { taken_from: null })
  }
  return { code: 'no_seat', message: noSeat(holders, rule) }
}

/** False when the account has no seat left. */
async function given(client: ZoomClient, zoom_user_id: string): Promise<boolean> {
  try {
    await setUserType(client, zoom_user_id, licensed)
    return true
  } catch (error) {
    if (lackOf(error)?.lack === 'seats') return false
    throw error
  }
}

async function isLive(client: ZoomClient, zoom_user_id: string): Promise<boolean> {
  for await (const _meeting of listMeetings(client, zoom_user_id, { type: 'live' })) return true
  return false
}

/** False when Zoom refuses to take it, as from the account's owner: then it is not asked for again. */
async function taken(hub: Hub, client: ZoomClient, pool: rows.PoolRow, zoom_user_id: string): Promise<boolean> {
  try {
    await setUserType(client, zoom_user_id, basic)
    return true
  } catch (error) {
    if (!(error instanceof ZoomApiError) || error.status >= 500 || error.status === 429 || error.status === 401)
      throw error
    await rows.protectByZoom(hub.db, pool.connection_id, zoom_user_id, error.reason)
    return false
  }
}

/** A process died amid a swap: whether Zoom heard the first half is not known, so it is said again. */
async function resumed(
  hub: Hub,
  client: ZoomClient,
  lease: rows.LeaseRow,
  from: string,
): Promise<LeaseRefusal | undefined> {
  await setUserType(client, from, basic)
  return swap(hub, client, lease, from)
}

/** The second half. Where the host may not have it after all, whoever lost it gets it back. */
async function swap(
  hub: Hub,
  client: ZoomClient,
  lease: rows.LeaseRow,
  from: string,
): Promise<LeaseRefusal | undefined> {
  try {
    await setUserType(client, lease.zoom_user_id, licensed)
  } catch (error) {
    if (mayBeDone(error) || !(error instanceof ZoomApiError) || error.status === 429 || error.status === 401)
      throw error
    await setUserType(client, from, licensed)
    return { code: 'refused', message: sentenceOf(translated(error, hub.runtime.now())) }
  }
  return held(hub, lease, from)
}

async function held(hub: Hub, lease: rows.LeaseRow, from?: string): Promise<undefined> {
  const { workspace_id, connection_id, zoom_user_id } = lease
  const now = new Date(hub.runtime.now())
  await hub.db.transaction().execute(async (trx) => {
    await rows.updateLease(trx, lease.id, ['wanted'], { state: 'held', taken_at: now })
    await rows.setUserType(trx, workspace_id, zoom_user_id, licensed, now)
    if (from) {
      await rows.setUserType(trx, workspace_id, from, basic, now)
      const theirs = await rows.openLeaseOf(trx, connection_id, from)
      if (theirs) await rows.updateLease(trx, theirs.id, ['held'], { state: 'passed_on', ended_at: now })
    }
    await insertAudit(trx, {
      workspace_id,
      actor: lease.asked_by,
      action: 'licence.lent',
      object_id: lease.id,
      detail: { zoom_user_id, reason: lease.reason, ...(from ? { taken_from: from } : {}) },
    })
  })
}

async function refuse(hub: Hub, lease: rows.LeaseRow, refusal: LeaseRefusal): Promise<void> {
  const { workspace_id, zoom_user_id } = lease
  await hub.db.transaction().execute(async (trx) => {
    await rows.updateLease(trx, lease.id, ['wanted'], {
      state: 'refused',
      refusal,
      taken_from: null,
      ended_at: new Date(hub.runtime.now()),
    })
    await insertAudit(trx, {
      workspace_id,
      actor: lease.asked_by,
      action: 'licence.refused',
      object_id: lease.id,
      detail: { zoom_user_id, reason: lease.reason, refusal: refusal.code },
    })
  })
}

/** Gives back what was lent, as a job; what Zoom does not take back any more, or somebody changed there, is over, too. */
export async function returnSeat(payload: unknown, hub: Hub): Promise<void> {
  const { lease_id } = leasePayload.parse(payload)
  const lease = await rows.leaseById(hub.db, lease_id)
  if (lease?.state !== 'held') return
  const user = await zoomUserById(hub.db, lease.workspace_id, lease.zoom_user_id)
  const now = new Date(hub.runtime.now())
  if (user?.type !== licensed) {
    await rows.updateLease(hub.db, lease.id, ['held'], { state: 'ended_at_zoom', ended_at: now })
    return
  }
  const client = await zoomClient(hub, lease.connection_id)
  if (await isLive(client, lease.zoom_user_id)) return
  await setUserType(client, lease.zoom_user_id, basic)
  await hub.db.transaction().execute(async (trx) => {
    await rows.updateLease(trx, lease.id, ['held'], { state: 'returned', ended_at: now })
    await rows.setUserType(trx, lease.workspace_id, lease.zoom_user_id, basic, now)
    await insertAudit(trx, {
      workspace_id: lease.workspace_id,
      actor: 'hub',
      action: 'licence.returned',
      object_id: lease.id,
      detail: { zoom_user_id: lease.zoom_user_id },
    })
  })
}
