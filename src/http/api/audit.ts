import { apiRoute, ok } from '#hub/api-route.ts'
import { auditCsv, auditLog } from '#hub/audit.ts'
import * as resources from '#hub/resources.ts'
import { csvFile, csvReply } from '#hub/csv-file.ts'

const noPage = { limit: true, cursor: true } as const

export const auditRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/audit',
    auth: 'admin',
    schema: {
      summary: 'Who did what, newest first',
      tags: ['Settings'],
      query: resources.auditFilter,
      response: { 200: resources.pageOf(resources.auditEntry) },
    },
    handle: async ({ identity, query }, hub) => ok(await auditLog(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/audit.csv',
    auth: 'admin',
    schema: {
      summary: 'All entries of the audit log that fit, as a table',
      tags: ['Settings'],
      query: resources.auditFilter.omit(noPage).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, query }, hub) => csvReply('audit.csv', await auditCsv(hub, identity, query)),
  }),
]
