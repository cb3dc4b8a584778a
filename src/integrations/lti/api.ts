import { z } from 'zod'
import { everyItem } from '#hub/every-item.ts'
import type { Hub } from '#hub/hub.ts'
import type { Identity, Reply, Route, RouteRequest } from '#hub/integration.ts'
import { places } from '#hub/places.ts'
import { deploymentsOf, keepPlatform, platformsOfWorkspace } from './platforms.ts'
import { newRegistration } from './registration.ts'
import { toolUrls } from './tool.ts'

const name = z.string().trim().min(1).max(100)
const httpUrl = z.url({ protocol: /^https?$/ }).max(2000)

const newPlatform = z
  .object({
    name: name.describe('What the place is called here'),
    manual: z
      .object({
        issuer: httpUrl,
        client_id: z.string().min(1).max(255),
        deployment_ids: z.array(z.string().min(1).max(255)).min(1),
        authorization_endpoint: httpUrl,
        token_endpoint: httpUrl,
        jwks_uri: httpUrl,
      })
      .strict()
      .optional()
      .describe('For an LMS without dynamic registration: what it says of itself'),
  })
  .strict()

const tool = z
  .object({ login: z.string(), launch: z.string(), jwks: z.string(), icon: z.string() })
  .describe('What an LMS without dynamic registration is told of us')

const added = z.object({
  registration_url: z.string().nullable().describe('To paste into the LMS; good once'),
  expires_at: z.string().nullable(),
  place_id: z.string().nullable().describe('Known at once for a manual registration'),
  tool,
})

const platform = z.object({
  place_id: z.string(),
  name: z.string(),
  state: z.enum(['on', 'off']),
  issuer: z.string(),
  client_id: z.string(),
  deployment_ids: z.array(z.string()),
  product: z.string().nullable(),
})

/** Connecting an LMS, for administrators. */
export const apiRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/lti/platforms',
    auth: 'admin',
    schema: {
      summary: 'Connect an LMS: a registration URL to paste there, or its data by hand',
      tags: ['Places'],
      body: newPlatform,
      response: { 201: added },
    },
    handle: addPlatform,
  },
  {
    method: 'GET',
    path: '/api/v1/lti/platforms',
    auth: 'viewer',
    schema: {
      summary: 'List the connected LMSs',
      tags: ['Places'],
      response: { 200: z.object({ items: z.array(platform), tool }) },
    },
    handle: listPlatforms,
  },
]

type Asked<Body = unknown> = RouteRequest<unknown, unknown, Body>

async function addPlatform({ body, identity }: Asked<z.output<typeof newPlatform>>, hub: Hub): Promise<Reply> {
  const actor = identity as Identity
  const nothing = { registration_url: null, expires_at: null, place_id: null, tool: toolUrls(hub) }
  const { manual } = body
  if (!manual) return { status: 201, body: { ...nothing, ...(await newRegistration(hub, actor, body.name)) } }
  const { issuer, authorization_endpoint, token_endpoint, jwks_uri } = manual
  const entered = [issuer, authorization_endpoint, token_endpoint, jwks_uri].map((url) => new URL(url).origin)
  const place_id = await hub.db
    .transaction()
    .execute((trx) =>
      keepPlatform(hub, trx, actor, { ...manual, name: body.name, entered: [...new Set(entered)], product: null }),
    )
  return { status: 201, body: { ...nothing, place_id } }
}

async function listPlatforms({ identity }: Asked, hub: Hub): Promise<Reply> {
  const actor = identity as Identity
  const all = await everyItem((page) => places(hub, actor, { ...page, integration: 'lti' }))
  const named = new Map(all.map((each) => [each.id, each]))
  const items = await Promise.all(
    (await platformsOfWorkspace(hub, actor)).map(async (each) => ({
      ...each,
      name: named.get(each.place_id)?.name ?? '',
      state: named.get(each.place_id)?.state ?? 'off',
      deployment_ids: await deploymentsOf(hub, each.place_id),
    })),
  )
  return { status: 200, body: { items, tool: toolUrls(hub) } }
}
