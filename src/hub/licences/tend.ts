import * as rows from '#store/licences.ts'
import { zoomUserById } from '#store/zoom-users.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { isIdle } from './choose.ts'
import { seatJob, wishFor } from './seat.ts'

const minute_ms = 60_000

/** A host has the licence this long before the meeting begins, and may be refused it again as often. */
const ahead_ms = 15 * minute_ms

/** By the clock: who needs a licence soon gets it, and what was lent and is needed no more is given back. */
export async function tendLicences(hub: Hub): Promise<void> {
  for (const pool of await rows.allPools(hub.db)) {
    if (pool.state === 'on') await lendAhead(hub, pool)
    await giveBack(hub, pool)
  }
}

async function lendAhead(hub: Hub, pool: rows.PoolRow): Promise<void> {
  const { workspace_id, connection_id } = pool
  const now = hub.runtime.now()
  const actor: Actor = { workspace_id, name: 'hub' }
  for (const { zoom_user_id, meeting_id } of await rows.hostsInNeed(
    hub.db,
    pool,
    new Date(now),
    new Date(now + ahead_ms),
  )) {
    const refused = await rows.lastRefusal(hub.db, connection_id, zoom_user_id)
    if (refused?.ended_at && refused.ended_at.getTime() > now - 5 * minute_ms) continue
    const user = await zoomUserById(hub.db, workspace_id, zoom_user_id)
    if (user) await wishFor(hub, actor, user, { reason: 'due', meeting_id })
  }
}

/** A pool that was switched off gives all back, as soon as nobody is in a meeting by it. */
async function giveBack(hub: Hub, pool: rows.PoolRow): Promise<void> {
  const rule = {
    now: hub.runtime.now(),
    protected_minutes: pool.protected_minutes,
    keep_minutes: pool.state === 'on' ? pool.keep_minutes : 0,
  }
  const holders = await rows.holdersOf(hub.db, pool, new Date(rule.now), { limit: 100_000 })
  const idle = holders.flatMap((holder) => (holder.lease_id && isIdle(holder, rule) ? [holder.lease_id] : []))
  // Whose licence was taken away at Zoom is not among the holders any more.
  const leases = await rows.leasesOfWorkspace(hub.db, pool.workspace_id, {
    connection_id: pool.connection_id,
    state: 'held',
    limit: 100_000,
  })
  const holding = new Set(holders.map(({ lease_id }) => lease_id))
  const lost = leases.filter(({ id }) => !holding.has(id)).map(({ id }) => id)
  await addJobs(
    hub.db,
    [...idle, ...lost].map((id) => seatJob(pool.connection_id, 'licence_return', id)),
  )
}
