import { NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import { meetingOfWorkspace, type MeetingRow } from '#store/meetings.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import * as rows from '#store/recordings.ts'
import { updateSession } from '#store/sessions.ts'
import type { EventPayload } from '#zoom/events.ts'
import type { RecordingFile } from '#zoom/recordings.ts'
import { everyItem } from './every-item.ts'
import { emit } from './hub-events.ts'
import type { Actor, Hub } from './hub.ts'
import type { ReactionContext } from './inbox/context.ts'
import type { Outcome } from './integration.ts'
import { instant } from './meetings/from-zoom.ts'
import { renewState } from './meetings/keep.ts'
import { place } from './places.ts'
import type { OfMeeting, Page, PageQuery, Recording, RecordingChange } from './resources.ts'
import { sessionOf } from './sessions/of-event.ts'

type Payload = EventPayload<'recording.completed'>

/** The files of a session are there. A transcript comes minutes later with an event of its own, and adds its files. */
export async function recordingReady(context: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> {
  const kept = await keepFiles(context, payload, 'ready')
  if (kept.recording_ids.length === 0) return { outcome: 'ignored', reason: 'no file in it is new' }
  await emit(context.hub, context.trx, context.row.workspace_id, 'webhook', [
    {
      type: 'recording.ready',
      meeting_id: kept.meeting_id,
      uuid: payload.object.uuid,
      payload: { recording_ids: kept.recording_ids },
    },
  ])
  return { outcome: 'handled' }
}

/** Moved to the trash, deleted for good, or taken back. */
export const recordingState =
  (state: Recording['state']) =>
  async (context: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> => {
    const { recording_ids } = await keepFiles(context, payload, state)
    return recording_ids.length > 0 ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'it names no file' }
  }

/** The same of many runs by one event, which names no more of them than the uuid, and the files where it was not all of them. */
export const recordingsState =
  (state: Recording['state']) =>
  async (
    { trx, row }: ReactionContext,
    { payload: { object } }: { payload: EventPayload<'recording.batch_trashed'> },
  ): Promise<Outcome> => {
    const runs = [
      ...(object.meeting_uuids ?? []).map((uuid) => ({ uuid, files: null })),
      ...(object.meetings ?? []).map((each) => ({ uuid: each.meeting_uuid, files: each.recording_file_ids ?? null })),
    ]
    const changed = await rows.changeStates(trx, {
      workspace_id: row.workspace_id,
      runs,
      state,
      changed_at: row.event_ts,
    })
    return changed > 0 ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'no file that is known is in it' }
  }

async function keepFiles(
  context: ReactionContext,
  { object }: Payload,
  state: Recording['state'],
): Promise<{ meeting_id: string; recording_ids: string[] }> {
  const { hub, trx, row } = context
  const { type, recording_files, ...rest } = object
  const { session, meeting, isNew } = await sessionOf(context, { ...rest, type: Number(type) || null })
  if (isNew) await endUnseen(context, meeting, object)
  const recording_ids: string[] = []
  for (const file of recording_files ?? []) {
    if (!file.id) continue // still being made: it comes again with its id
    const id = await rows.upsertRecording(trx, {
      ...fileColumns(file),
      id: newId('recording', hub.runtime.now()),
      workspace_id: row.workspace_id,
      meeting_id: session.meeting_id,
      uuid: session.uuid,
      zoom_file_id: file.id,
      share_url: object.share_url ?? null,
      passcode: object.password ?? null,
      state,
      changed_at: row.event_ts,
    })
    if (id) recording_ids.push(id)
  }
  return { meeting_id: session.meeting_id, recording_ids }
}

/** Files come after the end. Of a session that was never heard of before, their last second is the best guess at it. */
async function endUnseen(
  { hub, trx, row }: ReactionContext,
  meeting: MeetingRow,
  { uuid, recording_files }: Payload['object'],
): Promise<void> {
  const ends = (recording_files ?? []).flatMap((file) => instant(file.recording_end)?.getTime() ?? [])
  const ended_at = ends.length > 0 ? new Date(Math.max(...ends)) : row.event_ts
  await updateSession(trx, row.workspace_id, uuid, { ended_at })
  await renewState(hub, trx, meeting)
}

/** The columns that Zoom decides of one file. */
export const fileColumns = (file: RecordingFile) => ({
  recording_type: file.recording_type ?? null,
  file_type: file.file_type ?? null,
  file_extension: file.file_extension ?? null,
  file_size: file.file_size === null || file.file_size === undefined ? null : String(Math.round(file.file_size)),
  recording_start: instant(file.recording_start),
  recording_end: instant(file.recording_end),
  play_url: file.play_url ?? null,
  download_url: file.download_url ?? null,
})

/** The recordings of a workspace, of one meeting or of one session, newest first. */
export async function recordings(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, meeting_id, ...filter }: PageQuery & OfMeeting,
): Promise<Page<Recording>> {
  if (
    meeting_id !== undefined &&
    !(await meetingOfWorkspace(hub.db, workspace_id, meeting_id, new Date(hub.runtime.now())))
  )
    throw new NotFoundError(`There is no meeting ${meeting_id}`)
  const before = decodeCursor(cursor, 1)?.[0]
  const found = await rows.recordingsOfWorkspace(hub.db, workspace_id, { ...filter, meeting_id, limit, before })
  const page = pageOf(found, limit, (row) => [row.id])
  return { ...page, items: await resources(hub, page.items) }
}

/** What a place shows of a meeting's recordings: of those that are ready, all that nobody has hidden there. */
export async function recordingsShown(
  hub: Hub,
  actor: Actor,
  { meeting_id, place_id }: { meeting_id: string; place_id: string },
): Promise<Recording[]> {
  const items = await everyItem((page) => recordings(hub, actor, { ...page, meeting_id }))
  return items.filter(
    ({ state, visibility, hidden_in }) => state === 'ready' && visibility === 'shown' && !hidden_in.includes(place_id),
  )
}

/** Shows a recording in all places or in one, or hides it there. @throws NotFoundError for a recording or a place that is not there. */
export async function changeRecording(
  hub: Hub,
  actor: Actor,
  id: string,
  { visibility, place_id }: RecordingChange,
): Promise<Recording> {
  const { workspace_id, name } = actor
  const row = await rows.recordingOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no recording ${id}`)
  if (place_id !== undefined) await place(hub, actor, place_id)
  await hub.db.transaction().execute(async (trx) => {
    if (place_id === undefined) await rows.setVisibility(trx, id, visibility)
    else await rows.setHiddenIn(trx, id, place_id, visibility === 'hidden')
    await insertAudit(trx, {
      workspace_id,
      actor: name,
      action: `recording.${visibility}`,
      object_id: row.meeting_id,
      detail: { recording_id: id, ...(place_id === undefined ? {} : { place_id }) },
    })
  })
  const changed = { ...row, ...(place_id === undefined ? { visibility } : {}) }
  const [answer] = await resources(hub, [changed])
  if (!answer) throw new NotFoundError(`There is no recording ${id}`)
  return answer
}

async function resources(hub: Hub, found: readonly rows.RecordingRow[]): Promise<Recording[]> {
  const hidden = await rows.hiddenPlacesOf(
    hub.db,
    found.map(({ id }) => id),
  )
  return found.map((row) =>
    resource(
      row,
      hidden.flatMap((each) => (each.recording_id === row.id ? each.place_id : [])),
    ),
  )
}

const resource = (row: rows.RecordingRow, hidden_in: string[]): Recording => ({
  id: row.id,
  meeting_id: row.meeting_id,
  uuid: row.uuid,
  recording_type: row.recording_type,
  file_type: row.file_type,
  file_size: row.file_size === null ? null : Number(row.file_size),
  recording_start: row.recording_start?.toISOString() ?? null,
  recording_end: row.recording_end?.toISOString() ?? null,
  play_url: row.play_url,
  share_url: row.share_url,
  passcode: row.passcode,
  state: row.state,
  visibility: row.visibility,
  hidden_in,
})
