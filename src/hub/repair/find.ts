import { newId } from '#core/ids.ts'
import { insertGap, isBusy, lockWatch, updateWatch, watchedApps } from '#store/gaps.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { gapOf } from './gap.ts'

/** What every server and worker does when it starts. */
export const findGapsJob: Job = { task: 'find_gaps', payload: {}, key: 'find_gaps' }

const day_ms = 86_400_000

/** Looks at each app for a time whose events may be missing, and has it repaired. Asks Zoom nothing when there is none. */
export async function findGaps(hub: Hub): Promise<void> {
  for (const { id: zoom_app_id, workspace_id, last_event } of await watchedApps(
    hub.db,
    new Date(hub.runtime.now() - day_ms),
  )) {
    await hub.db.transaction().execute(async (trx) => {
      const now = new Date(hub.runtime.now())
      const watch = await lockWatch(trx, zoom_app_id, now)
      if (!watch) return
      const heard = last_event && last_event > watch.known_until ? last_event : watch.known_until
      const gap = gapOf({ ...watch, last_event, isBusy: await isBusy(trx, zoom_app_id, heard, now) }, now)
      await updateWatch(trx, { zoom_app_id, alive_at: now, known_until: gap?.until ?? heard })
      if (!gap) return
      const id = newId('gap', hub.runtime.now())
      await insertGap(trx, { id, workspace_id, zoom_app_id, ...gap, found_at: now, repaired_at: null })
      await addJobs(trx, [repairJob({ gap_id: id, look: 1, failed: [] })])
      hub.log.warn({ zoom_app_id, ...gap }, 'events may be missing: what happened is read from Zoom')
    })
  }
}

export interface Repair {
  gap_id: string
  /** Counts from 1. The second is for what Zoom's lists did not have yet; the others for what Zoom could not tell then. */
  look: number
  /** Hosts that the look before could not ask. */
  failed: string[]
  /** What Zoom does not tell at all, in words, as the looks before found it. */
  told?: string[]
  /** It is Zoom, or a connection to it, that is waited for. */
  waits?: boolean
}

export const repairJob = (repair: Repair, run_at?: Date): Job => ({
  task: 'repair_gap',
  payload: { ...repair },
  key: `repair_gap:${repair.gap_id}:${repair.look}`,
  ...(run_at ? { run_at } : {}),
})
