import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import { words } from '#hub/listing.ts'
import type { ListRow, PageRow } from './tables.ts'
import { addressesOf } from './addresses.ts'
import { slug } from './slug.ts'

const visibility = z
  .enum(['public', 'unlisted', 'unpublished'])
  .describe('public: in its list and for search engines; unlisted: for who has the link; unpublished: for nobody')

/** What "Put it in… a site" takes. */
export const target = z
  .object({
    slug: slug.optional().describe('Made of the topic when absent'),
    list: slug.optional().describe('A list of the same place that it shall stand in; made when it is not there'),
    visibility: visibility.default('public'),
  })
  .strict()

export const newPage = target.extend({
  meeting_id: z.string(),
  place_id: z.string().optional().describe('Not needed while the workspace has one web site or none'),
})
export type NewPage = z.infer<typeof newPage>

export const pageChange = z
  .object({ list: slug.nullable(), visibility })
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type PageChange = z.infer<typeof pageChange>

export const newList = z
  .object({ slug, title: z.string().trim().min(1).max(200), place_id: z.string().optional() })
  .strict()
export type NewList = z.infer<typeof newList>

export const listFilter = z.object({
  q: words.describe('Words in its title or address'),
  place_id: z.string().max(100).optional().describe('Those of one web site'),
})
export type ListFilter = z.infer<typeof listFilter>

export const newPlace = z.object({ name: z.string().trim().min(1).max(100) }).strict()

export const page = z.object({
  id: z.string().describe('The placement’s'),
  place_id: z.string(),
  meeting_id: z.string(),
  slug: z.string(),
  list: z.string().nullable(),
  visibility,
  url: z.string().describe('What to paste into a web site or a mail'),
  card_url: z.string().describe('For an iframe'),
  calendar_url: z.string().describe('A calendar to subscribe to'),
  created_at: z.iso.datetime(),
})
export type Page = z.infer<typeof page>

export const list = z.object({
  slug: z.string(),
  place_id: z.string(),
  title: z.string(),
  url: z.string().describe('What to paste into a web site or a mail'),
  calendar_url: z.string().describe('A calendar to subscribe to'),
  created_at: z.iso.datetime(),
})
export type List = z.infer<typeof list>

export const pageResource = (hub: Hub, row: PageRow): Page => {
  const at = addressesOf(hub, row.slug)
  return {
    id: row.placement_id,
    place_id: row.place_id,
    meeting_id: row.meeting_id,
    slug: row.slug,
    list: row.list,
    visibility: row.visibility,
    url: at.page,
    card_url: at.card,
    calendar_url: at.calendar,
    created_at: row.created_at.toISOString(),
  }
}

export const listResource = (hub: Hub, row: ListRow): List => ({
  slug: row.slug,
  place_id: row.place_id,
  title: row.title,
  url: `${hub.publicUrl}/g/${row.slug}`,
  calendar_url: `${hub.publicUrl}/g/${row.slug}/calendar.ics`,
  created_at: row.created_at.toISOString(),
})
