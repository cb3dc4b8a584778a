import { apiRoute, ok } from '#hub/api-route.ts'
import * as resources from '#hub/resources.ts'
import { summaries } from '#hub/summaries.ts'
import { z } from 'zod'
import { uuid } from './params.ts'

const filter = resources.pageQuery
  .extend({ meeting_id: z.string().max(100).optional(), uuid: uuid.optional() })
  .strict()

export const summaryRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/summaries',
    auth: 'viewer',
    schema: {
      summary: 'List the summaries that AI Companion wrote, newest first',
      tags: ['Summaries'],
      query: filter,
      response: { 200: resources.pageOf(resources.summary) },
    },
    handle: async ({ identity, query }, hub) => ok(await summaries(hub, identity, query)),
  }),
]
