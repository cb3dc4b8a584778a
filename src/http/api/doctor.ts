import { z } from 'zod'
import { doctor } from '#hub/doctor/doctor.ts'
import { supportReport } from '#hub/doctor/support.ts'
import { jobsNow } from '#hub/jobs/show.ts'
import * as resources from '#hub/resources.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

export const doctorRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/jobs',
    auth: 'viewer',
    schema: {
      summary: 'What this server has to do, by number',
      tags: ['Doctor'],
      response: { 200: resources.jobsNow },
    },
    handle: async (_request, hub) => ok(await jobsNow(hub)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/support_report',
    auth: 'admin',
    schema: {
      summary: 'All that somebody who helps from afar asks for, as a file without secrets',
      tags: ['Doctor'],
      response: { 200: z.record(z.string(), z.unknown()) },
    },
    handle: async ({ identity }, hub) => ({
      status: 200,
      headers: { 'content-disposition': 'attachment; filename="greenroom-support.json"' },
      body: await supportReport(hub, identity),
    }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/doctor',
    auth: 'viewer',
    schema: {
      summary: 'What is well, what is not, and what mends it',
      tags: ['Doctor'],
      query: z.object({
        again: z
          .enum(['true', 'false'])
          .optional()
          .describe('true: ask Zoom about plan and licences anew; else what it said within a day counts'),
      }),
      response: { 200: resources.findings },
    },
    handle: async ({ identity, query }, hub) =>
      ok({ findings: await doctor(hub, identity, { again: query.again === 'true' }) }),
  }),
]
