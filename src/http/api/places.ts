import { changePlace, deletePlace, place, places } from '#hub/places.ts'
import { checkPlace } from '#hub/place-health.ts'
import { placementsCsv, placementsOfMeeting, placementsOfPlace, putMeeting, takeMeeting } from '#hub/placements.ts'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { z } from 'zod'
import { csvFile, csvReply } from '#hub/csv-file.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const tags = ['Places']
const filter = z.object({
  integration: z.string().max(40).optional(),
  state: z.enum(['on', 'off']).optional(),
  q: words.describe('Words in the name'),
})

export const placeRoutes = [
  ...listing({
    path: '/api/v1/places',
    auth: 'viewer',
    tags,
    summary: 'List the host systems that are connected',
    filter,
    item: resources.place,
    columns: {
      id: ({ id }) => id,
      integration: ({ integration }) => integration,
      name: ({ name }) => name,
      state: ({ state }) => state,
      zoom_app_id: ({ zoom_app_id }) => zoom_app_id,
      connection_id: ({ connection_id }) => connection_id,
      health: ({ health }) => health?.state ?? null,
      checked_at: ({ health }) => health?.checked_at ?? null,
      last_failure: ({ health }) => health?.last_failure ?? null,
      created_at: ({ created_at }) => created_at,
    },
    read: places,
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/places/:id',
    auth: 'viewer',
    schema: { summary: 'Read a place', tags, params: id, response: { 200: resources.place } },
    handle: async ({ identity, params }, hub) => ok(await place(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/places/:id',
    auth: 'admin',
    schema: {
      summary: 'Switch a place off, losing nothing, or on again; or give it another name',
      tags,
      params: id,
      body: resources.placeChange,
      response: { 200: resources.place },
    },
    handle: async ({ identity, params, body }, hub) => ok(await changePlace(hub, identity, params.id, body)),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/places/:id',
    auth: 'admin',
    schema: {
      summary: 'Remove a place and what it shows; meetings stay',
      tags,
      params: id,
      response: { 204: nothing },
    },
    handle: async ({ identity, params }, hub) => {
      await deletePlace(hub, identity, params.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/places/:id/check',
    auth: 'operator',
    schema: {
      summary: 'Ask the host system whether all is well there; Zoom is not asked',
      tags,
      params: id,
      response: { 200: resources.place },
    },
    handle: async ({ identity, params }, hub) => ok(await checkPlace(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/places/:id/placements',
    auth: 'viewer',
    schema: {
      summary: 'Which meetings a place shows, or has shown, the newest first',
      tags,
      params: id,
      query: resources.placementFilter,
      response: { 200: resources.pageOf(resources.placement) },
    },
    handle: async ({ identity, params, query }, hub) => ok(await placementsOfPlace(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/places/:id/placements.csv',
    auth: 'viewer',
    schema: {
      summary: 'All meetings of a place that fit, as a table',
      tags,
      params: id,
      query: resources.placementFilter.omit({ limit: true, cursor: true }).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, params, query }, hub) =>
      csvReply('placements.csv', await placementsCsv(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings/:id/placements',
    auth: 'viewer',
    schema: {
      summary: 'Where a meeting shows up',
      tags,
      params: id,
      response: { 200: z.object({ items: z.array(resources.placement) }) },
    },
    handle: async ({ identity, params }, hub) => ok({ items: await placementsOfMeeting(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/meetings/:id/placements',
    auth: 'operator',
    schema: {
      summary: 'Put a meeting into a place',
      tags,
      params: id,
      body: resources.putRequest,
      response: { 201: resources.placement },
    },
    handle: async ({ identity, params, body }, hub) => ({
      status: 201,
      body: await putMeeting(hub, identity, params.id, body),
    }),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/placements/:id',
    auth: 'operator',
    schema: {
      summary: 'Take a meeting away from a place: its page, post or bot is gone there, and the meeting stays',
      tags,
      params: id,
      response: { 204: nothing },
    },
    handle: async ({ identity, params }, hub) => {
      await takeMeeting(hub, identity, params.id)
      return { status: 204 }
    },
  }),
]
