import type { Selectable } from 'kysely'
import type { Db, Trx } from '#store/db.ts'

/** What this integration keeps: migrations/0001-site.sql. A type, for Kysely wants its names to be countable. */
export type SiteTables = {
  site_list: { slug: string; workspace_id: string; place_id: string; title: string; created_at: Date }
  site_page: {
    placement_id: string
    workspace_id: string
    place_id: string
    meeting_id: string
    slug: string
    list: string | null
    visibility: Visibility
    created_at: Date
  }
}

/** `public`: also in lists and for search engines. `unlisted`: for whoever has the link. `unpublished`: as if it were not there. */
export type Visibility = 'public' | 'unlisted' | 'unpublished'

export type PageRow = Selectable<SiteTables['site_page']>
export type ListRow = Selectable<SiteTables['site_list']>

export const tablesOf = (db: Db | Trx) => db.withTables<SiteTables>()
