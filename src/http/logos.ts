import { z } from 'zod'
import { logo } from '#hub/brand.ts'
import type { Route, RouteRequest } from '#hub/integration.ts'

/** The logos of workspaces, for pages that anybody may see. A new one has a new address. */
export const logoRoutes: Route[] = [
  {
    method: 'GET',
    path: '/logos/:workspace_id/:at',
    auth: 'public',
    async handle({ params }: RouteRequest<{ workspace_id: string }>, hub) {
      const { content_type, bytes } = await logo(hub, z.string().max(100).parse(params.workspace_id))
      return {
        status: 200,
        headers: {
          'content-type': content_type,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'public, max-age=3600',
        },
        body: bytes,
      }
    },
  },
]
