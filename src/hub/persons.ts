import { decodeCursor, pageOf } from '#store/page.ts'
import { linksOfPersons, personsOfWorkspace } from '#store/people.ts'
import type { Actor, Hub } from './hub.ts'
import type { Page, PageQuery, Person } from './resources.ts'

/** The people of the places, by id, with what ties each: where they are known, and by which address. */
export async function persons(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, q }: PageQuery & { q?: string | undefined },
): Promise<Page<Person>> {
  const before = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(await personsOfWorkspace(hub.db, workspace_id, { limit, before, q }), limit, (row) => [row.id])
  return { ...page, items: await withTies(hub, workspace_id, page.items) }
}

export const personsById = async (hub: Hub, workspace_id: string, ids: readonly string[]): Promise<Person[]> =>
  withTies(hub, workspace_id, await personsOfWorkspace(hub.db, workspace_id, { limit: ids.length, ids }))

async function withTies(
  hub: Hub,
  workspace_id: string,
  found: Awaited<ReturnType<typeof personsOfWorkspace>>,
): Promise<Person[]> {
  const links = await linksOfPersons(
    hub.db,
    workspace_id,
    found.map(({ id }) => id),
  )
  return found.map(({ id, name, created_at }) => ({
    id,
    name,
    created_at: created_at.toISOString(),
    links: links
      .filter(({ person_id }) => person_id === id)
      .map(({ source, source_id, name: called, email, email_verified }) => ({
        source,
        source_id,
        name: called,
        email,
        email_verified,
      })),
  }))
}
