import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { deletions, deletionsCsv } from '#hub/grants/deletions.ts'
import { words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { csvReply } from '#hub/csv-file.ts'

export const deletionRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/deletions',
    auth: 'admin',
    schema: {
      summary:
        'What was deleted after users removed the app at Zoom, and what is due; JSON by pages, or all as a table (text/csv)',
      tags: ['Connections'],
      query: resources.pageQuery
        .extend({
          q: words.describe('A part of an id: the record’s, the connection’s, the account’s, the user’s or the app’s'),
          format: z.enum(['json', 'csv']).optional().describe('Or the header Accept: text/csv'),
        })
        .strict(),
      headers: z.object({ accept: z.string().optional() }),
      response: { 200: resources.pageOf(resources.deletion) },
    },
    handle: async ({ identity, query, headers }, hub) => {
      const format = query.format ?? (headers.accept?.startsWith('text/csv') ? 'csv' : 'json')
      if (format === 'csv') return csvReply('deletions.csv', await deletionsCsv(hub, identity, query.q))
      return ok(await deletions(hub, identity, query))
    },
  }),
]
