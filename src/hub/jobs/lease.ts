import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Hub } from '#hub/hub.ts'

/** A living worker says so this often … */
const beat_ms = 2_000
/** … and one that has not for this long is dead. With a look every beat, its jobs are free within eight seconds. */
const dead_ms = 5_000

/**
 * Keeps the leases of this process's workers, and frees what dead workers held: graphile-worker alone would wait four hours.
 * A worker that was only slow loses its jobs, too; those begin with a lock in the database, so that no event is handled twice.
 */
export function keepLease(hub: Hub, pool: pg.Pool, events: WorkerEvents): { end(): Promise<void> } {
  const workers = new Set<string>()
  // graphile-worker locks jobs in the name of the pool, not of the single worker in it.
  events.on('pool:create', ({ workerPool }) => {
    workers.add(workerPool.id)
    void beat()
  })
  const timer = setInterval(() => void beat(), beat_ms)
  let last = Promise.resolve()

  return {
    async end() {
      clearInterval(timer)
      await last
      await pool.query('delete from worker_lease where worker_id = any($1)', [[...workers]]).catch(() => {})
    },
  }

  function beat(): Promise<void> {
    last = last.then(async () => {
      try {
        await pool.query(renew, [[...workers]])
        const { rows } = await pool.query<{ worker_id: string }>(free, [`${dead_ms} milliseconds`])
        if (rows.length > 0)
          hub.log.warn({ workers: rows.map((row) => row.worker_id) }, 'freed the jobs of dead workers')
      } catch (error) {
        hub.log.warn({ err: error }, 'the leases of the workers could not be renewed')
      }
    })
    return last
  }
}

const renew = `insert into worker_lease (worker_id) select unnest($1::text[])
  on conflict (worker_id) do update set beat_at = now()`

/** Dead: a lease that ended, and a holder of a job that never had a lease or whose lease was taken away before. */
const free = `
  with dead as (
    delete from worker_lease where beat_at < now() - $1::interval returning worker_id
  ), holder as (
    select distinct locked_by from graphile_worker._private_jobs where locked_by is not null and locked_at < now() - $1::interval
    union
    select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null and locked_at < now() - $1::interval
  ), lost as (
    select worker_id from dead
    union
    select locked_by from holder where locked_by not in (select worker_id from worker_lease)
  ), freed as (
    select graphile_worker.force_unlock_workers(array_agg(worker_id)) from lost having count(*) > 0
  )
  select worker_id from lost, freed`
