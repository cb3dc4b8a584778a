import { z } from 'zod'
import { recordings } from '#hub/recordings.ts'
import * as resources from '#hub/resources.ts'
import { uuid } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const filter = resources.pageQuery
  .extend({ meeting_id: z.string().max(100).optional(), uuid: uuid.optional() })
  .strict()

export const recordingRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/recordings',
    auth: 'viewer',
    schema: {
      summary: 'List recordings',
      tags: ['Recordings'],
      query: filter,
      response: { 200: resources.pageOf(resources.recording) },
    },
    handle: async ({ identity, query }, hub) => ok(await recordings(hub, identity, query)),
  }),
]
