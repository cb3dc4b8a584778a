import { z } from 'zod'
import type { Trx } from '#store/db.ts'
import { replayNextDeliveries } from '#store/deliveries.ts'
import { replayNextEvents } from '#store/events.ts'
import { countReplayed, lockReplay, updateReplay, type ReplayBatch, type ReplayRow } from '#store/replays.ts'
import { anew } from '#hub/deliveries/schedule.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'

/** A job works so long before the next one goes on: a server that stops need not wait for a long replay. */
const slice_ms = 10_000
/** So many are let loose at once: what comes in meanwhile stands behind no more than these. */
const batch = 200
/** What does not come to its end in this time (its destination is down, its app is off) holds the rest no longer. */
const patience_ms = 30_000
const look_ms = 500

export const replayJob = (replay_id: string, run_at?: Date): Job => ({
  task: 'replay',
  payload: { replay_id },
  queue: `replay:${replay_id}`,
  key: `replay:${replay_id}`,
  ...(run_at ? { run_at } : {}),
})

const payloadOf = z.object({ replay_id: z.string() })

/** Works on a replay for a while, as a job: one batch after the other, the next when few of the one before still wait. */
export async function workReplay(payload: unknown, hub: Hub): Promise<void> {
  const { replay_id } = payloadOf.parse(payload)
  const end = hub.runtime.now() + slice_ms
  while (hub.runtime.now() < end) {
    const came = await hub.db.transaction().execute((trx) => nextBatch(hub, trx, replay_id))
    if (came === 'over') return
    if (came === 'wait') return addJobs(hub.db, [replayJob(replay_id, new Date(hub.runtime.now() + look_ms))])
  }
  return addJobs(hub.db, [replayJob(replay_id)])
}

/** In one transaction, so that whoever goes on after a crash begins behind what is done. */
async function nextBatch(hub: Hub, trx: Trx, id: string): Promise<'more' | 'wait' | 'over'> {
  const replay = await lockReplay(trx, id)
  if (replay?.state !== 'running') return 'over'
  const now = new Date(hub.runtime.now())
  const { waiting } = await countReplayed(trx, replay)
  const isPatient = now.getTime() - (replay.handed_at?.getTime() ?? 0) < patience_ms
  if (isPatient && waiting > batch / 2) return 'wait'
  const { rows, last } = await handOver(hub, trx, replay)
  if (last) {
    const change = { handed: replay.handed + rows, handed_at: now, last_at: last.at, last_id: last.id }
    await updateReplay(trx, id, change)
    return 'more'
  }
  if (isPatient && waiting > 0) return 'wait'
  // What was counted and has since been replayed by somebody else, or has been dropped, is not among it.
  await updateReplay(trx, id, { state: 'done', total: replay.handed, ended_at: now })
  return 'over'
}

const handOver = (hub: Hub, trx: Trx, replay: ReplayRow): Promise<ReplayBatch> =>
  replay.subscription_id === null
    ? replayNextEvents(trx, replay, batch)
    : replayNextDeliveries(trx, replay, batch, anew(hub.runtime.now()))
