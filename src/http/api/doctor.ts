import { z } from 'zod'
import { doctor } from '#hub/doctor/doctor.ts'
import * as resources from '#hub/resources.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

export const doctorRoutes = [
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
