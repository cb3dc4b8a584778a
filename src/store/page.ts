import { InputError } from '#core/errors.ts'

/** A page of rows and where the next one begins; `cursor` is opaque to callers. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

/**
 * Cuts a page out of rows that were read with one more than `limit`: the extra row proves that there is a next page.
 * `keyOf` names the sort key of a row, which the next query continues after.
 */
export function pageOf<T>(rows: T[], limit: number, keyOf: (row: T) => readonly (string | number | null)[]): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next_cursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null }
}

/** @throws InputError when the cursor was not made by this API or belongs to another list. */
export function decodeCursor(cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    // NUL is no text for PostgreSQL.
    if (Array.isArray(key) && key.length === parts && !String(key).includes('\0')) return key.map(String)
  } catch {
    // Not JSON: falls through to the one answer for every bad cursor.
  }
  throw badCursor()
}

/** The cursor of a list that is sorted by a time and an id. @throws InputError */
export function decodeTimeCursor(cursor: string | undefined): string[] | undefined {
  const key = decodeCursor(cursor, 2)
  if (key && !(isoTime.test(key[0] ?? '') && !Number.isNaN(Date.parse(key[0] ?? '')))) throw badCursor()
  return key
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

const badCursor = (): InputError =>
  new InputError('The cursor is not one that this list gave out', [
    { field: 'cursor', message: 'must be next_cursor of the page before' },
  ])

const encodeCursor = (key: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')
