import { z } from 'zod'
import * as resources from '#hub/resources.ts'
import { session, sessionsOfMeeting } from '#hub/sessions/read.ts'
import { id, uuid } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const tags = ['Sessions']

export const sessionRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings/:id/sessions',
    auth: 'viewer',
    schema: {
      summary: 'List the sessions of a meeting, newest first',
      tags,
      params: id,
      query: resources.pageQuery.strict(),
      response: { 200: resources.pageOf(resources.session) },
    },
    handle: async ({ identity, params, query }, hub) => ok(await sessionsOfMeeting(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/sessions',
    auth: 'viewer',
    schema: {
      summary: 'Read a session',
      tags,
      query: z.object({ uuid }).strict(),
      response: { 200: resources.session },
    },
    handle: async ({ identity, query }, hub) => ok(await session(hub, identity, query.uuid)),
  }),
]
