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
      response: { 200: resources.findings },
    },
    handle: async ({ identity }, hub) => ok({ findings: await doctor(hub, identity) }),
  }),
]
