import { sql } from 'kysely'
import type { Db } from '#store/db.ts'
import type { Job } from '#hub/integration.ts'

/**
 * Adds jobs in the caller's transaction. A waiting job with the same key is taken over (it keeps its time to run, so that
 * news does not cut a pause after a failure short); one that is running is followed by another.
 */
export async function addJobs(db: Db, jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) while (!(await addJob(db, job)));
}

/** False: a worker took the job with this key at this very moment, so graphile-worker passed over it. Asked again it adds one. */
async function addJob(db: Db, { task, payload, queue, key, run_at, max_attempts }: Job): Promise<boolean> {
  const { rows } = await sql<{ id: string | null }>`select id from graphile_worker.add_job(
      ${task}, payload := ${JSON.stringify(payload)}::json, queue_name := ${queue ?? null}, run_at := ${run_at ?? null},
      max_attempts := ${max_attempts ?? null}, job_key := ${key ?? null},
      job_key_mode := ${key ? 'preserve_run_at' : null})`.execute(db)
  return Boolean(rows[0]?.id)
}
