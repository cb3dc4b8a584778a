import { sql, type RawBuilder } from 'kysely'
import type { Db, Trx } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export interface DeadJobRow {
  id: string
  task: string
  attempts: number
  last_error: string | null
  failed_at: Date
  about: 'meeting' | 'host' | 'zoom_app' | null
  about_id: string | null
  about_name: string | null
}

/** By which of its ids a job's workspace is found, where its payload does not name it, and in which table. */
const owners = {
  connection_id: 'connection',
  lease_id: 'licence_lease',
  deletion_id: 'deletion',
  gap_id: 'gap',
  import_id: 'meeting_import',
  replay_id: 'replay',
  hub_event_id: 'hub_event',
  placement_id: 'placement',
} as const

const workspaceOfJob = sql`coalesce(job.payload ->> 'workspace_id', ${sql.join(
  Object.entries(owners).map(
    ([name, table]) => sql`(select workspace_id from ${sql.table(table)} where id = job.payload ->> ${sql.lit(name)})`,
  ),
)})`

/**
 * Jobs of a workspace that have no try left. graphile-worker puts the next try of a job that failed off by e to the number of tries, at
 * most ten, in seconds, also of one that has none left: so it is known when that was.
 */
const deadJobs = (workspace_id: string): RawBuilder<unknown> => sql`
  select job.id, task.identifier as task, job.attempts, job.last_error, job.payload,
    date_trunc('milliseconds', job.run_at - exp(least(job.attempts, 10)) * interval '1 second') as failed_at
  from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
  where job.locked_at is null and job.attempts >= job.max_attempts
    and not exists (select from parked_job where parked_job.job_id = job.id) and ${workspaceOfJob} = ${workspace_id}`

/** The job that failed last is the first. */
export async function deadJobsOfWorkspace(
  db: Db,
  workspace_id: string,
  { q, limit, after }: { q?: string | undefined; limit: number; after: string[] | undefined },
): Promise<DeadJobRow[]> {
  const words = q ? `%${escapeLike(q)}%` : null
  const [time, id] = after ?? [null, null]
  const { rows } = await sql<DeadJobRow>`
    with dead as materialized (${deadJobs(workspace_id)}), told as (
      select dead.id, dead.task, dead.attempts, dead.last_error, dead.failed_at,
        case when meeting.id is not null then 'meeting' when host.id is not null then 'host'
          when app.id is not null then 'zoom_app' end as about,
        coalesce(meeting.id, host.id, app.id) as about_id, coalesce(meeting.topic, host.email, app.name) as about_name
      from dead
        left join placement on placement.id = dead.payload ->> 'placement_id'
        left join hub_event on hub_event.id = dead.payload ->> 'hub_event_id'
        left join licence_lease lease on lease.id = dead.payload ->> 'lease_id'
        left join gap on gap.id = dead.payload ->> 'gap_id'
        left join trial on trial.id = dead.payload ->> 'trial_id'
        left join deletion on deletion.id = dead.payload ->> 'deletion_id'
        left join connection on connection.id = dead.payload ->> 'connection_id'
        left join meeting on meeting.workspace_id = ${workspace_id} and (
          meeting.id = coalesce(dead.payload ->> 'meeting_id', placement.meeting_id, hub_event.meeting_id)
          or meeting.zoom_meeting_id = substring(coalesce(dead.payload ->> 'zoom_meeting_id', dead.payload ->> 'subject') from '^[0-9]{1,18}$')::bigint)
        left join zoom_user host on host.workspace_id = ${workspace_id}
          and host.id = coalesce(dead.payload ->> 'zoom_user_id', dead.payload ->> 'host_id', lease.zoom_user_id)
        left join zoom_app app on app.workspace_id = ${workspace_id}
          and app.id = coalesce(dead.payload ->> 'zoom_app_id', gap.zoom_app_id, trial.zoom_app_id,
            deletion.zoom_app_id, connection.zoom_app_id)
    )
    select * from told
    where (${words}::text is null or concat_ws(' ', task, last_error, about_name) ilike ${words})
      and (${id}::bigint is null or (failed_at, id) < (${time}::timestamptz, ${id}::bigint))
    order by failed_at desc, id desc limit ${limit + 1}`.execute(db)
  return rows
}

export async function deadJobsOfWorkspaceByTask(
  db: Db,
  workspace_id: string,
): Promise<{ task: string; jobs: number }[]> {
  const { rows } = await sql<{ task: string; jobs: number }>`
    with dead as (${deadJobs(workspace_id)})
    select task, count(*)::int as jobs from dead group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

/** Gives a dead job of the workspace all its tries again, at once; undefined where there is none (any more). */
export async function reviveJob(trx: Trx, workspace_id: string, id: string): Promise<{ task: string } | undefined> {
  const { rows } = await sql<{ task: string }>`
    with dead as (${deadJobs(workspace_id)}), held as (
      select job.id from graphile_worker._private_jobs job
      where job.id = (select dead.id from dead where dead.id::text = ${id})
        and job.locked_at is null and job.attempts >= job.max_attempts
      for update
    ), revived as (
      update graphile_worker._private_jobs job set attempts = 0, run_at = now(), updated_at = now()
      from held where job.id = held.id returning job.id
    )
    select dead.task from dead join revived on revived.id = dead.id`.execute(trx)
  return rows[0]
}
