import { z } from 'zod'
import { csv } from '#core/csv.ts'
import type { Role } from '#store/db.ts'
import { apiRoute, ok } from './api-route.ts'
import { csvFile, csvReply } from './csv-file.ts'
import { everyItem } from './every-item.ts'
import type { Hub } from './hub.ts'
import type { Identity, Route } from './integration.ts'
import { pageOf, pageQuery, type Page, type PageQuery } from './resources.ts'

/** What is searched for: describe where. */
export const words = z.string().trim().max(200).optional()

interface List<Filter extends z.ZodRawShape, Item> {
  path: string
  auth: Role
  tags: string[]
  summary: string
  /** What narrows the list, besides the page. */
  filter: z.ZodObject<Filter>
  item: z.ZodType<Item>
  /** The columns of the table, in their order. */
  columns: Record<string, (item: Item) => string | number | null>
  read(hub: Hub, identity: Identity, query: PageQuery & z.output<z.ZodObject<Filter>>): Promise<Page<Item>>
}

/** A list of the API: by pages, and as one table (RFC 4180) at `….csv`. Both are narrowed by the same words. */
export function listing<Filter extends z.ZodRawShape, Item>(list: List<Filter, Item>): [Route, Route] {
  type Query = z.output<z.ZodObject<Filter>>
  const { path, auth, tags, summary, columns } = list
  const named = `${path.split('/').at(-1)}.csv`
  return [
    apiRoute({
      method: 'GET',
      path,
      auth,
      schema: {
        summary,
        tags,
        query: pageQuery.extend(list.filter.shape).strict(),
        response: { 200: pageOf(list.item) },
      },
      handle: async ({ identity, query }, hub) => ok(await list.read(hub, identity, query as PageQuery & Query)),
    }),
    apiRoute({
      method: 'GET',
      path: `${path}.csv`,
      auth,
      schema: {
        summary: `${summary}: all that fit, as a table`,
        tags,
        query: list.filter.strict(),
        response: { 200: csvFile },
      },
      handle: async ({ identity, query }, hub) => {
        const items = await everyItem((page) => list.read(hub, identity, { ...page, ...(query as Query) }))
        const cells = Object.values(columns)
        return csvReply(
          named,
          csv(
            Object.keys(columns),
            items.map((item) => cells.map((cell) => cell(item))),
          ),
        )
      },
    }),
  ]
}
