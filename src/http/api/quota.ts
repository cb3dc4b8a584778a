import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { quotas } from '#hub/quota/show.ts'
import * as resources from '#hub/resources.ts'

export const quotaRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/quota',
    auth: 'viewer',
    schema: {
      summary: 'What is left of Zoom’s limits',
      tags: ['Doctor'],
      response: { 200: z.object({ items: z.array(resources.quota) }) },
    },
    handle: async ({ identity }, hub) => ok({ items: await quotas(hub, identity) }),
  }),
]
