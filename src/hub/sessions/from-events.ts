import * as rows from '#store/sessions.ts'
import type { EventPayload } from '#zoom/events.ts'
import { reportJob } from '#hub/attendance/report.ts'
import { emit } from '#hub/hub-events.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import type { Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import { renewState } from '#hub/meetings/keep.ts'
import { sessionOf } from './of-event.ts'

/** A session that ended before its start was heard of stays ended: only what is not known yet is filled in. */
export async function sessionStarted(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.started'> },
): Promise<Outcome> {
  const { hub, trx, row } = context
  const { session, meeting, isNew } = await sessionOf(context, payload.object)
  const started_at = instant(payload.object.start_time) ?? row.event_ts
  await rows.updateSession(trx, row.workspace_id, session.uuid, { started_at })
  await renewState(hub, trx, meeting)
  if (isNew || !session.started_at) {
    await emit(hub, trx, row.workspace_id, 'webhook', [
      {
        type: 'session.started',
        meeting_id: meeting.id,
        uuid: session.uuid,
        payload: { started_at: started_at.toISOString() },
      },
    ])
  }
  return { outcome: 'handled' }
}

/** The end of a session asks for its report, once. */
export async function sessionEnded(
  context: ReactionContext,
  { payload }: { payload: EventPayload<'meeting.ended'> },
): Promise<Outcome> {
  const { hub, trx, row } = context
  const { session, meeting } = await sessionOf(context, payload.object)
  // A session that is known by its recording alone has a guessed end, and was never asked a report for.
  if (session.ended_at && session.report_state !== 'none')
    return { outcome: 'ignored', reason: 'the session has ended already' }
  const ended_at = instant(payload.object.end_time) ?? row.event_ts
  await rows.updateSession(trx, row.workspace_id, session.uuid, { ended_at, report_state: 'waiting' })
  await renewState(hub, trx, meeting)
  await emit(hub, trx, row.workspace_id, 'webhook', [
    {
      type: 'session.ended',
      meeting_id: meeting.id,
      uuid: session.uuid,
      payload: { ended_at: ended_at.toISOString() },
    },
  ])
  await addJobs(trx, [await reportJob(hub, trx, meeting, session.uuid)])
  return { outcome: 'handled' }
}
