import { newId } from '#core/ids.ts'
import { attendanceOfStay, upsertAttendance, type AttendanceRow } from '#store/attendance.ts'
import type { EventPayload } from '#zoom/events.ts'
import { emit } from '#hub/hub-events.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import type { Outcome } from '#hub/integration.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import { sessionOf } from '#hub/sessions/of-event.ts'
import { blankRow, placeStay, type Stay } from './presences.ts'

type Payload = EventPayload<'meeting.participant_joined'>

export const participantJoined = (context: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> =>
  keepStay(context, payload, {
    join_time: instant(payload.object.participant.join_time) ?? context.row.event_ts,
    leave_time: null,
  })

export const participantLeft = (context: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> =>
  keepStay(context, payload, {
    join_time: null,
    leave_time: instant(payload.object.participant.leave_time) ?? context.row.event_ts,
  })

async function keepStay(
  context: ReactionContext,
  { object }: Payload,
  times: Pick<Stay, 'join_time' | 'leave_time'>,
): Promise<Outcome> {
  const { hub, trx, row } = context
  const { session } = await sessionOf(context, object)
  const stay = { ...stayOf(object.participant), ...times }
  const known = await attendanceOfStay(trx, row.workspace_id, session.uuid, stay.user_id)
  const blank = (): AttendanceRow =>
    blankRow(newId('attendance', hub.runtime.now()), row.workspace_id, session.uuid, stay.user_id)
  const placed = placeStay(known, stay, blank)
  if (!placed)
    return {
      outcome: 'ignored',
      reason: known.some((each) => each.source !== 'events')
        ? 'Zoom’s list of participants has said it already'
        : 'nothing new',
    }
  await upsertAttendance(trx, placed)
  await emit(hub, trx, row.workspace_id, 'webhook', [
    { type: 'attendance.changed', meeting_id: session.meeting_id, uuid: session.uuid, payload: { source: 'events' } },
  ])
  return { outcome: 'handled' }
}

/** Zoom leaves out, or sends as '', what it does not know. */
const stayOf = (participant: Payload['object']['participant']): Omit<Stay, 'join_time' | 'leave_time'> => ({
  user_id: participant.user_id,
  name: participant.user_name ?? '',
  email: participant.email ?? '',
  participant_user_id: participant.participant_user_id || participant.id || '',
  participant_uuid: participant.participant_uuid ?? '',
  registrant_id: participant.registrant_id ?? '',
  customer_key: participant.customer_key ?? '',
  leave_reason: plainReason(participant.leave_reason),
})

/** "Max left the meeting.<br>Reason: left the meeting." is for a web page; ours escapes, so the break becomes a space. */
const plainReason = (reason: string | null | undefined): string | null => reason?.replace(/<br\s*\/?>/g, ' ') || null
