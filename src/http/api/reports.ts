import { apiRoute, ok } from '#hub/api-route.ts'
import { usage, usageCsv } from '#hub/reports/usage.ts'
import * as resources from '#hub/resources.ts'
import { csvFile, csvReply } from '#hub/csv-file.ts'

export const reportRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/reports/usage',
    auth: 'viewer',
    schema: {
      summary: 'Meetings, persons, minutes and hosts by month: all together, or by place, host or kind',
      tags: ['Reports'],
      query: resources.usageFilter,
      response: { 200: resources.usage },
    },
    handle: async ({ identity, query }, hub) => ok(await usage(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/reports/usage.csv',
    auth: 'viewer',
    schema: {
      summary: 'The same as a table',
      tags: ['Reports'],
      query: resources.usageFilter,
      response: { 200: csvFile },
    },
    handle: async ({ identity, query }, hub) => csvReply('usage.csv', await usageCsv(hub, identity, query)),
  }),
]
