import { countJobs, deadJobsByTask } from '#store/jobs.ts'
import { deadJobsOfWorkspaceByTask } from '#store/dead-jobs.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { JobsNow } from '#hub/resources.ts'

/** What this server has to do, by number: of all workspaces together, which share its workers. */
export async function jobsNow(hub: Hub, { workspace_id }: Actor): Promise<JobsNow> {
  const { oldest_due_at, ...counts } = await countJobs(hub.db)
  return {
    ...counts,
    oldest_due_at: oldest_due_at?.toISOString() ?? null,
    dead_by_task: await deadJobsByTask(hub.db),
    dead_here: await deadJobsOfWorkspaceByTask(hub.db, workspace_id),
  }
}
