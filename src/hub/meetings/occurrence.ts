import { ConflictError, InputError } from '#core/errors.ts'
import { occurrencesOfMeeting } from '#store/meetings.ts'
import type { ScheduleBody } from '#zoom/schedule.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Meeting, OccurrenceChange } from '#hub/resources.ts'
import { changeable } from './changeable.ts'
import { refuseOccurrenceConflict } from './conflict.ts'
import { checkOptions } from './options/check.ts'
import { partsOf, wordsOf, type Asked } from './options/rules.ts'
import { optionAt } from './options/table.ts'
import { meeting } from './read.ts'
import { changeAtZoom } from './schedule.ts'
import { withZoomTimes } from './zoom-time.ts'

/**
 * Changes one occurrence of a series, at Zoom first; the others stay as they are.
 * @throws InputError when there is no such occurrence, EditConflictError when it was changed since `revision`.
 */
export async function changeOccurrence(
  hub: Hub,
  actor: Actor,
  id: string,
  occurrence_id: string,
  change: OccurrenceChange,
  revision?: number,
): Promise<Meeting> {
  const { row, connection_id } = await changeable(hub, actor, id)
  const occurrence = (await occurrencesOfMeeting(hub.db, id)).find((each) => each.occurrence_id === occurrence_id)
  if (!occurrence)
    throw new InputError('There is no such occurrence', [
      { field: 'occurrence_id', message: 'must be one of the meeting’s occurrences' },
    ])
  if (occurrence.status === 'deleted') throw new ConflictError('This occurrence was called off and cannot be changed')
  const ofSeries = partsOf(change as Asked).filter((part) => !optionAt(part)?.occurrence)
  if (ofSeries.length > 0)
    throw new InputError(
      `One occurrence has no “${wordsOf(ofSeries[0] ?? '')}” of its own: change it for the whole series`,
      ofSeries.map((field) => ({ field, message: 'cannot differ for one occurrence: change it for the whole series' })),
    )
  await checkOptions(hub, actor, { kind: row.kind, host: row.host_id, isNew: false }, change)
  if (revision !== undefined)
    await refuseOccurrenceConflict(hub, actor, { row, connection_id }, { occurrence_id, change, revision })
  // A local time is meant in the zone of the series, unless another is named.
  const timezone = change.start_time && row.timezone ? { timezone: row.timezone } : {}
  const body = withZoomTimes({ ...timezone, ...change }) as ScheduleBody
  await changeAtZoom(hub, actor, { row, connection_id }, body, { occurrence_id })
  return meeting(hub, actor, id)
}
