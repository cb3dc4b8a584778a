import { grantPath } from '#hub/grants/consent.ts'
import { grantReturn } from '#hub/grants/return.ts'
import type { Route } from '#hub/integration.ts'

/** Where Zoom sends a browser back to after a consent. */
export const grantRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: grantPath,
    auth: 'public',
    handle: (request, hub) => grantReturn(hub, request),
  },
]
