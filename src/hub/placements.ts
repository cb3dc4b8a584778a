import { csv } from '#core/csv.ts'
import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Trx } from '#store/db.ts'
import * as rows from '#store/placements.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { everyItem } from './every-item.ts'
import type { Actor, Hub } from './hub.ts'
import { meeting } from './meetings/read.ts'
import { place } from './places.ts'
import type { Page, Placement, PlacementFilter, PutRequest } from './resources.ts'

export interface NewPlacement {
  place_id: string
  meeting_id: string
  /** The place's own name for it; said again, the placement shows what is said now. */
  ref: string
  title: string
  url?: string | undefined
}

/** Notes where a meeting shows up. @throws NotFoundError for a place or meeting of another workspace. */
export async function placeMeeting(hub: Hub, actor: Actor, wanted: NewPlacement, trx?: Trx): Promise<Placement> {
  await place(hub, actor, wanted.place_id)
  await meeting(hub, actor, wanted.meeting_id)
  const db = trx ?? hub.db
  const now = hub.runtime.now()
  const id = await rows.upsertPlacement(db, {
    ...wanted,
    url: wanted.url ?? null,
    id: newId('placement', now),
    workspace_id: actor.workspace_id,
    created_at: new Date(now),
  })
  const row = await rows.placementById(db, id)
  if (!row) throw new NotFoundError(`There is no placement ${id}`)
  return resource(row)
}

/** "Put it in…": the place's integration does it, and says where it is now. */
export async function putMeeting(
  hub: Hub,
  actor: Actor,
  meeting_id: string,
  { place_id, target }: PutRequest,
): Promise<Placement> {
  await meeting(hub, actor, meeting_id)
  const there = await place(hub, actor, place_id)
  const integration = hub.integrations.find((each) => each.name === there.integration)
  if (!integration?.put)
    throw new InputError(`A meeting cannot be put into ${there.name} from here`, [
      { field: 'place_id', message: `is a place of ${there.integration}, which takes meetings on its own side` },
    ])
  return integration.put(hub, actor, { place: there, meeting_id, target })
}

/**
 * Takes a meeting away from where it was put: the place's integration does it. What is gone already stays so; the meeting stays.
 * @throws NotFoundError for a placement of another workspace.
 */
export async function takeMeeting(hub: Hub, actor: Actor, id: string): Promise<void> {
  const row = await rows.placementById(hub.db, id)
  if (row?.workspace_id !== actor.workspace_id) throw new NotFoundError(`There is no placement ${id}`)
  if (row.state === 'removed') return
  const integration = hub.integrations.find((each) => each.name === row.integration)
  if (!integration?.take) throw new ConflictError(`What ${row.place_name} shows is taken away on its own side`)
  await integration.take(hub, actor, resource(row))
}

/** For those who hold its id by right (a ticket, a signed launch); undefined when it is gone. */
export async function placement(hub: Hub, id: string): Promise<(Placement & { workspace_id: string }) | undefined> {
  const row = await rows.placementById(hub.db, id)
  return row && { ...resource(row), workspace_id: row.workspace_id }
}

/** What a place shows under its own name `ref`. */
export async function placementByRef(hub: Hub, place_id: string, ref: string): Promise<Placement | undefined> {
  const row = await rows.placementOfRef(hub.db, place_id, ref)
  return row && resource(row)
}

/** What a place shows and has shown, the newest first. @throws NotFoundError for a place of another workspace. */
export async function placementsOfPlace(
  hub: Hub,
  actor: Actor,
  place_id: string,
  { limit, cursor, q }: PlacementFilter,
): Promise<Page<Placement>> {
  await place(hub, actor, place_id)
  const before = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(await rows.placementsOfPlace(hub.db, place_id, { q, limit, before }), limit, ({ id }) => [id])
  return { ...page, items: page.items.map(resource) }
}

const placementColumns = ['title', 'ref', 'url', 'state', 'meeting_id', 'created_at'] as const

export async function placementsCsv(
  hub: Hub,
  actor: Actor,
  place_id: string,
  filter: Pick<PlacementFilter, 'q'>,
): Promise<string> {
  const items = await everyItem((page) => placementsOfPlace(hub, actor, place_id, { ...filter, ...page }))
  return csv(
    placementColumns,
    items.map((item) => placementColumns.map((column) => item[column])),
  )
}

/** Everywhere a meeting is. @throws NotFoundError for a meeting of another workspace. */
export async function placementsOfMeeting(hub: Hub, actor: Actor, meeting_id: string): Promise<Placement[]> {
  await meeting(hub, actor, meeting_id)
  return (await rows.placementsOfMeetingRow(hub.db, meeting_id)).map(resource)
}

/** Where a meeting is in the places of one integration: what a reaction to a hub event has to bring up to date. */
export const placementsHere = async (hub: Hub, integration: string, meeting_id: string): Promise<Placement[]> =>
  (await rows.placementsOfMeetingRow(hub.db, meeting_id, integration)).map(resource)

/** The place shows it no more; that it did is kept. */
export const removePlacement = (hub: Hub, id: string, trx?: Trx): Promise<void> =>
  rows.removePlacement(trx ?? hub.db, id, new Date(hub.runtime.now()))

const resource = (row: rows.PlacementRow): Placement => ({
  id: row.id,
  place_id: row.place_id,
  place_name: row.place_name,
  integration: row.integration,
  meeting_id: row.meeting_id,
  ref: row.ref,
  title: row.title,
  url: row.url,
  state: row.state,
  created_at: row.created_at.toISOString(),
})
