import type { JobHelpers } from 'graphile-worker'
import { lockConnection } from '#store/connections.ts'
import { parkJob } from '#store/parked-jobs.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import type { Hub } from '#hub/hub.ts'
import { resumeAt } from './resume.ts'

/** How long a job waits for a connection that nobody mends: then it is tried, fails, and waits again. */
const longest_ms = 30 * 86_400_000

/**
 * Puts a job that is about to fail aside until its connection works again; the try is not counted. Whoever connects again, or switches
 * the app on, holds the same row: so either the job is seen among those that wait, or the connection is seen to work.
 */
export const park = (hub: Hub, helpers: Pick<JobHelpers, 'job' | 'query'>, connection_id: string): Promise<void> =>
  hub.db.transaction().execute(async (trx) => {
    const connection = await lockConnection(trx, connection_id)
    const now = hub.runtime.now()
    const app = connection && (await zoomAppById(trx, connection.zoom_app_id))
    if (connection?.state !== 'disconnected' && app?.state !== 'off') return resumeAt(now, helpers)
    await resumeAt(now + longest_ms, helpers)
    await parkJob(trx, helpers.job, connection_id)
  })
