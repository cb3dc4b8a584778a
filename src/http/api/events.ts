import { event, events, eventsCsv, replayEvent } from '#hub/inbox/read.ts'
import * as resources from '#hub/resources.ts'
import { csvFile, csvReply } from '#hub/csv-file.ts'
import { id } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const tags = ['Events']

export const eventRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/events',
    auth: 'viewer',
    schema: {
      summary: 'List what Zoom sent, newest first',
      tags,
      query: resources.eventFilter.strict(),
      response: { 200: resources.pageOf(resources.event) },
    },
    handle: async ({ identity, query }, hub) => ok(await events(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/events/:id',
    auth: 'viewer',
    schema: {
      summary: 'Read an event with what Zoom sent',
      tags,
      params: id,
      response: { 200: resources.eventWithPayload },
    },
    handle: async ({ identity, params }, hub) => ok(await event(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/events.csv',
    auth: 'viewer',
    schema: {
      summary: 'All events that fit, as a table',
      tags,
      query: resources.eventFilter.omit({ limit: true, cursor: true }).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, query }, hub) => csvReply('events.csv', await eventsCsv(hub, identity, query)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/events/:id/replay',
    auth: 'operator',
    schema: { summary: 'Let an event be handled again', tags, params: id, response: { 202: resources.event } },
    handle: async ({ identity, params }, hub) => ({ status: 202, body: await replayEvent(hub, identity, params.id) }),
  }),
]
