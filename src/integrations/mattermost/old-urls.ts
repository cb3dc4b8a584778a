import { NotFoundError, UnauthorizedError } from '#core/errors.ts'
import { takeNotice } from '#hub/grants/notice.ts'
import { grantReturn } from '#hub/grants/return.ts'
import type { Hub } from '#hub/hub.ts'
import { receiveWebhook } from '#hub/inbox/receive.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { appByUrlSecret } from './app-urls.ts'
import { explain } from './connect-page.ts'
import { redirectPath } from './redirect-path.ts'
import { serverByUrlSecret } from './servers.ts'

/** The addresses that Zoom apps have which were set up for Mattermost's Zoom plugin: at Zoom only the host changes. */
export const oldRoutes: Route[] = [
  ...[redirectPath, `${redirectPath}/:issuer`].map((path): Route => ({
    method: 'GET',
    path,
    auth: 'public',
    handle: (request, hub) => grantReturn(hub, request as RouteRequest<{ issuer?: string }>, redirectPath),
  })),
  {
    method: 'GET',
    path: '/plugins/zoom/oauth2/connect',
    auth: 'public',
    handle: (_request, hub) =>
      Promise.resolve(
        explain(
          hub,
          200,
          'Connect from Mattermost',
          'Type /zoom connect there: the link that answers knows who you are.',
        ),
      ),
  },
  {
    method: 'POST',
    path: '/plugins/zoom/webhook',
    auth: 'public',
    rawBody: true,
    handle: (request, hub) => webhook(hub, request),
  },
  {
    method: 'POST',
    path: '/plugins/zoom/deauthorization',
    auth: 'public',
    rawBody: true,
    handle: (request, hub) => deauthorization(hub, request),
  },
]

type OldRequest = RouteRequest<unknown, { secret?: unknown }>

/** The secret says for which app; that it is Zoom who speaks only its signature says. */
async function webhook(hub: Hub, request: OldRequest): Promise<Reply> {
  const { zoom_app_id } = await appOf(hub, request)
  return receiveWebhook(hub, zoom_app_id, request.raw, signatureOf(request))
}

/** The app of a server, or one whose addresses were made while it was set up. */
async function appOf(hub: Hub, { query }: OldRequest): Promise<{ zoom_app_id: string }> {
  const { secret } = query
  if (typeof secret !== 'string') throw unknownSecret()
  const server = await serverByUrlSecret(hub, secret)
  const app = server ? undefined : await appByUrlSecret(hub, secret)
  if (app) return app
  if (!server) throw unknownSecret()
  const place = await placeById(hub, server.place_id)
  if (!place?.zoom_app_id) throw new NotFoundError('The Zoom app of this server was removed.')
  return { zoom_app_id: place.zoom_app_id }
}

const unknownSecret = (): UnauthorizedError =>
  new UnauthorizedError('The secret in the address belongs to no Zoom app here.')

const signatureOf = ({ headers }: OldRequest) => ({
  timestamp: textOf(headers['x-zm-request-timestamp']),
  signature: textOf(headers['x-zm-signature']),
})
const textOf = (value: string | string[] | undefined): string | undefined => [value].flat()[0]

/** Somebody removed the app at Zoom; the secret says of which app. */
async function deauthorization(hub: Hub, request: OldRequest): Promise<Reply> {
  const { zoom_app_id } = await appOf(hub, request)
  return takeNotice(hub, zoom_app_id, request.raw, signatureOf(request))
}
