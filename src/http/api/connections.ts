import { connection, connections, connectionsByApp } from '#hub/connections.ts'
import { disconnect } from '#hub/grants/end.ts'
import * as resources from '#hub/resources.ts'
import { id } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'
import { listing, words } from '#hub/listing.ts'
import { z } from 'zod'

const tags = ['Connections']
const filter = z.object({
  state: resources.connection.shape.state.optional(),
  q: words.describe('Words in the address of who consented, the account or the name of the app'),
})

export const connectionRoutes = [
  ...listing({
    path: '/api/v1/connections',
    auth: 'viewer',
    tags,
    summary: 'List connections',
    filter,
    item: resources.connection,
    columns: {
      id: ({ id }) => id,
      zoom_app: ({ zoom_app_name }) => zoom_app_name,
      kind: ({ kind }) => kind,
      account_id: ({ account_id }) => account_id,
      zoom_user_id: ({ zoom_user_id }) => zoom_user_id,
      zoom_user_email: ({ zoom_user_email }) => zoom_user_email,
      state: ({ state }) => state,
      failure: ({ failure }) => failure?.message ?? null,
      failed_at: ({ failure }) => failure?.at ?? null,
      next_renewal_at: ({ next_renewal_at }) => next_renewal_at,
      created_at: ({ created_at }) => created_at,
    },
    read: connections,
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/connections/summary',
    auth: 'viewer',
    schema: {
      summary: 'How many connections each Zoom app has, and which failed last',
      tags,
      response: { 200: z.object({ items: z.array(resources.connectionsOfApp) }) },
    },
    handle: async ({ identity }, hub) => ok({ items: await connectionsByApp(hub, identity) }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/connections/:id',
    auth: 'viewer',
    schema: { summary: 'Read a connection', tags, params: id, response: { 200: resources.connection } },
    handle: async ({ identity, params }, hub) => ok(await connection(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/connections/:id/disconnect',
    auth: 'admin',
    schema: {
      summary: 'End a consent: revoked at Zoom, its tokens forgotten',
      tags,
      params: id,
      response: { 200: resources.connection },
    },
    handle: async ({ identity, params }, hub) => ok(await disconnect(hub, identity, params.id)),
  }),
]
