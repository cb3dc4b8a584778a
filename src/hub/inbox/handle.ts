import { z } from 'zod'
import { sentenceOf } from '#core/errors.ts'
import { JsonError } from '#core/json.ts'
import { sawEvent } from '#store/app-events.ts'
import type { Trx } from '#store/db.ts'
import { eventOfWorkspace, lockSubject, nextWaitingEvent, settleEvent, type EventRow } from '#store/events.ts'
import { touchZoomApp } from '#store/zoom-apps.ts'
import { readZoomEvent } from '#zoom/events.ts'
import { readWebhookEvent } from '#zoom/webhook.ts'
import type { Hub } from '#hub/hub.ts'
import type { Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { lackOf } from '#hub/zoom-rights.ts'
import type { ReactionContext } from './context.ts'
import { inboxJob } from './job.ts'
import { reactions } from './reactions.ts'

/** After so many tries an event is dead, and those behind it go on. */
const tries = 5

/** Pauses between the tries, in ms: together about two minutes, enough for a database that starts again. */
const pause_ms = (attempts: number): number => Math.min(60_000, 1000 * 4 ** attempts)

/**
 * The job of one meeting (or account): takes all its waiting events, the oldest first by Zoom's time, each in a
 * transaction of its own, and stops at the first that fails, which is tried again after a pause.
 */
export async function handleWaitingEvents(payload: unknown, hub: Hub): Promise<void> {
  const subject = payload as { workspace_id: string; subject: string }
  while ((await handleNext(hub, subject)) === 'done');
}

async function handleNext(
  hub: Hub,
  { workspace_id, subject }: { workspace_id: string; subject: string },
): Promise<'done' | 'later' | 'none'> {
  let taken: EventRow | undefined
  try {
    return await hub.db.transaction().execute(async (trx) => {
      await lockSubject(trx, workspace_id, subject)
      taken = await nextWaitingEvent(trx, workspace_id, subject)
      if (!taken) return 'none'
      if (taken.retry_at && taken.retry_at.getTime() > hub.runtime.now()) {
        await addJobs(trx, [{ ...inboxJob(workspace_id, subject), run_at: taken.retry_at }])
        return 'later'
      }
      const outcome = await react(hub, trx, taken)
      await settleEvent(trx, taken, {
        state: outcome.outcome,
        reason: outcome.outcome === 'ignored' ? outcome.reason : null,
        settled_at: new Date(hub.runtime.now()),
      })
      await touchZoomApp(trx, taken.zoom_app_id, taken.received_at)
      await sawEvent(trx, taken.zoom_app_id, taken.event, taken.received_at)
      hub.metrics.events.inc({ state: outcome.outcome })
      return 'done'
    })
  } catch (error) {
    if (!taken) throw error
    return fail(hub, taken, error)
  }
}

async function react(hub: Hub, trx: Trx, row: EventRow): Promise<Outcome> {
  const event = readZoomEvent(readWebhookEvent(Buffer.from(row.body)))
  if (!event) return { outcome: 'ignored', reason: `Greenroom has no use for ${row.event}` }
  const reaction = reactions[event.event] as (context: ReactionContext, event: never) => Promise<Outcome>
  return reaction({ hub, trx, row }, event as never)
}

async function fail(hub: Hub, row: EventRow, error: unknown): Promise<'done' | 'later'> {
  const attempts = row.attempts + 1
  const hopeless = error instanceof z.ZodError || error instanceof JsonError
  const dead = hopeless || attempts >= tries
  const retry_at = new Date(hub.runtime.now() + pause_ms(attempts))
  hub.log[dead ? 'error' : 'warn'](
    { err: error, event_id: row.id, event: row.event, attempts },
    dead ? 'an event is dead' : 'an event failed and will be tried again',
  )
  await hub.db.transaction().execute(async (trx) => {
    await lockSubject(trx, row.workspace_id, row.subject)
    // A worker that was given up for dead may come too late with its failure: then another has handled the event.
    if ((await eventOfWorkspace(trx, row.workspace_id, row.id))?.state !== 'waiting') return
    await settleEvent(trx, row, {
      state: dead ? 'dead' : 'waiting',
      reason: hopeless
        ? `Zoom sent something else than it documents: ${firstIssue(error)}`
        : (lackOf(error)?.words ?? sentenceOf(error)),
      settled_at: dead ? new Date(hub.runtime.now()) : null,
      attempts,
      retry_at: dead ? null : retry_at,
    })
    if (!dead) await addJobs(trx, [{ ...inboxJob(row.workspace_id, row.subject), run_at: retry_at }])
  })
  if (dead) hub.metrics.events.inc({ state: 'dead' })
  return dead ? 'done' : 'later'
}

const firstIssue = (error: unknown): string => {
  if (!(error instanceof z.ZodError)) return sentenceOf(error)
  const [issue] = error.issues
  return issue ? `${issue.path.join('.')} ${issue.message}` : error.message
}
