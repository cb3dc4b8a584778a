import { z } from 'zod'
import * as resources from '#hub/resources.ts'
import { zoomUsers } from '#hub/zoom-users.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const filter = resources.pageQuery
  .extend({ q: z.string().max(200).optional().describe('Words in name or e-mail') })
  .strict()

export const zoomUserRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_users',
    auth: 'viewer',
    schema: {
      summary: 'List Zoom users',
      tags: ['Zoom users'],
      query: filter,
      response: { 200: resources.pageOf(resources.zoomUser) },
    },
    handle: async ({ identity, query }, hub) => ok(await zoomUsers(hub, identity, query)),
  }),
]
