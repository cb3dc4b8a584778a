import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { csvReply } from '#hub/csv-file.ts'
import { deliveries, deliveriesCsv, delivery, replayDelivery } from '#hub/deliveries/deliveries.ts'
import * as resources from '#hub/deliveries/resources.ts'
import type { Route } from '#hub/integration.ts'
import { pageOf } from '#hub/resources.ts'

const tags = ['Deliveries']
const params = z.object({ id: z.string().max(100) })

export const deliveryRoutes: Route[] = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/deliveries',
    auth: 'viewer',
    schema: {
      summary: 'List deliveries, newest first; JSON by pages, or all that fit as a table with format=csv',
      tags,
      query: resources.deliveryFilter,
      response: { 200: pageOf(resources.delivery) },
    },
    handle: async ({ identity, query }, hub) => {
      if (query.format === 'json') return ok(await deliveries(hub, identity, query))
      return csvReply('deliveries.csv', await deliveriesCsv(hub, identity, query))
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/deliveries/:id',
    auth: 'viewer',
    schema: { summary: 'Read a delivery', tags, params, response: { 200: resources.delivery } },
    handle: async ({ identity, params: { id } }, hub) => ok(await delivery(hub, identity, id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/deliveries/:id/replay',
    auth: 'admin',
    schema: {
      summary: 'Send a delivery again, with the same id and body',
      tags,
      params,
      response: { 202: resources.delivery },
    },
    handle: async ({ identity, params: { id } }, hub) => ({
      status: 202,
      body: await replayDelivery(hub, identity, id),
    }),
  }),
]
