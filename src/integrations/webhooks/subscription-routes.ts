import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { testSubscription } from '#hub/deliveries/deliveries.ts'
import * as resources from '#hub/deliveries/resources.ts'
import * as subscriptions from '#hub/deliveries/subscriptions.ts'
import type { Route } from '#hub/integration.ts'
import { listing } from '#hub/listing.ts'
import { replayDeliveries } from '#hub/replays/replays.ts'
import { deliverySpan, replay } from '#hub/replays/resources.ts'

const tags = ['Subscriptions']
const params = z.object({ id: z.string().max(100) })

export const subscriptionRoutes: Route[] = [
  apiRoute({
    method: 'POST',
    path: '/api/v1/subscriptions',
    auth: 'admin',
    schema: {
      summary: 'Subscribe a URL to events; the secret is shown this once',
      tags,
      body: resources.newSubscription,
      response: { 201: resources.subscriptionWithSecret },
    },
    handle: async ({ identity, body }, hub) => ({
      status: 201,
      body: await subscriptions.createSubscription(hub, identity, body),
    }),
  }),
  ...listing({
    path: '/api/v1/subscriptions',
    auth: 'viewer',
    tags,
    summary: 'List subscriptions, newest first',
    filter: resources.subscriptionFilter,
    item: resources.subscription,
    columns: {
      id: ({ id }) => id,
      name: ({ name }) => name,
      url: ({ url }) => url,
      triggers: ({ triggers }) => triggers.join(' '),
      state: ({ state }) => state,
      reason: ({ reason }) => reason,
      circuit: ({ circuit }) => circuit,
      failures: ({ failures }) => failures,
      created_at: ({ created_at }) => created_at,
    },
    read: subscriptions.subscriptions,
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/subscriptions/:id',
    auth: 'viewer',
    schema: { summary: 'Read a subscription', tags, params, response: { 200: resources.subscription } },
    handle: async ({ identity, params: { id } }, hub) => ok(await subscriptions.subscription(hub, identity, id)),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/subscriptions/:id',
    auth: 'admin',
    schema: {
      summary: 'Change a subscription, or switch it on or off',
      tags,
      params,
      body: resources.subscriptionChange,
      response: { 200: resources.subscription },
    },
    handle: async ({ identity, params: { id }, body }, hub) =>
      ok(await subscriptions.changeSubscription(hub, identity, id, body)),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/subscriptions/:id',
    auth: 'admin',
    schema: {
      summary: 'Delete a subscription and its deliveries',
      tags,
      params,
      response: { 204: z.undefined().describe('Done') },
    },
    handle: async ({ identity, params: { id } }, hub) => {
      await subscriptions.deleteSubscription(hub, identity, id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/subscriptions/:id/rotate_secret',
    auth: 'admin',
    schema: {
      summary: 'Make a new secret; the one before signs beside it for a day',
      tags,
      params,
      response: { 200: resources.subscriptionWithSecret },
    },
    handle: async ({ identity, params: { id } }, hub) => ok(await subscriptions.rotateSecret(hub, identity, id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/subscriptions/:id/test',
    auth: 'admin',
    schema: {
      summary: 'Send a test message now and see what came of it',
      tags,
      params,
      response: { 200: resources.delivery },
    },
    handle: async ({ identity, params: { id } }, hub) => ok(await testSubscription(hub, identity, id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/subscriptions/:id/replay',
    auth: 'admin',
    schema: {
      summary: 'Send again what was made in a span of time, in the background',
      tags,
      params,
      body: deliverySpan,
      response: { 202: replay },
    },
    handle: async ({ identity, params: { id }, body }, hub) => {
      const begun = await replayDeliveries(hub, identity, id, body)
      return { status: 202, headers: { location: `${hub.publicUrl}/api/v1/replays/${begun.id}` }, body: begun }
    },
  }),
]
