import { isDeepStrictEqual } from 'node:util'
import { ConflictError, EditConflictError, type Disagreement } from '#core/errors.ts'
import { occurrencesOfMeeting, type MeetingRow } from '#store/meetings.ts'
import type { MeetingChange, OccurrenceChange } from '#hub/resources.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { isGone, translated } from '#hub/zoom-refusal.ts'
import { auditNews } from './changeable.ts'
import { instant } from './from-zoom.ts'
import { keepMeeting } from './keep.ts'
import { partsOf, valueAt, wordsOf, type Asked } from './options/rules.ts'
import { verbsOf } from './verbs.ts'

/**
 * Asks Zoom what it has, keeps that, and refuses a change of parts that somebody else has changed since `revision`. Who changed it to
 * the same value agrees.
 * @throws EditConflictError with both values of each.
 */
export async function refuseConflict(
  hub: Hub,
  actor: Actor,
  of: { row: MeetingRow; connection_id: string },
  change: MeetingChange,
  revision: number,
): Promise<void> {
  const now = await asZoomHasIt(hub, actor, of)
  refuse(now, conflictsOf(now, change, revision))
}

/** The same for one occurrence. @throws EditConflictError */
export async function refuseOccurrenceConflict(
  hub: Hub,
  actor: Actor,
  of: { row: MeetingRow; connection_id: string },
  { occurrence_id, change, revision }: { occurrence_id: string; change: OccurrenceChange; revision: number },
): Promise<void> {
  const now = await asZoomHasIt(hub, actor, of)
  if ((now.field_revisions['occurrences'] ?? 0) <= revision) return
  const known = (await occurrencesOfMeeting(hub.db, now.id)).find((each) => each.occurrence_id === occurrence_id)
  const theirs = known && { start_time: known.start_time.toISOString(), duration: known.duration, status: known.status }
  refuse(now, [{ field: 'occurrences', theirs: theirs ?? null, yours: change }])
}

function refuse({ revision }: MeetingRow, conflicts: Disagreement[]): void {
  if (conflicts.length === 0) return
  const what = conflicts.map(({ field }) => `“${wordsOf(field)}”`).join(', ')
  throw new EditConflictError(
    `Somebody else has changed ${what} meanwhile. Nothing was overwritten: take theirs, or send yours again with revision ${revision}`,
    conflicts,
    revision,
  )
}

/** The parts of a change that were changed otherwise since the revision that it rests on. */
export function conflictsOf(
  now: Pick<MeetingRow, 'field_revisions'> & Record<string, unknown>,
  change: Asked,
  revision: number,
): Disagreement[] {
  return partsOf(change).flatMap((field) => {
    const changed = now.field_revisions[columnOf(field)] ?? 0
    const [theirs, yours] = [told(valueAt(now as Asked, columnOf(field))), valueAt(change, field)]
    return changed > revision && !agree(field, theirs, yours, now) ? [{ field, theirs, yours }] : []
  })
}

/** Handing over changes the host. */
const columnOf = (field: string): string => (field === 'schedule_for' ? 'host_email' : field)

const told = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null))

function agree(field: string, theirs: unknown, yours: unknown, now: Record<string, unknown>): boolean {
  if (field === 'schedule_for') return [now['host_id'], now['host_email']].includes(yours)
  if (field === 'start_time' && typeof yours === 'string' && /(?:Z|[+-]\d\d:\d\d)$/.test(yours))
    return instant(yours)?.toISOString() === theirs
  return isDeepStrictEqual(theirs, yours)
}

async function asZoomHasIt(
  hub: Hub,
  actor: Actor,
  { row, connection_id }: { row: MeetingRow; connection_id: string },
): Promise<MeetingRow> {
  const asked_at = new Date(hub.runtime.now())
  const zoom = await readAtZoom(hub, row, connection_id)
  return hub.db.transaction().execute(async (trx) => {
    const kept = await keepMeeting(hub, trx, {
      workspace_id: actor.workspace_id,
      connection_id,
      kind: row.kind,
      zoom,
      changed_at: asked_at,
    })
    await auditNews(trx, actor.workspace_id, kept)
    if (kept.fields.length > 0)
      await emit(hub, trx, actor.workspace_id, 'repair', [
        { type: 'meeting.changed', meeting_id: row.id, payload: { fields: kept.fields } },
      ])
    return kept.row
  })
}

async function readAtZoom(hub: Hub, row: MeetingRow, connection_id: string) {
  try {
    return await verbsOf(row.kind).get(await zoomClient(hub, connection_id), row.zoom_meeting_id)
  } catch (error) {
    if (isGone(error))
      throw new ConflictError(`Zoom does not know meeting ${row.zoom_meeting_id} any more: it was deleted there`)
    throw translated(error, hub.runtime.now())
  }
}
