import { receiveSharedWebhook, receiveWebhook } from '#hub/inbox/receive.ts'
import type { Route, RouteRequest } from '#hub/integration.ts'

/** The addresses that apps gave Zoom for their events: one for all, and one for each. Both lead into the one inbox. */
export const webhookRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/zoom_oauth/webhooks',
    auth: 'public',
    rawBody: true,
    handle: ({ raw, headers }: RouteRequest, hub) => receiveSharedWebhook(hub, raw, signatureOf(headers)),
  },
  {
    method: 'POST',
    path: '/external_webhooks/zoom/oauth_apps/:zoa',
    auth: 'public',
    rawBody: true,
    handle: ({ params, raw, headers }: RouteRequest, hub) =>
      receiveWebhook(hub, (params as { zoa: string }).zoa, raw, signatureOf(headers)),
  },
]

const signatureOf = (headers: RouteRequest['headers']) => ({
  timestamp: headers['x-zm-request-timestamp'] as string | undefined,
  signature: headers['x-zm-signature'] as string | undefined,
})
