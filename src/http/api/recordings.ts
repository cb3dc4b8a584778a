import { z } from 'zod'
import { changeRecording, recordings } from '#hub/recordings.ts'
import * as resources from '#hub/resources.ts'
import { id, uuid } from './params.ts'
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
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/recordings/:id',
    auth: 'operator',
    schema: {
      summary: 'Show a recording in the places of its meeting, or hide it: in all of them or in one',
      tags: ['Recordings'],
      params: id,
      body: resources.recordingChange,
      response: { 200: resources.recording },
    },
    handle: async ({ identity, params, body }, hub) => ok(await changeRecording(hub, identity, params.id, body)),
  }),
]
