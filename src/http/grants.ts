import { grantPath } from '#hub/grants/consent.ts'
import { grantReturn } from '#hub/grants/return.ts'
import { takeNoticeAtAddress } from '#hub/grants/notice.ts'
import type { Route, RouteRequest } from '#hub/integration.ts'

/** Where Zoom sends a browser back to after a consent, and where its older notification of the end arrives. */
export const grantRoutes: readonly Route[] = [
  ...[grantPath, `${grantPath}/:issuer`].map((path): Route => ({
    method: 'GET',
    path,
    auth: 'public',
    handle: (request, hub) => grantReturn(hub, request as RouteRequest<{ issuer?: string }>),
  })),
  {
    method: 'POST',
    path: '/zoom/deauthorizations/:zoom_app_id',
    auth: 'public',
    rawBody: true,
    handle: ({ params, query, raw, headers }: RouteRequest<{ zoom_app_id: string }, { secret?: unknown }>, hub) =>
      takeNoticeAtAddress(hub, params.zoom_app_id, textOf(query.secret), raw, {
        timestamp: textOf(headers['x-zm-request-timestamp']),
        signature: textOf(headers['x-zm-signature']),
      }),
  },
]

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
