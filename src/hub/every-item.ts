import { InputError } from '#core/errors.ts'
import type { Page, PageQuery } from './resources.ts'

/** A table of more is no longer something that one opens. */
const most = 100_000

/**
 * All items of a paged list, for a table: every page is read, one after the other.
 * @throws InputError when there are more than 100,000.
 */
export async function everyItem<Item>(read: (page: PageQuery) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page: Page<Item> = await read({ limit: 200, cursor })
    items.push(...page.items)
    if (items.length > most)
      throw new InputError(
        `A table has ${most.toLocaleString('en')} rows at the most: choose fewer, by state or search`,
      )
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
  return items
}
