import { InputError } from '#core/errors.ts'
import type { MeetingKind } from '#store/db.ts'
import type { ScheduleBody } from '#zoom/schedule.ts'
import type { MeetingChange, NewMeeting } from '#hub/resources.ts'
import { addressesOf } from './options/values.ts'
import { verbsOf } from './verbs.ts'
import { withZoomTimes } from './zoom-time.ts'

/** What Zoom is sent to plan this. @throws InputError for a plan that lacks its time, or has one too many. */
export const bodyOfNew = ({
  kind,
  connection_id: _connection,
  host: _host,
  type: untimed,
  ...fields
}: NewMeeting): ScheduleBody => {
  const { types } = verbsOf(kind)
  if (untimed !== undefined) return { ...given(forZoom(fields)), type: untimedType(kind, untimed, fields) }
  if (fields.recurrence && !fields.start_time)
    throw new InputError('A series needs the time of its first run', [
      { field: 'start_time', message: 'is needed with recurrence' },
    ])
  const type = fields.recurrence ? types.series : fields.start_time ? types.once : types.instant
  if (type === undefined)
    throw new InputError('A webinar needs a time', [{ field: 'start_time', message: 'is needed for a webinar' }])
  return { ...given(forZoom(fields)), type } as ScheduleBody
}

/** What Zoom is sent to change this. What recurs from now on is of another type. */
export const bodyOfChange = (kind: MeetingKind, change: MeetingChange): ScheduleBody =>
  ({
    ...given(forZoom(change)),
    ...(change.recurrence ? { type: verbsOf(kind).types.series } : {}),
  }) as ScheduleBody

function untimedType(
  kind: NewMeeting['kind'],
  type: number,
  fields: Pick<NewMeeting, 'start_time' | 'recurrence'>,
): number {
  const { untimed } = verbsOf(kind).types
  if (type !== untimed)
    throw new InputError(`A ${kind} without a fixed time has the type ${untimed}`, [
      { field: 'type', message: `must be ${untimed} for a ${kind}` },
    ])
  if (fields.start_time ?? fields.recurrence)
    throw new InputError('What has no fixed time has neither a start nor a recurrence', [
      { field: 'type', message: 'goes with neither start_time nor recurrence' },
    ])
  return untimed
}

/** Times and lists of people as Zoom reads them. */
function forZoom<Fields extends Partial<NewMeeting> | MeetingChange>(fields: Fields): Fields {
  const timed = withZoomTimes(fields)
  const people = timed.settings?.['alternative_hosts']
  if (typeof people !== 'string') return timed
  return { ...timed, settings: { ...timed.settings, alternative_hosts: addressesOf(people).join(';') } }
}

/** An untouched option is not sent: Zoom's own defaults, and the host's, decide. */
const given = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
