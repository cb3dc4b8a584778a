import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { apiKeys, newApiKey, revokeKey } from '#hub/api-keys.ts'
import * as resources from '#hub/resources.ts'
import { id } from './params.ts'

export const apiKeyRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/api_keys',
    auth: 'admin',
    schema: {
      summary: 'List API keys, newest first; a key itself is never shown again',
      tags: ['Settings'],
      query: resources.pageQuery
        .extend({ revoked: z.enum(['true', 'false']).default('false').describe('Also those that were revoked') })
        .strict(),
      response: { 200: resources.pageOf(resources.apiKey) },
    },
    handle: async ({ identity, query }, hub) =>
      ok(await apiKeys(hub, identity, { ...query, revoked: query.revoked === 'true' })),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/api_keys',
    auth: 'admin',
    schema: {
      summary: 'Make an API key; it is shown this once',
      tags: ['Settings'],
      body: resources.apiKey.pick({ name: true, role: true }).strict(),
      response: { 201: resources.apiKey.extend({ key: z.string().describe('Shown this once') }) },
    },
    handle: async ({ identity, body }, hub) => ({ status: 201, body: await newApiKey(hub, identity, body) }),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/api_keys/:id',
    auth: 'admin',
    schema: { summary: 'Revoke an API key', tags: ['Settings'], params: id, response: { 200: resources.apiKey } },
    handle: async ({ identity, params }, hub) => ok(await revokeKey(hub, identity, params.id)),
  }),
]
