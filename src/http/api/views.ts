import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import * as resources from '#hub/resources.ts'
import { forgetView, keepView, views } from '#hub/views.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'

const tags = ['Views']

export const viewRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/views',
    auth: 'viewer',
    schema: {
      summary: 'The lists that whoever asks keeps under a name',
      tags,
      response: { 200: z.object({ items: z.array(resources.view) }) },
    },
    handle: async ({ identity }, hub) => ok({ items: await views(hub, identity) }),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/views',
    auth: 'viewer',
    schema: {
      summary: 'Keep what a list is narrowed to under a name; the same name again shows what is said now',
      tags,
      body: resources.newView,
      response: { 201: resources.view },
    },
    handle: async ({ identity, body }, hub) => ({ status: 201, body: await keepView(hub, identity, body) }),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/views/:id',
    auth: 'viewer',
    schema: { summary: 'Delete a view of one’s own', tags, params: id, response: { 204: nothing } },
    handle: async ({ identity, params }, hub) => {
      await forgetView(hub, identity, params.id)
      return { status: 204 }
    },
  }),
]
