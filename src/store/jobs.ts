import { sql } from 'kysely'
import type { Db } from './db.ts'

export interface JobCounts {
  running: number
  due: number
  planned: number
  parked: number
  dead: number
  oldest_due_at: Date | null
}

/** graphile-worker's jobs: dead are those that have no try left. What waits for a connection is counted apart. */
export async function countJobs(db: Db): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    with job as (
      select j.*, parked_job.job_id is not null as is_parked
      from graphile_worker.jobs j left join parked_job on parked_job.job_id = j.id
    )
    select count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where locked_at is null and not is_parked and attempts < max_attempts and run_at <= now())::int as due,
      count(*) filter (where locked_at is null and not is_parked and attempts < max_attempts and run_at > now())::int as planned,
      count(*) filter (where is_parked)::int as parked,
      count(*) filter (where locked_at is null and not is_parked and attempts >= max_attempts)::int as dead,
      min(run_at) filter (where locked_at is null and not is_parked and attempts < max_attempts and run_at <= now()) as oldest_due_at
    from job`.execute(db)
  return rows[0] ?? { running: 0, due: 0, planned: 0, parked: 0, dead: 0, oldest_due_at: null }
}

export async function deadJobsByTask(db: Db): Promise<{ task: string; jobs: number }[]> {
  const { rows } = await sql<{ task: string; jobs: number }>`
    select task_identifier as task, count(*)::int as jobs from graphile_worker.jobs j
    where locked_at is null and attempts >= max_attempts and not exists (select from parked_job where job_id = j.id)
    group by 1 order by 2 desc, 1`.execute(db)
  return rows
}
