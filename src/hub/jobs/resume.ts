import type { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { UnavailableError } from '#core/errors.ts'
import { ZoomRateLimitError } from '#zoom/errors.ts'
import type { Hub } from '#hub/hub.ts'

/**
 * A job that was told when to come again comes then, and the try is not counted: neither a spent day nor a full queue is its
 * failure. Should this fail, it is tried again as any other.
 */
export function resumeWhenTold(hub: Hub, pool: pg.Pool, events: Pick<EventEmitter, 'on'> & WorkerEvents): void {
  events.on('job:complete', ({ job, error }) => {
    const at = timeTold(error, hub.runtime.now())
    if (at === undefined) return
    pool
      .query('select from graphile_worker.reschedule_jobs(array[$1]::bigint[], run_at := $2, attempts := $3)', [
        job.id,
        new Date(at),
        Math.max(0, job.attempts - 1),
      ])
      .catch((cause: unknown) => hub.log.warn({ err: cause, job: job.task_identifier }, 'a job keeps its own pause'))
  })
}

/** Epoch ms when what failed is worth another try, if that was said. */
export function timeTold(error: unknown, now: number): number | undefined {
  if (error instanceof UnavailableError && error.retryAfter !== undefined) return now + error.retryAfter * 1000
  return error instanceof ZoomRateLimitError ? error.retry_at : undefined
}
