import { randomBytes } from 'node:crypto'
import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { revokeTickets } from '#hub/door/ticket.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { meeting } from '#hub/meetings/read.ts'
import { createPlace, place, places } from '#hub/places.ts'
import { placeMeeting, removePlacement } from '#hub/placements.ts'
import type { Place } from '#hub/resources.ts'
import type { Trx } from '#store/db.ts'
import { addressesOf } from './addresses.ts'
import {
  listResource,
  pageResource,
  type List,
  type ListFilter,
  type NewList,
  type NewPage,
  type Page,
  type PageChange,
} from './resources.ts'
import * as rows from './rows.ts'
import { slugOf } from './slug.ts'
import type { PageRow } from './tables.ts'

export const integration = 'site'

/** Gives a meeting its public page; one that it has in this place already is kept, unless another slug is wanted. */
export async function publish(hub: Hub, actor: Actor, wanted: NewPage): Promise<Page> {
  const { id: place_id } = await sitePlace(hub, actor, wanted.place_id)
  const { topic } = await meeting(hub, actor, wanted.meeting_id)
  const there = await rows.pageOfMeeting(hub.db, place_id, wanted.meeting_id)
  if (there && (wanted.slug === undefined || wanted.slug === there.slug)) {
    const { visibility, list = there.list } = wanted
    return changePage(hub, actor, there.placement_id, { visibility, list })
  }
  const make = (slug: string) =>
    hub.db.transaction().execute((trx) => insert(hub, trx, actor, { ...wanted, place_id, slug, title: topic }))
  if (wanted.slug !== undefined) return pageResource(hub, await make(wanted.slug))
  const slug = slugOf(topic)
  return pageResource(hub, await make(slug).catch((error: unknown) => retry(error, () => make(`${slug}-${suffix()}`))))
}

const suffix = (): string => randomBytes(3).toString('hex')

const retry = <T>(error: unknown, again: () => Promise<T>): Promise<T> => {
  if (error instanceof ConflictError) return again()
  throw error
}

async function insert(
  hub: Hub,
  trx: Trx,
  actor: Actor,
  { place_id, meeting_id, slug, list, visibility, title }: NewPage & { place_id: string; slug: string; title: string },
): Promise<PageRow> {
  const { page: url } = addressesOf(hub, slug)
  if (list !== undefined) await ensureList(hub, trx, actor, { slug: list, place_id, title: list })
  const { id: placement_id } = await placeMeeting(hub, actor, { place_id, meeting_id, ref: slug, title, url }, trx)
  const row: PageRow = {
    placement_id,
    workspace_id: actor.workspace_id,
    place_id,
    meeting_id,
    slug,
    list: list ?? null,
    visibility,
    created_at: new Date(hub.runtime.now()),
  }
  if (!(await rows.insertPage(trx, row))) throw new ConflictError(`${url} is another meeting’s page`)
  return row
}

export async function pages(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, q }: { limit: number; cursor?: string | undefined; q?: string | undefined },
): Promise<{ items: Page[]; next_cursor: string | null }> {
  const found = await rows.pagesOfWorkspace(hub.db, workspace_id, { limit, before: cursor, q })
  const items = found.slice(0, limit).map((row) => pageResource(hub, row))
  return { items, next_cursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** @throws NotFoundError, also for a page of another workspace. */
export const page = async (hub: Hub, actor: Actor, id: string): Promise<Page> =>
  pageResource(hub, await pageRow(hub, actor, id))

/** @throws NotFoundError; ConflictError for a list of another place. */
export async function changePage(hub: Hub, actor: Actor, id: string, change: PageChange): Promise<Page> {
  const row = await pageRow(hub, actor, id)
  const { list = row.list, visibility = row.visibility } = change
  await hub.db.transaction().execute(async (trx) => {
    if (list !== null && list !== row.list)
      await ensureList(hub, trx, actor, { slug: list, place_id: row.place_id, title: list })
    await rows.updatePage(trx, id, { list, visibility })
  })
  // Whoever came in by the page before it was hidden holds a guest’s ticket of it.
  if (visibility === 'unpublished') await revokeTickets(hub, actor.workspace_id, { placement_id: id })
  return pageResource(hub, { ...row, list, visibility })
}

/** Takes the page away and its slug with it: another page may have it then. */
export async function removePage(hub: Hub, actor: Actor, id: string): Promise<void> {
  await pageRow(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    await rows.deletePage(trx, id)
    await removePlacement(hub, id, trx)
  })
  await revokeTickets(hub, actor.workspace_id, { placement_id: id })
}

/** @throws ConflictError when the slug is a list of another place. */
export async function createList(hub: Hub, actor: Actor, { slug, title, place_id }: NewList): Promise<List> {
  const { id } = await sitePlace(hub, actor, place_id)
  await hub.db.transaction().execute((trx) => ensureList(hub, trx, actor, { slug, place_id: id, title }))
  const row = await rows.listOfSlug(hub.db, slug)
  if (!row) throw new NotFoundError(`There is no list ${slug}`)
  return listResource(hub, row)
}

export async function lists(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, ...filter }: { limit: number; cursor?: string | undefined } & ListFilter,
): Promise<{ items: List[]; next_cursor: string | null }> {
  const found = await rows.listsOfWorkspace(hub.db, workspace_id, { limit, after: cursor, ...filter })
  const items = found.slice(0, limit).map((row) => listResource(hub, row))
  return { items, next_cursor: found.length > limit ? (items.at(-1)?.slug ?? null) : null }
}

async function ensureList(
  hub: Hub,
  trx: Trx,
  { workspace_id }: Actor,
  list: { slug: string; place_id: string; title: string },
): Promise<void> {
  await rows.insertList(trx, { ...list, workspace_id, created_at: new Date(hub.runtime.now()) })
  const there = await rows.listOfSlug(trx, list.slug)
  if (there?.place_id !== list.place_id) throw new ConflictError(`The list ${list.slug} is another web site’s`)
}

/**
 * The web site to work with: the one that was named, else the only one; a first one is made when there is none.
 * @throws NotFoundError for a place that is no web site of this workspace; InputError when there are several.
 */
async function sitePlace(hub: Hub, actor: Actor, id: string | undefined): Promise<Place> {
  if (id !== undefined) {
    const named = await place(hub, actor, id)
    if (named.integration !== integration) throw new NotFoundError(`There is no web site ${id}`)
    return named
  }
  const { items } = await places(hub, actor, { limit: 2, integration })
  if (items.length > 1)
    throw new InputError('Which web site?', [{ field: 'place_id', message: 'is needed: the workspace has several' }])
  return items[0] ?? createPlace(hub, actor, { integration, name: 'Web site' })
}

async function pageRow(hub: Hub, { workspace_id }: Actor, id: string): Promise<PageRow> {
  const row = await rows.pageOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no page ${id}`)
  return row
}
