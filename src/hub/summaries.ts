import { NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Trx } from '#store/db.ts'
import { meetingOfWorkspace } from '#store/meetings.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { updateSession, type SessionRow } from '#store/sessions.ts'
import * as rows from '#store/summaries.ts'
import type { EventPayload } from '#zoom/events.ts'
import type { MeetingSummary } from '#zoom/summaries.ts'
import { emit, type Cause } from './hub-events.ts'
import type { Actor, Hub } from './hub.ts'
import type { ReactionContext } from './inbox/context.ts'
import type { Outcome } from './integration.ts'
import { instant } from './meetings/from-zoom.ts'
import { renewState } from './meetings/keep.ts'
import type { OfMeeting, Page, PageQuery, Summary } from './resources.ts'
import { sessionOf } from './sessions/of-event.ts'

type Payload = EventPayload<'meeting.summary_completed'>

/** AI Companion has written about a run, somebody has changed it, or it was taken back from the trash (then without the text). */
export async function summaryReady(context: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> {
  const { hub, trx, row } = context
  const { object } = payload
  const { session, meeting, isNew } = await sessionOf(context, {
    id: object.meeting_id,
    uuid: object.meeting_uuid,
    host_id: object.meeting_host_id,
    topic: object.meeting_topic,
    start_time: object.meeting_start_time,
  })
  if (isNew) {
    await updateSession(trx, row.workspace_id, session.uuid, {
      ended_at: instant(object.meeting_end_time) ?? row.event_ts,
    })
    await renewState(hub, trx, meeting)
  }
  const id = await keepSummary(hub, trx, session, object, { cause: 'webhook', changed_at: row.event_ts })
  return id ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'a newer one is known' }
}

/** Moved to the trash, or deleted for good: then its text is forgotten here, too. */
export const summaryState =
  (state: 'trashed' | 'deleted') =>
  async ({ trx, row }: ReactionContext, { payload: { object } }: { payload: Payload }): Promise<Outcome> => {
    const { workspace_id, event_ts: changed_at } = row
    const changed = await rows.changeSummaryState(trx, { workspace_id, uuid: object.meeting_uuid, state, changed_at })
    return changed ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'no summary of this run is known' }
  }

/** Keeps what Zoom tells of a run's summary, and says that it is there. Undefined when what is known is newer. */
export async function keepSummary(
  hub: Hub,
  trx: Trx,
  { workspace_id, meeting_id, uuid }: Pick<SessionRow, 'workspace_id' | 'meeting_id' | 'uuid'>,
  told: MeetingSummary,
  { cause, changed_at }: { cause: Cause; changed_at: Date },
): Promise<string | undefined> {
  const summary_id = await rows.upsertSummary(trx, {
    id: newId('summary', hub.runtime.now()),
    workspace_id,
    meeting_id,
    uuid,
    title: told.summary_title ?? '',
    content: contentOf(told),
    doc_url: told.summary_doc_url ?? null,
    state: 'ready',
    created_at: instant(told.summary_created_time) ?? changed_at,
    changed_at,
  })
  if (summary_id)
    await emit(hub, trx, workspace_id, cause, [{ type: 'summary.ready', meeting_id, uuid, payload: { summary_id } }])
  return summary_id
}

/** The text as Markdown: Zoom's own, else made of the parts in which it comes, of which a person's are taken before the machine's. */
export function contentOf(told: MeetingSummary): string | null {
  if (told.summary_content) return told.summary_content
  const edited = told.edited_summary
  const details = edited?.summary_details || told.summary_details || []
  const steps = edited?.next_steps ?? told.next_steps ?? []
  const parts = [
    edited?.summary_overview || told.summary_overview,
    ...(typeof details === 'string'
      ? [details]
      : details.map(({ label, summary }) => [label && `### ${label}`, summary].filter(Boolean).join('\n\n'))),
    steps.map((step) => `- ${step}`).join('\n'),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join('\n\n') : null
}

/** The summaries of a workspace, of one meeting or of one session, newest first. @throws NotFoundError for a meeting that is not there. */
export async function summaries(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, meeting_id, ...filter }: PageQuery & OfMeeting,
): Promise<Page<Summary>> {
  if (
    meeting_id !== undefined &&
    !(await meetingOfWorkspace(hub.db, workspace_id, meeting_id, new Date(hub.runtime.now())))
  )
    throw new NotFoundError(`There is no meeting ${meeting_id}`)
  const before = decodeCursor(cursor, 1)?.[0]
  const found = await rows.summariesOfWorkspace(hub.db, workspace_id, { ...filter, meeting_id, limit, before })
  const page = pageOf(found, limit, (row) => [row.id])
  return { ...page, items: page.items.map(resource) }
}

/** What lies in the trash is not shown, though it may come back. */
const resource = (row: rows.SummaryRow): Summary => ({
  id: row.id,
  meeting_id: row.meeting_id,
  uuid: row.uuid,
  title: row.state === 'ready' ? row.title : '',
  content: row.state === 'ready' ? row.content : null,
  doc_url: row.state === 'ready' ? row.doc_url : null,
  state: row.state,
  created_at: row.created_at.toISOString(),
  changed_at: row.changed_at.toISOString(),
})
