import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { apiKeys, newApiKey, revokeKey } from '#hub/api-keys.ts'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { id } from './params.ts'

export const apiKeyRoutes = [
  ...listing({
    path: '/api/v1/api_keys',
    auth: 'admin',
    tags: ['Settings'],
    summary: 'List API keys, newest first; a key itself is never shown again',
    filter: z.object({
      revoked: z.enum(['true', 'false']).default('false').describe('Also those that were revoked'),
      q: words.describe('Words in the name'),
    }),
    item: resources.apiKey,
    columns: {
      id: ({ id }) => id,
      name: ({ name }) => name,
      role: ({ role }) => role,
      created_at: ({ created_at }) => created_at,
      last_used_at: ({ last_used_at }) => last_used_at,
      revoked_at: ({ revoked_at }) => revoked_at,
    },
    read: (hub, identity, query) => apiKeys(hub, identity, { ...query, revoked: query.revoked === 'true' }),
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
