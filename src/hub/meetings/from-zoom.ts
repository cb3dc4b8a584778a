import { isDeepStrictEqual } from 'node:util'
import type { MeetingKind } from '#store/db.ts'
import type { MeetingRow, OccurrenceRow } from '#store/meetings.ts'
import type { Occurrence } from '#zoom/schedule.ts'

/** A meeting as Zoom answers it, or as an event carries it: with the fields it has, or with those that changed. */
export interface ZoomMeetingFields {
  id: string
  uuid?: Text
  type?: number | null | undefined
  topic?: Text
  agenda?: Text
  host_id?: Text
  host_email?: Text
  start_time?: Text
  duration?: number | null | undefined
  timezone?: Text
  join_url?: Text
  password?: Text
  recurrence?: object | null | undefined
  settings?: Record<string, unknown> | null | undefined
  tracking_fields?: readonly { field: string; value?: Text }[] | null | undefined
  occurrences?: readonly Occurrence[] | null | undefined
}
type Text = string | null | undefined

/** The columns that Zoom decides; absent where Zoom did not say. */
export type ZoomColumns = Partial<
  Pick<
    MeetingRow,
    | 'uuid'
    | 'type'
    | 'topic'
    | 'agenda'
    | 'host_id'
    | 'host_email'
    | 'start_time'
    | 'duration'
    | 'timezone'
    | 'join_url'
    | 'password'
    | 'recurrence'
    | 'settings'
    | 'tracking_fields'
  >
>

/** What a meeting object says, column by column; a field that is not in it is left as it is. */
export function columnsOf(zoom: ZoomMeetingFields): ZoomColumns {
  const columns: ZoomColumns = {}
  if (zoom.uuid) columns.uuid = zoom.uuid
  if (typeof zoom.type === 'number') columns.type = zoom.type
  if (typeof zoom.topic === 'string') columns.topic = zoom.topic
  if (typeof zoom.agenda === 'string') columns.agenda = zoom.agenda
  if (zoom.host_id) columns.host_id = zoom.host_id
  if (zoom.host_email) columns.host_email = zoom.host_email
  if (zoom.start_time) columns.start_time = instant(zoom.start_time)
  if (typeof zoom.duration === 'number') columns.duration = zoom.duration
  if (zoom.timezone) columns.timezone = zoom.timezone
  if (zoom.join_url) columns.join_url = zoom.join_url
  if (typeof zoom.password === 'string') columns.password = zoom.password
  if (zoom.recurrence) columns.recurrence = zoom.recurrence
  if (zoom.settings) columns.settings = zoom.settings
  if (zoom.tracking_fields)
    columns.tracking_fields = zoom.tracking_fields.map(({ field, value }) => ({ field, value: value ?? '' }))
  return columns
}

/** The rows of the occurrences that a meeting object lists; undefined when it lists none. What it leaves out is as it was. */
export function occurrencesOf(
  meeting_id: string,
  zoom: ZoomMeetingFields,
  known: readonly OccurrenceRow[] = [],
): OccurrenceRow[] | undefined {
  if (!zoom.occurrences) return undefined
  return zoom.occurrences.flatMap((each) => {
    const before = known.find(({ occurrence_id }) => occurrence_id === each.occurrence_id)
    const start_time = instant(each.start_time) ?? before?.start_time
    if (!start_time) return []
    const status = each.status === 'deleted' ? ('deleted' as const) : ('available' as const)
    return [
      {
        meeting_id,
        occurrence_id: each.occurrence_id,
        start_time,
        duration: each.duration ?? zoom.duration ?? before?.duration ?? 0,
        status,
        own: before?.own ?? {},
      },
    ]
  })
}

/** When the last planned time of a meeting ends; null when it has none. */
export function endsAt(
  meeting: Pick<MeetingRow, 'start_time' | 'duration'>,
  occurrences: readonly Pick<OccurrenceRow, 'start_time' | 'duration' | 'status'>[],
): Date | null {
  const planned = occurrences.filter((each) => each.status === 'available')
  // When all of them are called off, the series is over with the last.
  const runs = planned.length > 0 ? planned : occurrences
  const times = runs.length > 0 ? runs : meeting.start_time ? [meeting] : []
  const ends = times.map((each) => (each.start_time?.getTime() ?? 0) + (each.duration ?? 0) * 60_000)
  return ends.length > 0 ? new Date(Math.max(...ends)) : null
}

/** The names of the columns whose value is another than in the row. */
export const changedFields = (row: MeetingRow, columns: ZoomColumns): string[] =>
  Object.entries(columns)
    .filter(([name, value]) => !isSame(value, row[name as keyof ZoomColumns]))
    .map(([name]) => name)

/**
 * What somebody has changed, part by part, as editors see a meeting: `topic`, `settings.waiting_room`. What is heard of for the first
 * time was changed by nobody: Zoom's answers do not all tell the same.
 */
export function changedParts(row: MeetingRow, columns: ZoomColumns): string[] {
  const settings = columns.settings ?? {}
  const inSettings = Object.keys(settings).filter(
    (key) => key in row.settings && !isSame(settings[key], row.settings[key]),
  )
  const isNews = (name: string): boolean =>
    row[name as keyof ZoomColumns] === null && columns[name as keyof ZoomColumns] === ''
  return [
    ...changedFields(row, columns).filter((name) => name !== 'settings' && !isNews(name)),
    ...inSettings.map((key) => `settings.${key}`),
  ]
}

/** One part of a meeting as it was and as it is; of what is a secret, and of a list of dates, only that it changed. */
export interface MeetingPartChange {
  part: string
  from?: unknown
  to?: unknown
}

const withoutValues = new Set(['password', 'join_url', 'recurrence', 'occurrences', 'settings.encryption_key'])

export const changesOf = (
  before: MeetingRow,
  after: Partial<MeetingRow>,
  parts: readonly string[],
): MeetingPartChange[] =>
  parts.map((part) =>
    withoutValues.has(part) ? { part } : { part, from: valueOf(before, part), to: valueOf(after, part) },
  )

const valueOf = (row: Partial<MeetingRow>, part: string): unknown =>
  part.startsWith('settings.')
    ? ((row.settings ?? {})[part.slice('settings.'.length)] ?? null)
    : ((row as Record<string, unknown>)[part] ?? null)

/** PostgreSQL orders the keys of jsonb in its own way. */
const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a ?? null, b ?? null)

/** Zoom's settings in an event are a few of all: they are laid over those that are known. */
export const mergedSettings = (row: MeetingRow | undefined, columns: ZoomColumns): ZoomColumns =>
  columns.settings && row ? { ...columns, settings: { ...row.settings, ...columns.settings } } : columns

/** Zoom's text for a time as a Date, null when it is none. */
export function instant(text: string | null | undefined): Date | null {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? null : new Date(ms)
}

export const kindOfEvent = (event: string): MeetingKind =>
  /^webinar\.(?!converted_to_meeting$)|\.converted_to_webinar$/.test(event) ? 'webinar' : 'meeting'
