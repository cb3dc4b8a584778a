import { z } from 'zod'
import { Refusal } from './refusal.ts'

/** This API's pages: always 25, with the addresses of those beside. */
export const pageSize = 25

/** Where a page begins: behind an id, or before one when going back. */
export interface Cursor {
  id: string
  back: boolean
}

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    next: z.string().nullable().describe('Address of the next page'),
    previous: z.string().nullable().describe('Address of the page before'),
    results: z.array(item),
  })

/** @throws Refusal for what is no cursor of ours. */
export function readCursor(text: unknown): Cursor | undefined {
  if (text === undefined) return undefined
  const plain = typeof text === 'string' ? Buffer.from(text, 'base64url').toString('utf8') : ''
  const [, direction, id] = /^([np]):([^\0]{1,200})$/.exec(plain) ?? []
  if (!id) throw new Refusal(404, { detail: 'Invalid cursor' })
  return { id, back: direction === 'p' }
}

/**
 * A page out of rows that were read from `cursor` on, in its direction, one more than a page has.
 * @param address of the list, with its filters
 */
export function cutPage<Row>(
  rows: Row[],
  cursor: Cursor | undefined,
  idOf: (row: Row) => string,
  address: URL,
): { rows: Row[]; next: string | null; previous: string | null } {
  const more = rows.length > pageSize
  const page = rows.slice(0, pageSize)
  if (cursor?.back) page.reverse()
  const at = (direction: 'n' | 'p', row: Row | undefined, exists: boolean): string | null => {
    if (!exists || row === undefined) return null
    const url = new URL(address)
    url.searchParams.set('cursor', Buffer.from(`${direction}:${idOf(row)}`).toString('base64url'))
    return url.href
  }
  return {
    rows: page,
    next: at('n', page.at(-1), cursor?.back ? true : more),
    previous: at('p', page[0], cursor?.back ? more : cursor !== undefined),
  }
}
