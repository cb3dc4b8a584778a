import { idPrefixes } from '#core/ids.ts'
import type { AttendanceRow } from '#store/attendance.ts'
import type { Attendee, Presence } from '#hub/resources.ts'
import type { PersonOf } from './persons.ts'

/**
 * The people of a session from its presences. Presences belong to one person when they share what Zoom knows a person by: the
 * Zoom user, the registrant, the customer key of a browser join, or the e-mail address. A name alone ties only presences
 * of which nothing else is known. Who is there twice at once is counted once. Presences of one known person are one, too,
 * whatever Zoom knows of them.
 */
export function attendeesOf(
  rows: readonly AttendanceRow[],
  ended_at: Date | null,
  now: number,
  personOf: PersonOf = () => undefined,
): Attendee[] {
  return groupsOf(rows, personOf)
    .map((group) => ({
      key: keyOfGroup(group),
      person_id: personOfGroup(group, personOf),
      ...attendee(group, ended_at, now),
      ...(group.some((row) => personOf.isAssigned?.(row)) ? { known_by: 'assigned' as const } : {}),
    }))
    .sort((a, b) => (a.joined_at ?? '').localeCompare(b.joined_at ?? '') || a.name.localeCompare(b.name))
}

const personOfGroup = (group: readonly AttendanceRow[], personOf: PersonOf): string | null =>
  group.map(personOf).find((person) => person !== undefined) ?? null

/** The strongest thing that the group is known by, in which it is the same again when Zoom's report has replaced its rows. */
function keyOfGroup(group: readonly AttendanceRow[]): string {
  const keys = group.flatMap(ownKeys)
  const rankOf = (key: string): number => [...kinds, 'name'].indexOf(key.split(':', 1)[0] ?? '')
  return keys.toSorted((a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b))[0] ?? ''
}

/** What a presence is known by, the strongest first. */
const ties = {
  zoom_user: (row) => row.participant_user_id,
  registrant: (row) => row.registrant_id,
  customer_key: (row) => row.customer_key,
  email: (row) => (isTyped(row) ? '' : row.email.toLowerCase()),
} satisfies Partial<Record<Attendee['known_by'], (row: AttendanceRow) => string>>

/** A bot of ours says so by its key, whose kind its prefix tells. */
const isBot = (row: AttendanceRow): boolean => row.customer_key.startsWith(`${idPrefixes.bot}_`)

/** In a browser join the guest says what the e-mail is. */
const isTyped = (row: AttendanceRow): boolean => row.customer_key !== '' && row.participant_user_id === ''

const kinds = Object.keys(ties) as (keyof typeof ties)[]

/** Rows that share any tie, also by way of a third row, are one group. */
function groupsOf(rows: readonly AttendanceRow[], personOf: PersonOf): AttendanceRow[][] {
  const keysOfRow = (row: AttendanceRow): string[] => keysOf(row, personOf(row))
  const groupOfKey = new Map<string, AttendanceRow[]>()
  for (const row of rows) {
    const tied = new Set(keysOfRow(row).flatMap((key) => groupOfKey.get(key) ?? []))
    const group = [...tied, row]
    for (const key of group.flatMap(keysOfRow)) groupOfKey.set(key, group)
  }
  return [...new Set(groupOfKey.values())]
}

/** What a presence is known by on its own: `zoom_user:…`, `email:…`, or else `name:…`. */
export function ownKeys(row: AttendanceRow): string[] {
  const known = tiesOf(row)
  return known.length > 0 ? known : [nameKey(row)]
}

const tiesOf = (row: AttendanceRow): string[] =>
  kinds.flatMap((kind) => (ties[kind](row) ? [`${kind}:${ties[kind](row)}`] : []))
/** What ties presences of which a name alone is known. */
export const nameKey = (row: Pick<AttendanceRow, 'name' | 'user_id'>): string =>
  `name:${row.name.trim().toLowerCase() || row.user_id}`

function keysOf(row: AttendanceRow, person: string | undefined): string[] {
  const known = tiesOf(row)
  const keys = person ? [...known, `person:${person}`] : known
  return keys.length > 0 ? keys : [nameKey(row)]
}

function attendee(
  group: readonly AttendanceRow[],
  ended_at: Date | null,
  now: number,
): Omit<Attendee, 'person_id' | 'key'> {
  const presences = group
    .map((row) => presence(row, ended_at, now))
    .sort((a, b) => (a.join_time ?? '').localeCompare(b.join_time ?? ''))
  const names = [...new Set(presences.map((each) => each.name).filter(Boolean))]
  const still = group.some((row) => !row.leave_time) && !ended_at
  return {
    name: names[0] ?? '',
    other_names: names.slice(1),
    email: first(group, 'email'),
    is_bot: group.every(isBot),
    zoom_user_id: first(group, 'participant_user_id'),
    known_by: kinds.find((kind) => group.some((row) => ties[kind](row))) ?? 'name',
    joined_at: presences[0]?.join_time ?? null,
    left_at: still
      ? null
      : presences
          .map((each) => each.leave_time ?? '')
          .sort()
          .at(-1) || null,
    duration: seconds(group, ended_at, now),
    joins: presences.length,
    presences,
  }
}

const first = (group: readonly AttendanceRow[], column: 'email' | 'participant_user_id'): string =>
  group.find((row) => row[column])?.[column] ?? ''

function presence(row: AttendanceRow, ended_at: Date | null, now: number): Presence {
  return {
    id: row.id,
    user_id: row.user_id,
    name: row.name,
    email: row.email,
    registrant_id: row.registrant_id,
    customer_key: row.customer_key,
    join_time: row.join_time?.toISOString() ?? null,
    leave_time: (row.leave_time ?? ended_at)?.toISOString() ?? null,
    leave_reason: row.leave_reason,
    duration: seconds([row], ended_at, now),
    source: row.source,
  }
}

/** Seconds in which at least one of the presences lasted. Who was not seen leaving left with the end of the session. */
function seconds(group: readonly AttendanceRow[], ended_at: Date | null, now: number): number {
  const spans = group
    .flatMap((row) => {
      const to = (row.leave_time ?? ended_at)?.getTime() ?? now
      return row.join_time && to > row.join_time.getTime() ? [[row.join_time.getTime(), to] as const] : []
    })
    .sort(([a], [b]) => a - b)
  let [total, counted] = [0, 0]
  for (const [from, to] of spans) {
    total += Math.max(0, to - Math.max(from, counted))
    counted = Math.max(counted, to)
  }
  return Math.round(total / 1000)
}
