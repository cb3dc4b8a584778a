import { z } from 'zod'
import type { ZoomQuery, ZoomClient } from './client.ts'
import { request } from './client.ts'
import { ZoomApiError } from './errors.ts'
import type { ZoomPath } from './path.ts'
import { matchEndpoint } from './schema/endpoints.ts'

export interface Page<Item> {
  items: Item[]
  /** '' at the end. It lives 15 minutes. */
  next_page_token: string
}

/**
 * All items of a list, page after page; the next page is asked for when the caller wants more.
 * @throws ZoomApiError when Zoom hands out a token for the second time: the list would have no end.
 */
export async function* pages<Item>(
  get: (next_page_token: string) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>([''])
  for (let token = ''; ;) {
    const page = await get(token)
    yield* page.items
    token = page.next_page_token
    if (token === '') return
    if (seen.has(token)) throw goingInCircles()
    seen.add(token)
  }
}

const goingInCircles = (): ZoomApiError =>
  new ZoomApiError({
    status: 200,
    code: 0,
    reason: 'the same next_page_token came twice',
    errors: [],
    tracking_id: undefined,
  })

/** The list at `path`, whose items stand under `key`, in the largest pages that Zoom gives; some lists have no pages. */
export function list<Item extends z.ZodType>(
  client: ZoomClient,
  { path, query }: { path: ZoomPath; query?: ZoomQuery },
  key: string,
  item: Item,
): AsyncGenerator<z.output<Item>, void, undefined> {
  const page_size = matchEndpoint('GET', path)?.endpoint.page_size_max ?? undefined
  const page = z
    .looseObject({ next_page_token: z.string().nullish() })
    .transform((reply) => ({ items: reply[key], next_page_token: reply.next_page_token ?? '' }))
    .pipe(z.object({ items: z.array(item), next_page_token: z.string() }))
  return pages((token) => {
    const next_page_token = token || undefined
    return request(client, { method: 'GET', path, query: { page_size, ...query, next_page_token } }, page)
  })
}
