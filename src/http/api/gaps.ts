import { apiRoute, ok } from '#hub/api-route.ts'
import { gaps } from '#hub/repair/read.ts'
import * as resources from '#hub/resources.ts'

export const gapRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/gaps',
    auth: 'viewer',
    schema: {
      summary: 'List the times whose events may have been lost, and what was repaired',
      tags: ['Events'],
      query: resources.pageQuery.strict(),
      response: { 200: resources.pageOf(resources.gap) },
    },
    handle: async ({ identity, query }, hub) => ok(await gaps(hub, identity, query)),
  }),
]
