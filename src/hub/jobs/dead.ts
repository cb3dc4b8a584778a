import { NotFoundError } from '#core/errors.ts'
import * as rows from '#store/dead-jobs.ts'
import { decodeTimeCursor, pageOf } from '#store/page.ts'
import { noteAudit } from '#hub/audit.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { DeadJob, Page, PageQuery } from '#hub/resources.ts'

/** Work of the workspace that was given up after all its tries, the newest first. The server's own is no workspace's. */
export async function deadJobs(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, q }: PageQuery & { q?: string | undefined },
): Promise<Page<DeadJob>> {
  const after = decodeTimeCursor(cursor)
  const found = await rows.deadJobsOfWorkspace(hub.db, workspace_id, { q, limit, after })
  const page = pageOf(found, limit, (row) => [row.failed_at.toISOString(), row.id])
  return { ...page, items: page.items.map(resource) }
}

/** Has a job tried again, now, with all its tries. @throws NotFoundError for one that is not given up, or of another workspace. */
export const retryJob = (hub: Hub, actor: Actor, id: string): Promise<void> =>
  hub.db.transaction().execute(async (trx) => {
    const revived = await rows.reviveJob(trx, actor.workspace_id, id)
    if (!revived) throw new NotFoundError(`There is no job ${id} that was given up`)
    await noteAudit(trx, actor, 'job.retried', id)
  })

const resource = ({
  id,
  task,
  attempts,
  last_error,
  failed_at,
  about,
  about_id,
  about_name,
}: rows.DeadJobRow): DeadJob => ({
  id,
  task,
  about: about && about_id ? { kind: about, id: about_id, name: about_name ?? about_id } : null,
  tries: attempts,
  last_error: last_error?.split('\n', 1)[0] ?? null,
  failed_at: failed_at.toISOString(),
})
