import { isDeepStrictEqual } from 'node:util'
import { newId } from '#core/ids.ts'
import type { MeetingKind, MeetingState, Trx } from '#store/db.ts'
import * as rows from '#store/meetings.ts'
import { countOpenSessions, sessionsOfMeetingRow } from '#store/sessions.ts'
import { zoomUserById } from '#store/zoom-users.ts'
import type { Hub } from '#hub/hub.ts'
import { meetingState } from '#hub/meeting-state.ts'
import {
  changedFields,
  changedParts,
  changesOf,
  columnsOf,
  endsAt,
  mergedSettings,
  occurrencesOf,
  type MeetingPartChange,
  type ZoomMeetingFields,
} from './from-zoom.ts'

export interface Keep {
  workspace_id: string
  connection_id: string | null
  kind: MeetingKind
  zoom: ZoomMeetingFields
  /** Of a series only the occurrences that changed are listed; the others stay. */
  some_occurrences?: boolean
  /** What one occurrence was given of its own, which Zoom's answer does not tell. */
  own?: { occurrence_id: string } & rows.OccurrenceRow['own']
  /** Zoom's time of what is kept: an older event will change nothing of it. */
  changed_at: Date
  /** Set when this says that the meeting is over, or (null) that it is not over any more. */
  over?: 'cancelled' | 'gone' | null
}

export interface Kept {
  row: rows.MeetingRow
  /** What is new: column names, `occurrences`, `state`. Empty when nothing is. */
  fields: string[]
  /** What somebody has changed, with the values before and after, for the history. */
  changes: MeetingPartChange[]
}

/**
 * Keeps what Zoom said of a meeting: in a new row, or over the one that is there. All ways in (an answer of Zoom's API, an
 * event, a repair) end here.
 */
export async function keepMeeting(hub: Hub, trx: Trx, keep: Keep): Promise<Kept> {
  const before = await rows.lockMeetingByZoomId(trx, keep.workspace_id, keep.zoom.id)
  const columns = mergedSettings(before, columnsOf(keep.zoom))
  if (!before) {
    const row = await insert(hub, trx, keep)
    // Another transaction kept it a moment ago: then this one says what it has to say over that row.
    return row ? { row, fields: ['created'], changes: [] } : keepMeeting(hub, trx, keep)
  }
  const fields = changedFields(before, columns)
  const parts = changedParts(before, columns)
  // What tells of an older time, as a session that was found late, may speak of what the meeting was then.
  const kind = keep.changed_at >= before.changed_at ? keep.kind : before.kind
  if (kind !== before.kind) {
    fields.push('kind')
    parts.push('kind')
  }
  if (await keepOccurrences(trx, before.id, keep, hub.runtime.now())) {
    fields.push('occurrences')
    parts.push('occurrences')
  }
  const after = { ...before, ...columns }
  const ends_at = endsAt(after, await rows.occurrencesOfMeeting(trx, before.id))
  const state = await stateOf(trx, { ...after, ends_at }, keep.over, hub.runtime.now())
  if (state !== before.state) fields.push('state')
  const change = {
    ...columns,
    kind,
    ends_at,
    state,
    changed_at: laterOf(before.changed_at, keep.changed_at),
    connection_id: before.connection_id ?? keep.connection_id,
    ...(fields.length > 0 ? revised(before, parts) : {}),
  }
  await rows.updateMeetingRow(trx, before.id, change)
  return { row: { ...before, ...change }, fields, changes: changesOf(before, change, parts) }
}

/** The next revision, and which parts it changed. */
export function revised(
  { revision, field_revisions }: Pick<rows.MeetingRow, 'revision' | 'field_revisions'>,
  parts: readonly string[],
): Pick<rows.MeetingRow, 'revision' | 'field_revisions'> {
  const next = revision + 1
  return {
    revision: next,
    field_revisions: { ...field_revisions, ...Object.fromEntries(parts.map((part) => [part, next])) },
  }
}

async function insert(hub: Hub, trx: Trx, keep: Keep): Promise<rows.MeetingRow | undefined> {
  const columns = columnsOf(keep.zoom)
  const id = newId('meeting', hub.runtime.now())
  const occurrences = occurrencesOf(id, keep.zoom) ?? []
  const host = columns.host_id ? await zoomUserById(trx, keep.workspace_id, columns.host_id) : undefined
  const start_time = columns.start_time ?? occurrences[0]?.start_time ?? null
  const isNew = await rows.insertMeeting(trx, {
    uuid: null,
    agenda: null,
    duration: null,
    timezone: null,
    join_url: null,
    password: null,
    recurrence: null,
    settings: {},
    topic: '',
    type: keep.kind === 'webinar' ? 5 : 2,
    host_id: '',
    host_email: host?.email ?? null,
    ...columns,
    id,
    workspace_id: keep.workspace_id,
    connection_id: keep.connection_id,
    zoom_meeting_id: keep.zoom.id,
    kind: keep.kind,
    state: keep.over ?? 'scheduled',
    start_time,
    ends_at: endsAt({ start_time, duration: columns.duration ?? null }, occurrences),
    changed_at: keep.changed_at,
    // In ms, as cursors have it; PostgreSQL's own now() has µs.
    created_at: new Date(hub.runtime.now()),
  })
  if (!isNew) return undefined
  await rows.replaceOccurrences(trx, id, occurrences)
  return rows.lockMeetingByZoomId(trx, keep.workspace_id, keep.zoom.id)
}

const withOwn = (
  occurrence: rows.OccurrenceRow,
  { agenda = occurrence.own.agenda, settings }: rows.OccurrenceRow['own'],
): rows.OccurrenceRow => ({
  ...occurrence,
  own: {
    ...(agenda === undefined ? {} : { agenda }),
    ...(settings || occurrence.own.settings ? { settings: { ...occurrence.own.settings, ...settings } } : {}),
  },
})

/** Zoom lists the occurrences to come: those that have begun stay, and so do all when only some are listed. */
async function keepOccurrences(
  trx: Trx,
  meeting_id: string,
  { zoom, some_occurrences, own }: Keep,
  now: number,
): Promise<boolean> {
  const known = await rows.occurrencesOfMeeting(trx, meeting_id)
  const named = occurrencesOf(meeting_id, zoom, known)
  if (!named) return false
  const ids = new Set(named.map((each) => each.occurrence_id))
  const stay = known.filter(
    (each) => !ids.has(each.occurrence_id) && (some_occurrences || each.start_time.getTime() < now),
  )
  const listed = [...stay, ...named].map((each) =>
    each.occurrence_id === own?.occurrence_id ? withOwn(each, own) : each,
  )
  const byId = (list: readonly rows.OccurrenceRow[]) =>
    list.toSorted((one, other) => (one.occurrence_id < other.occurrence_id ? -1 : 1))
  if (isDeepStrictEqual(byId(known), byId(listed))) return false
  await rows.replaceOccurrences(trx, meeting_id, listed)
  return true
}

/** The state that follows from the row, its sessions and what was just said of it. */
async function stateOf(
  trx: Trx,
  row: Pick<rows.MeetingRow, 'id' | 'state' | 'type' | 'ends_at'>,
  said: Keep['over'],
  now: number,
): Promise<MeetingState> {
  const was = row.state === 'cancelled' || row.state === 'gone' ? row.state : undefined
  // Called off here and then deleted at Zoom is one act: it stays "cancelled".
  const over = said === null ? undefined : said === 'gone' && was === 'cancelled' ? 'cancelled' : (said ?? was)
  const held = (await sessionsOfMeetingRow(trx, row.id, { limit: 1, after: undefined })).length > 0
  return meetingState(
    { over, openSessions: await countOpenSessions(trx, row.id), held, ends_at: row.ends_at, type: row.type },
    now,
  )
}

/** After a session began or ended: the meeting's state again. */
export async function renewState(hub: Hub, trx: Trx, meeting: rows.MeetingRow): Promise<void> {
  const state = await stateOf(trx, meeting, undefined, hub.runtime.now())
  if (state !== meeting.state) await rows.updateMeetingRow(trx, meeting.id, { state })
}

const laterOf = (a: Date, b: Date): Date => (a > b ? a : b)
