import { newId } from '#core/ids.ts'
import { attendanceOfSession, replaceAttendance, type AttendanceRow } from '#store/attendance.ts'
import { connectionById, connectionOfAccount, type ConnectionRow } from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import { liesInGap } from '#store/gaps.ts'
import { meetingOfWorkspace, type MeetingRow } from '#store/meetings.ts'
import { lockSession, sessionOfWorkspace, updateSession } from '#store/sessions.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { emit, type Cause } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { attendeesOf } from './attendees.ts'
import { bestAnswer, type Answer, type Found } from './best-answer.ts'
import { blankRow, correctByReport, type Stay } from './presences.ts'
import { sourcesBetterThan } from './sources.ts'

interface ReportPayload {
  workspace_id: string
  meeting_id: string
  uuid: string
  /** How often the report was asked for and not there yet. */
  asked: number
  /** How many people are known to have been there by another way than events: after an outage there may be no events. */
  expected?: number
  cause?: Cause
}

/** Zoom's report lags behind the end of a meeting by 15 minutes and more (docs/zoom.md); a Zoom on this machine does not. */
const lag_ms = { zoom: 15 * 60_000, local: 1_000 }

/** A report that is not there yet is asked for again after these pauses, the last time two days after the first, and then given up. */
const again_ms = [60 * 60_000, 6 * 3_600_000, 24 * 3_600_000, 17 * 3_600_000]

/** Asks for the report of a session that has just ended, once it can be there. */
export async function reportJob(
  hub: Hub,
  trx: Trx,
  meeting: MeetingRow,
  uuid: string,
  more: Pick<ReportPayload, 'expected' | 'cause'> = {},
): Promise<Job> {
  const connection = meeting.connection_id ? await connectionById(trx, meeting.connection_id) : undefined
  const app = connection && (await zoomAppById(trx, connection.zoom_app_id))
  const lag = app && isLocal(app.api_base) ? lag_ms.local : lag_ms.zoom
  return job(
    { workspace_id: meeting.workspace_id, meeting_id: meeting.id, uuid, asked: 0, ...more },
    hub.runtime.now() + lag,
  )
}

const job = (payload: ReportPayload, run_at: number): Job => ({
  task: 'report',
  payload: { ...payload },
  key: `report:${payload.workspace_id}:${payload.uuid}`,
  run_at: new Date(run_at),
})

const isLocal = (origin: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname)

/** The job: reads who was in one session from the best source that answers (one call when the report does), and corrects the attendance by it. */
export async function correctAttendance(payload: unknown, hub: Hub): Promise<void> {
  const asked = payload as ReportPayload
  const { workspace_id, uuid } = asked
  const now = hub.runtime.now()
  const meeting = await meetingOfWorkspace(hub.db, workspace_id, asked.meeting_id, new Date(now))
  const session = await sessionOfWorkspace(hub.db, workspace_id, uuid)
  if (!meeting || !session || session.report_state === 'done') return
  const connection = await reader(hub, meeting)
  if (!connection) return giveUp(hub, asked, 'no connection is left to ask Zoom with')
  const people = (rows: readonly AttendanceRow[]): number => attendeesOf(rows, session.ended_at, now).length
  const known = people(await attendanceOfSession(hub.db, workspace_id, uuid))
  const seen = Math.max(known, asked.expected ?? 0)
  const answer = await bestAnswer(sourcesBetterThan(session.source), {
    client: await zoomClient(hub, connection.id),
    scope: connection.scope,
    kind: meeting.kind,
    uuid,
    seen,
    // Where events were lost, or none of people arrive, there may have been more than were seen. Zoom's own count needs no events.
    isAlone: seen === 1 && (asked.expected === 1 || !(await liesInGap(hub.db, session))),
    isLast: again_ms[asked.asked] === undefined,
    people: (stays) => people(correctByReport([], stays, 'report', blankOf(hub, asked))),
  })
  const pause = answer.later ? again_ms[asked.asked] : undefined
  if (answer.found) await keepAnswer(hub, asked, answer.found, answer, pause === undefined)
  if (pause !== undefined) return askAgain(hub, asked, answer.reason, pause)
  if (!answer.found) await giveUp(hub, asked, answer.reason, session.source === 'events' ? 'unavailable' : 'done')
}

/** Reports are the account's: whoever speaks for all of it reads them, where there is such a connection beside the host's own. */
async function reader(
  hub: Hub,
  { workspace_id, connection_id }: MeetingRow,
): Promise<Pick<ConnectionRow, 'id' | 'scope'> | undefined> {
  const own = connection_id ? await connectionById(hub.db, connection_id) : undefined
  const account = own?.account_id ? await connectionOfAccount(hub.db, workspace_id, own.account_id) : undefined
  return account ?? own
}

const blankOf =
  (hub: Hub, { workspace_id, uuid }: ReportPayload) =>
  (stay: Stay): AttendanceRow =>
    blankRow(newId('attendance', hub.runtime.now()), workspace_id, uuid, stay.user_id)

async function keepAnswer(
  hub: Hub,
  asked: ReportPayload,
  { source, stays }: Found,
  { reason }: Answer,
  isFinal: boolean,
): Promise<void> {
  const { workspace_id, meeting_id, uuid } = asked
  await hub.db.transaction().execute(async (trx) => {
    await lockSession(trx, workspace_id, uuid)
    const rows = correctByReport(await attendanceOfSession(trx, workspace_id, uuid), stays, source, blankOf(hub, asked))
    await replaceAttendance(trx, workspace_id, uuid, rows)
    await updateSession(trx, workspace_id, uuid, {
      source,
      report_state: isFinal ? 'done' : 'waiting',
      report_reason: reason || null,
      report_at: new Date(hub.runtime.now()),
    })
    await emit(hub, trx, workspace_id, asked.cause ?? 'report', [
      { type: 'attendance.changed', meeting_id, uuid, payload: { source } },
    ])
  })
}

async function askAgain(hub: Hub, asked: ReportPayload, reason: string, pause: number): Promise<void> {
  await updateSession(hub.db, asked.workspace_id, asked.uuid, { report_reason: reason })
  await addJobs(hub.db, [job({ ...asked, asked: asked.asked + 1 }, hub.runtime.now() + pause)])
}

/** The attendance then rests on what there is, and says so. */
const giveUp = (
  hub: Hub,
  { workspace_id, uuid }: ReportPayload,
  reason: string,
  report_state: 'unavailable' | 'done' = 'unavailable',
): Promise<void> =>
  updateSession(hub.db, workspace_id, uuid, {
    report_state,
    report_reason: reason,
    report_at: new Date(hub.runtime.now()),
  })
