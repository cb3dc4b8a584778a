import { sql } from 'kysely'
import type { Db, Trx } from './db.ts'
import { hurryRepairs } from './gaps.ts'

/** Notes for which connection a job waits. */
export async function parkJob(
  trx: Trx,
  job: { id: string; task_identifier: string },
  connection_id: string,
): Promise<void> {
  await trx
    .insertInto('parked_job')
    .values({ job_id: job.id, connection_id, task: job.task_identifier })
    .onConflict((conflict) => conflict.column('job_id').doUpdateSet({ connection_id, parked_at: sql`now()` }))
    .execute()
}

/** Lets the jobs of a connection go on at once, also one that its worker is just letting go of, and the repairs that wait for it. */
export async function unparkJobs(trx: Trx, connection_id: string): Promise<void> {
  await sql`with freed as (delete from parked_job where connection_id = ${connection_id} returning job_id)
    update graphile_worker._private_jobs set run_at = now() where id in (select job_id from freed)`.execute(trx)
  await hurryRepairs(trx, connection_id)
}

/** How many jobs wait for each of these connections. A row whose job is done by now is not counted. */
export async function parkedJobsOf(db: Db, connection_ids: readonly string[]): Promise<Map<string, number>> {
  if (connection_ids.length === 0) return new Map()
  const { rows } = await sql<{ connection_id: string; jobs: number }>`
    select connection_id, count(*)::int as jobs from parked_job
    join graphile_worker.jobs on jobs.id = parked_job.job_id
    where connection_id = any(${sql.val([...connection_ids])}) group by 1`.execute(db)
  return new Map(rows.map(({ connection_id, jobs }) => [connection_id, jobs]))
}
