import { connection, connections } from '#hub/connections.ts'
import { disconnect } from '#hub/grants/end.ts'
import * as resources from '#hub/resources.ts'
import { id } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const tags = ['Connections']
const filter = resources.pageQuery.extend({ state: resources.connection.shape.state.optional() }).strict()

export const connectionRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/connections',
    auth: 'viewer',
    schema: {
      summary: 'List connections',
      tags,
      query: filter,
      response: { 200: resources.pageOf(resources.connection) },
    },
    handle: async ({ identity, query }, hub) => ok(await connections(hub, identity, query)),
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
