import { connectionOfApp } from '#store/connections.ts'
import type { GapRow } from '#store/gaps.ts'
import { lockSession } from '#store/sessions.ts'
import { runsWithSummary } from '#store/summaries.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import { getMeetingSummary, listMeetingSummaries, type MeetingSummary } from '#zoom/summaries.ts'
import type { Hub } from '#hub/hub.ts'
import { keepSummary } from '#hub/summaries.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import type { Span } from './past-sessions.ts'

const accountSummaries = endpointOf('GET /meetings/meeting_summaries')

/**
 * Keeps what AI Companion wrote in a span, where the app is wanted for that: one list for the account, and one call for each text that
 * nobody had heard of. Runs that are not stored are passed over.
 */
export async function repairSummaries(hub: Hub, { workspace_id, zoom_app_id }: GapRow, span: Span): Promise<void> {
  const app = await zoomAppById(hub.db, zoom_app_id)
  if (!app?.purposes.includes('summaries') || app.kind === 'user_managed') return
  const connection = await connectionOfApp(hub.db, zoom_app_id)
  if (connection?.state !== 'connected') return
  if (connection.scope && !isGranted(accountSummaries, connection.scope)) return
  const client = await zoomClient(hub, connection.id)
  const listed = await Array.fromAsync(
    listMeetingSummaries(client, { from: wholeSecond(span.since), to: wholeSecond(span.until) }),
  )
  const known = await runsWithSummary(
    hub.db,
    workspace_id,
    listed.map(({ meeting_uuid }) => meeting_uuid),
  )
  for (const { meeting_uuid } of listed.filter((each) => !known.has(each.meeting_uuid)))
    await keepListed(hub, workspace_id, await getMeetingSummary(client, meeting_uuid))
}

const keepListed = (hub: Hub, workspace_id: string, told: MeetingSummary): Promise<void> =>
  hub.db.transaction().execute(async (trx) => {
    const session = await lockSession(trx, workspace_id, told.meeting_uuid)
    if (!session) return
    await keepSummary(hub, trx, session, told, { cause: 'repair', changed_at: new Date(hub.runtime.now()) })
  })

/** As Zoom wants it here: without milliseconds. */
const wholeSecond = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')
