import type { MeetingKind } from '#store/db.ts'
import { lockMeetingByZoomId } from '#store/meetings.ts'
import { insertSession, lockSession, updateSession } from '#store/sessions.ts'
import { reportJob } from '#hub/attendance/report.ts'
import { emit, type HubEvent } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { keepMeeting, renewState } from '#hub/meetings/keep.ts'

/** One ended run, as Zoom lists it. */
export interface PastSession {
  zoom_meeting_id: string
  kind: MeetingKind
  type: number | null
  uuid: string
  topic: string
  started_at: Date
  ended_at: Date
  /** How many people were there at least. */
  people: number
}

/**
 * Keeps a past run that Zoom told of: what was not known of it becomes hub events, as if its own had arrived, and its participants are
 * asked for once. False when all of it was known.
 */
export async function keepPastSession(
  hub: Hub,
  about: { workspace_id: string; connection_id: string; host_id: string },
  past: PastSession,
): Promise<boolean> {
  const { workspace_id, connection_id, host_id } = about
  const { uuid, topic, started_at, ended_at } = past
  return hub.db.transaction().execute(async (trx) => {
    const meeting =
      (await lockMeetingByZoomId(trx, workspace_id, past.zoom_meeting_id)) ??
      (
        await keepMeeting(hub, trx, {
          workspace_id,
          connection_id,
          kind: past.kind,
          zoom: { id: past.zoom_meeting_id, host_id, topic, type: past.type },
          // So that any news of the meeting itself counts, even older news.
          changed_at: new Date(0),
        })
      ).row
    const known = await lockSession(trx, workspace_id, uuid)
    const isEnded = known?.ended_at && known.report_state !== 'none'
    if (known?.started_at && isEnded) return false
    if (!known) await insertSession(trx, { workspace_id, uuid, meeting_id: meeting.id, topic, host_id, started_at })
    await updateSession(trx, workspace_id, uuid, {
      started_at: known?.started_at ?? started_at,
      ...(isEnded ? {} : { ended_at, report_state: 'waiting' as const }),
    })
    await renewState(hub, trx, meeting)
    const [started, ended] = [started_at.toISOString(), ended_at.toISOString()]
    const about = { meeting_id: meeting.id, uuid }
    const news: HubEvent[] = []
    if (!known?.started_at) news.push({ type: 'session.started', ...about, payload: { started_at: started } })
    if (!isEnded) news.push({ type: 'session.ended', ...about, payload: { ended_at: ended } })
    await emit(hub, trx, workspace_id, 'repair', news)
    if (!isEnded)
      await addJobs(trx, [await reportJob(hub, trx, meeting, uuid, { expected: past.people, cause: 'repair' })])
    return true
  })
}
