import { connectionOfApp } from '#store/connections.ts'
import type { MeetingKind } from '#store/db.ts'
import { lockMeetingByZoomId, meetingByZoomId, updateMeetingRow } from '#store/meetings.ts'
import type { Meeting as ZoomMeeting } from '#zoom/meetings.ts'
import { emit } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { userIdFor } from '#hub/spoken-for.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { isGone, isWebinar } from '#hub/zoom-refusal.ts'
import { verbsOf } from './verbs.ts'
import { auditNews } from './changeable.ts'
import { keepMeeting } from './keep.ts'

/** Which meeting to read, and by which app. */
export interface Fetch {
  workspace_id: string
  zoom_app_id: string
  zoom_meeting_id: string
  kind: MeetingKind
  /** Whose it is, where that is known without the stored meeting. */
  host_id?: string | null | undefined
}

export const fetchJob = (fetch: Fetch, run_at?: Date): Job => ({
  task: 'fetch_meeting',
  payload: { ...fetch },
  // News does not wait for a look that is planned for later.
  key: `fetch_meeting:${fetch.workspace_id}:${fetch.zoom_meeting_id}${run_at ? ':later' : ''}`,
  ...(run_at ? { run_at } : {}),
})

/**
 * The job after an event that says too little: reads the meeting from Zoom (one call) and keeps it. What Zoom does not have
 * any more was deleted there, whether its event came or not; but one answer can be wrong, so it must say so twice, an hour apart.
 */
export async function fetchMeeting(payload: unknown, hub: Hub): Promise<void> {
  const fetch = payload as Fetch
  const { workspace_id, zoom_meeting_id } = fetch
  const before = await meetingByZoomId(hub.db, workspace_id, zoom_meeting_id)
  const host_id = before?.host_id || fetch.host_id
  const connection = await connectionOfApp(hub.db, fetch.zoom_app_id, host_id)
  // What another user's consent is not shown may be there all the same.
  if (!connection || (host_id && userIdFor(connection, host_id) === undefined)) return
  const asked_at = new Date(hub.runtime.now())
  const { kind, zoom } = await readMeeting(hub, connection.id, fetch)
  await hub.db.transaction().execute(async (trx) => {
    const now = await lockMeetingByZoomId(trx, workspace_id, zoom_meeting_id)
    // News came in while Zoom answered: which of the two is newer, only another look can tell.
    if (now?.changed_at.getTime() !== before?.changed_at.getTime()) return addJobs(trx, [fetchJob(fetch)])
    if (!zoom && !now) return
    if (!zoom && now && !isGoneForSure(now.missing_since, asked_at)) {
      await updateMeetingRow(trx, now.id, { missing_since: now.missing_since ?? asked_at })
      return addJobs(trx, [fetchJob(fetch, new Date(asked_at.getTime() + sure_ms))])
    }
    if (zoom && now?.missing_since) await updateMeetingRow(trx, now.id, { missing_since: null })
    const kept = await keepMeeting(hub, trx, {
      workspace_id,
      connection_id: connection.id,
      kind,
      zoom: zoom ?? { id: zoom_meeting_id },
      changed_at: asked_at,
      ...(zoom ? {} : { over: 'gone' }),
    })
    const { row, fields } = kept
    if (fields.length === 0) return
    await auditNews(trx, workspace_id, kept, !zoom)
    await emit(hub, trx, workspace_id, 'repair', [
      zoom
        ? { type: 'meeting.changed', meeting_id: row.id, payload: { fields } }
        : { type: 'meeting.deleted', meeting_id: row.id, payload: {} },
    ])
  })
}

const sure_ms = 60 * 60_000

const isGoneForSure = (missing_since: Date | null, now: Date): boolean =>
  missing_since !== null && now.getTime() - missing_since.getTime() >= sure_ms

/** Nothing under `zoom` when Zoom does not have it (any more). A meeting that became a webinar is read as one: it keeps its number. */
async function readMeeting(
  hub: Hub,
  connection_id: string,
  { kind, zoom_meeting_id }: Pick<Fetch, 'kind' | 'zoom_meeting_id'>,
): Promise<{ kind: MeetingKind; zoom?: ZoomMeeting }> {
  try {
    return { kind, zoom: await verbsOf(kind).get(await zoomClient(hub, connection_id), zoom_meeting_id) }
  } catch (error) {
    if (isGone(error)) return { kind }
    if (kind === 'meeting' && isWebinar(error))
      return readMeeting(hub, connection_id, { kind: 'webinar', zoom_meeting_id })
    throw error
  }
}
