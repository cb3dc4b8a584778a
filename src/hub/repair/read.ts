import { gapsOfWorkspace, type GapRow } from '#store/gaps.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Gap, Page, PageQuery } from '#hub/resources.ts'

/** Times whose events may have been lost, the newest first. */
export async function gaps(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, q }: PageQuery & { q?: string | undefined },
): Promise<Page<Gap>> {
  const before = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(await gapsOfWorkspace(hub.db, workspace_id, { limit, before, q }), limit, (row) => [row.id])
  return { ...page, items: page.items.map(resource) }
}

const resource = (row: GapRow): Gap => ({
  id: row.id,
  zoom_app_id: row.zoom_app_id,
  since: row.since.toISOString(),
  until: row.until.toISOString(),
  cause: row.cause,
  state: row.state,
  hosts: row.hosts,
  sessions: row.sessions,
  recordings: row.recordings,
  unknown: row.unknown,
  repaired_at: row.repaired_at?.toISOString() ?? null,
})
