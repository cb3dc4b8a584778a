import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { countReplay, replay, replayEvents, replays, runReplay, stopReplay } from '#hub/replays/replays.ts'
import * as resources from '#hub/replays/resources.ts'
import { pageOf } from '#hub/resources.ts'
import { id } from './params.ts'

const tags = ['Events']

export const replayRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/events/count',
    auth: 'viewer',
    schema: {
      summary: 'How many events of a time a replay would be about',
      tags,
      query: resources.eventSpan,
      response: { 200: z.object({ events: z.number().int() }) },
    },
    handle: async ({ identity, query }, hub) => ok(await countReplay(hub, identity, query)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/events/replay',
    auth: 'admin',
    schema: {
      summary: 'Let all events of a time be handled again, in the background',
      tags,
      body: resources.eventSpan,
      response: { 202: resources.replay },
    },
    handle: async ({ identity, body }, hub) => {
      const begun = await replayEvents(hub, identity, body)
      return { status: 202, headers: { location: `${hub.publicUrl}/api/v1/replays/${begun.id}` }, body: begun }
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/replays',
    auth: 'viewer',
    schema: {
      summary: 'List replays of events and of deliveries, newest first; they are kept for 90 days',
      tags,
      query: resources.replayFilter,
      response: { 200: pageOf(resources.replay) },
    },
    handle: async ({ identity, query }, hub) => ok(await replays(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/replays/:id',
    auth: 'viewer',
    schema: { summary: 'How far a replay is', tags, params: id, response: { 200: resources.replay } },
    handle: async ({ identity, params }, hub) => ok(await replay(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/replays/:id/run',
    auth: 'admin',
    schema: {
      summary: 'Go on with a replay that was stopped; nothing is replayed twice by it',
      tags,
      params: id,
      response: { 202: resources.replay },
    },
    handle: async ({ identity, params }, hub) => ({ status: 202, body: await runReplay(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/replays/:id/stop',
    auth: 'admin',
    schema: {
      summary: 'Stop a replay: what was begun comes to its end, the rest stays as it was',
      tags,
      params: id,
      response: { 200: resources.replay },
    },
    handle: async ({ identity, params }, hub) => ok(await stopReplay(hub, identity, params.id)),
  }),
]
