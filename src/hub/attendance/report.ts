import { newId } from '#core/ids.ts'
import { attendanceOfSession, replaceAttendance } from '#store/attendance.ts'
import { connectionById, connectionOfAccount } from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import { meetingOfWorkspace, type MeetingRow } from '#store/meetings.ts'
import { lockSession, sessionOfWorkspace, updateSession } from '#store/sessions.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { ZoomApiError, ZoomRateLimitError } from '#zoom/errors.ts'
import type { Participant } from '#zoom/participants.ts'
import { listMeetingReportParticipants, listWebinarReportParticipants } from '#zoom/reports.ts'
import { emit } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { attendeesOf } from './attendees.ts'
import { blankRow, correctByReport, type Stay } from './presences.ts'

interface ReportPayload {
  workspace_id: string
  meeting_id: string
  uuid: string
  /** How often the report was asked for and not there yet. */
  asked: number
}

/** Zoom's report lags behind the end of a meeting by 15 minutes and more (docs/zoom.md); a Zoom on this machine does not. */
const lag_ms = { zoom: 15 * 60_000, local: 1_000 }

/** A report that is not there yet is asked for again after these pauses, and then given up. */
const again_ms = [60 * 60_000, 6 * 3_600_000, 24 * 3_600_000]

/** Asks for the report of a session that has just ended, once it can be there. */
export async function reportJob(hub: Hub, trx: Trx, meeting: MeetingRow, uuid: string): Promise<Job> {
  const connection = meeting.connection_id ? await connectionById(trx, meeting.connection_id) : undefined
  const app = connection && (await zoomAppById(trx, connection.zoom_app_id))
  const lag = app && isLocal(app.api_base) ? lag_ms.local : lag_ms.zoom
  return job({ workspace_id: meeting.workspace_id, meeting_id: meeting.id, uuid, asked: 0 }, hub.runtime.now() + lag)
}

const job = (payload: ReportPayload, run_at: number): Job => ({
  task: 'report',
  payload: { ...payload },
  key: `report:${payload.workspace_id}:${payload.uuid}`,
  run_at: new Date(run_at),
})

const isLocal = (origin: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)

/** The job: reads the report of one session (one call) and corrects the attendance by it. */
export async function correctAttendance(payload: unknown, hub: Hub): Promise<void> {
  const asked = payload as ReportPayload
  const now = hub.runtime.now()
  const meeting = await meetingOfWorkspace(hub.db, asked.workspace_id, asked.meeting_id, new Date(now))
  const session = await sessionOfWorkspace(hub.db, asked.workspace_id, asked.uuid)
  if (!meeting || !session || session.report_state === 'done') return
  const connection_id = await reader(hub, meeting)
  if (!connection_id) return giveUp(hub, asked, 'no connection is left to ask Zoom with')
  const list = meeting.kind === 'webinar' ? listWebinarReportParticipants : listMeetingReportParticipants
  const report: Stay[] = []
  try {
    for await (const line of list(await zoomClient(hub, connection_id), asked.uuid)) {
      if (line.status !== 'in_waiting_room') report.push(stayOf(line))
    }
  } catch (error) {
    if (!(error instanceof ZoomApiError) || error instanceof ZoomRateLimitError || error.status >= 500) throw error
    if (error.status !== 404) return giveUp(hub, asked, error.message)
  }
  if (report.length === 0) {
    const seen = attendeesOf(await attendanceOfSession(hub.db, asked.workspace_id, asked.uuid), session.ended_at, now)
    if (seen.length < 2) return giveUp(hub, asked, 'Zoom reports only meetings of two or more people')
    return askAgain(hub, asked, 'Zoom has no report yet')
  }
  await keepReport(hub, asked, report)
}

/** Reports are the account's: whoever speaks for all of it reads them, where there is such a connection beside the host's own. */
async function reader(hub: Hub, { workspace_id, connection_id }: MeetingRow): Promise<string | null> {
  const own = connection_id ? await connectionById(hub.db, connection_id) : undefined
  const account = own?.account_id ? await connectionOfAccount(hub.db, workspace_id, own.account_id) : undefined
  return account?.id ?? connection_id
}

async function keepReport(
  hub: Hub,
  { workspace_id, meeting_id, uuid }: ReportPayload,
  report: readonly Stay[],
): Promise<void> {
  const now = hub.runtime.now()
  await hub.db.transaction().execute(async (trx) => {
    await lockSession(trx, workspace_id, uuid)
    const blank = (stay: Stay) => blankRow(newId('attendance', now), workspace_id, uuid, stay.user_id)
    const rows = correctByReport(await attendanceOfSession(trx, workspace_id, uuid), report, blank)
    await replaceAttendance(trx, workspace_id, uuid, rows)
    await updateSession(trx, workspace_id, uuid, {
      source: 'report',
      report_state: 'done',
      report_reason: null,
      report_at: new Date(now),
    })
    await emit(hub, trx, workspace_id, 'report', [
      { type: 'attendance.changed', meeting_id, uuid, payload: { source: 'report' } },
    ])
  })
}

async function askAgain(hub: Hub, asked: ReportPayload, reason: string): Promise<void> {
  const pause = again_ms[asked.asked]
  if (pause === undefined) return giveUp(hub, asked, reason)
  await updateSession(hub.db, asked.workspace_id, asked.uuid, { report_reason: reason })
  await addJobs(hub.db, [job({ ...asked, asked: asked.asked + 1 }, hub.runtime.now() + pause)])
}

/** The attendance then rests on the events, and says so. */
const giveUp = (hub: Hub, { workspace_id, uuid }: ReportPayload, reason: string): Promise<void> =>
  updateSession(hub.db, workspace_id, uuid, {
    report_state: 'unavailable',
    report_reason: reason,
    report_at: new Date(hub.runtime.now()),
  })

const stayOf = (line: Participant): Stay => ({
  user_id: line.user_id ?? '',
  name: line.name ?? '',
  email: line.user_email ?? '',
  participant_user_id: line.participant_user_id || line.id || '',
  participant_uuid: '',
  registrant_id: line.registrant_id ?? '',
  customer_key: line.customer_key ?? '',
  join_time: instant(line.join_time),
  leave_time: instant(line.leave_time),
  leave_reason: null,
})
