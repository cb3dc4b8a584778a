import type { JobHelpers } from 'graphile-worker'
import { UnavailableError } from '#core/errors.ts'
import { MissingKeyError } from '#hub/encryption.ts'
import { ZoomRateLimitError } from '#zoom/errors.ts'

/**
 * Puts a job that is about to fail off to when it was told to come again, without counting the try: neither a spent day nor a full
 * queue is its failure. Done while the job is still held, because graphile-worker lets go of a failed job at a moment of its own.
 * A job that was followed by another with its key is left alone.
 */
export async function resumeAt(at: number, { job, query }: Pick<JobHelpers, 'job' | 'query'>): Promise<void> {
  await query(
    `update graphile_worker._private_jobs
     set attempts = greatest(0, attempts - 1), run_at = $2::timestamptz - exp(least(greatest(0, attempts - 1), 10)) * interval '1 second'
     where id = $1 and locked_at is not null and key is not distinct from $3`, // failing adds what is taken off here
    [job.id, new Date(at), job.key],
  )
}

/** Zoom's longest limit. Who names a later time is asked again after a day. */
const longest_ms = 86_400_000

/** Somebody puts an encryption key back, or never: it is looked for this often. */
const missingKey_ms = 3_600_000

/** Epoch ms when what failed is worth another try, if that was said. */
export function timeTold(error: unknown, now: number): number | undefined {
  const told =
    error instanceof UnavailableError && error.retryAfter !== undefined
      ? now + error.retryAfter * 1000
      : error instanceof ZoomRateLimitError
        ? error.retry_at
        : error instanceof MissingKeyError
          ? now + missingKey_ms
          : undefined
  return told === undefined ? undefined : Math.min(told, now + longest_ms)
}
