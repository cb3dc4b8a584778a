import { NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import * as rows from '#store/places.ts'
import type { Trx } from '#store/db.ts'
import { zoomApp } from './apps.ts'
import { connection } from './connections.ts'
import type { Actor, Hub } from './hub.ts'
import type { Page, PageQuery, Place, PlaceChange } from './resources.ts'

export interface NewPlace {
  integration: string
  name: string
  zoom_app_id?: string | undefined
  connection_id?: string | undefined
}

/**
 * Keeps a host system that is connected; its integration keeps what else there is to know in the same transaction.
 * @throws NotFoundError for a Zoom app or connection of another workspace.
 */
export async function createPlace(hub: Hub, actor: Actor, place: NewPlace, trx?: Trx): Promise<Place> {
  if (!trx) return hub.db.transaction().execute((own) => createPlace(hub, actor, place, own))
  if (place.zoom_app_id) await zoomApp(hub, actor, place.zoom_app_id)
  if (place.connection_id) await connection(hub, actor, place.connection_id)
  const row: rows.PlaceRow = {
    id: newId('place', hub.runtime.now()),
    workspace_id: actor.workspace_id,
    integration: place.integration,
    name: place.name,
    state: 'on',
    zoom_app_id: place.zoom_app_id ?? null,
    connection_id: place.connection_id ?? null,
    created_at: new Date(hub.runtime.now()),
  }
  await rows.insertPlace(trx, row)
  await audit(trx, actor, 'place.created', row)
  return told(row, undefined)
}

/** For a door whose credential names the place: it has the workspace, not the other way round. */
export async function placeById(hub: Hub, id: string): Promise<(Place & { workspace_id: string }) | undefined> {
  const row = await rows.placeById(hub.db, id)
  return row && { ...(await resource(hub, row)), workspace_id: row.workspace_id }
}

/** @throws NotFoundError, also for a place of another workspace. */
export const place = async (hub: Hub, actor: Actor, id: string): Promise<Place> =>
  resource(hub, await placeRow(hub, actor, id))

export async function places(
  hub: Hub,
  { workspace_id }: Actor,
  {
    limit,
    cursor,
    integration,
    state,
    q,
  }: PageQuery & { integration?: string | undefined; state?: Place['state'] | undefined; q?: string | undefined },
): Promise<Page<Place>> {
  const after = decodeCursor(cursor, 1)?.[0]
  const found = await rows.placesOfWorkspace(hub.db, workspace_id, { limit, after, integration, state, q })
  const page = pageOf(found, limit, (row) => [row.id])
  const health = await rows.healthOfPlaces(
    hub.db,
    page.items.map(({ id }) => id),
  )
  return {
    ...page,
    items: page.items.map((row) =>
      told(
        row,
        health.find(({ place_id }) => place_id === row.id),
      ),
    ),
  }
}

/** Off: nothing is shown, posted or graded there any more, and nothing is lost. A name is ours alone. */
export async function changePlace(hub: Hub, actor: Actor, id: string, { state, name }: PlaceChange): Promise<Place> {
  const row = await placeRow(hub, actor, id)
  const change = { ...(state && { state }), ...(name !== undefined && { name }) }
  await hub.db.transaction().execute(async (trx) => {
    await rows.updatePlaceRow(trx, id, change)
    if (state) await audit(trx, actor, state === 'on' ? 'place.switched_on' : 'place.switched_off', row)
    if (name !== undefined && name !== row.name) await audit(trx, actor, 'place.renamed', { ...row, name })
  })
  return { ...(await resource(hub, row)), ...change }
}

/**
 * Another Zoom app works for the place from now on. Its integration has judged whether that app can.
 * @throws NotFoundError for a place or an app of another workspace.
 */
export async function changeZoomAppOfPlace(
  hub: Hub,
  actor: Actor,
  id: string,
  zoom_app_id: string,
  trx: Trx,
): Promise<void> {
  const row = await placeRow(hub, actor, id)
  await zoomApp(hub, actor, zoom_app_id)
  await rows.updatePlaceRow(trx, id, { zoom_app_id })
  await audit(trx, actor, 'place.zoom_app_changed', row)
}

/** Removes the place and its placements; the meetings stay. */
export async function deletePlace(hub: Hub, actor: Actor, id: string): Promise<void> {
  const row = await placeRow(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    await rows.deletePlaceRow(trx, id)
    await audit(trx, actor, 'place.deleted', row)
  })
}

async function placeRow(hub: Hub, { workspace_id }: Actor, id: string): Promise<rows.PlaceRow> {
  const row = await rows.placeOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no place ${id}`)
  return row
}

const audit = (trx: Trx, actor: Actor, action: string, { id, integration, name }: rows.PlaceRow): Promise<void> =>
  insertAudit(trx, {
    workspace_id: actor.workspace_id,
    actor: actor.name,
    action,
    object_id: id,
    detail: { integration, name },
  })

const resource = async (hub: Hub, row: rows.PlaceRow): Promise<Place> =>
  told(row, (await rows.healthOfPlaces(hub.db, [row.id]))[0])

const told = (row: rows.PlaceRow, health: rows.HealthRow | undefined): Place => ({
  id: row.id,
  integration: row.integration,
  name: row.name,
  state: row.state,
  zoom_app_id: row.zoom_app_id,
  connection_id: row.connection_id,
  created_at: row.created_at.toISOString(),
  health: health
    ? {
        state: worst(health.findings),
        checked_at: health.checked_at.toISOString(),
        findings: health.findings,
        last_ok_at: health.last_ok_at?.toISOString() ?? null,
        last_failed_at: health.last_failed_at?.toISOString() ?? null,
        last_failure: health.last_failure,
      }
    : null,
})

const worst = (findings: rows.HealthRow['findings']): 'ok' | 'warning' | 'failed' =>
  (['failed', 'warning'] as const).find((state) => findings.some((each) => each.state === state)) ?? 'ok'
