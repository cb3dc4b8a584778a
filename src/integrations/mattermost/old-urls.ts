import { z } from 'zod'
import { InputError, NotFoundError, UnauthorizedError, UnavailableError } from '#core/errors.ts'
import { parseJson } from '#core/json.ts'
import { zoomApp } from '#hub/apps.ts'
import { grantReturn } from '#hub/grants/return.ts'
import type { Hub } from '#hub/hub.ts'
import { receiveWebhook } from '#hub/inbox/receive.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { getUser } from '#zoom/users.ts'
import { explain } from './connect-page.ts'
import { actorOf } from './host-of.ts'
import { serverByUrlSecret } from './servers.ts'
import type { ServerRow } from './tables.ts'
import { usersOfZoomUser } from './users.ts'

/** The addresses that Zoom apps have which were set up for Mattermost's Zoom plugin: at Zoom only the host changes. */
export const oldRoutes: Route[] = [
  {
    method: 'GET',
    path: '/plugins/zoom/oauth2/complete',
    auth: 'public',
    handle: (request, hub) => grantReturn(hub, request),
  },
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

/** The secret says for which server; that it is Zoom who speaks only its signature says. */
async function webhook(hub: Hub, request: OldRequest): Promise<Reply> {
  const { zoom_app_id } = await serverOf(hub, request)
  return receiveWebhook(hub, zoom_app_id, request.raw, signatureOf(request))
}

async function serverOf(hub: Hub, { query }: OldRequest): Promise<{ server: ServerRow; zoom_app_id: string }> {
  const { secret } = query
  const server = typeof secret === 'string' ? await serverByUrlSecret(hub, secret) : undefined
  if (!server) throw new UnauthorizedError('The secret in the address belongs to no Mattermost server here.')
  const place = await placeById(hub, server.place_id)
  if (!place?.zoom_app_id) throw new NotFoundError('The Zoom app of this server was removed.')
  return { server, zoom_app_id: place.zoom_app_id }
}

const signatureOf = ({ headers }: OldRequest) => ({
  timestamp: textOf(headers['x-zm-request-timestamp']),
  signature: textOf(headers['x-zm-signature']),
})
const textOf = (value: string | string[] | undefined): string | undefined => [value].flat()[0]

/**
 * Somebody removed the app at Zoom. Signed, it is an event as any other. Zoom's old notification is not signed: then it is taken for a
 * hint alone, and Zoom is asked whether the consent still stands; whoever knows the address can cause that question and no more.
 */
async function deauthorization(hub: Hub, request: OldRequest): Promise<Reply> {
  const { server, zoom_app_id } = await serverOf(hub, request)
  const signed = signatureOf(request)
  if (signed.signature !== undefined) return receiveWebhook(hub, zoom_app_id, request.raw, signed)
  const { payload } = readNotice(request.raw)
  const { client_id } = await zoomApp(hub, actorOf(server), zoom_app_id)
  if (payload.client_id !== client_id) throw new UnauthorizedError('The notification is about another app.')
  for (const connection_id of await connectionsOf(hub, server, payload.user_id)) await askZoom(hub, connection_id)
  return { status: 200 }
}

/** https://developers.zoom.us/docs/integrations/oauth/#deauthorization */
const notice = z.object({
  event: z.literal('app_deauthorized'),
  payload: z.object({ client_id: z.string(), user_id: z.string().regex(/^[^\0]+$/) }),
})

function readNotice(raw: Uint8Array): z.output<typeof notice> {
  const read = notice.safeParse(parseJson(Buffer.from(raw).toString('utf8')))
  if (!read.success) throw new InputError('This is no notification of a deauthorization')
  return read.data
}

async function connectionsOf(hub: Hub, server: ServerRow, zoom_user_id: string): Promise<string[]> {
  const users = await usersOfZoomUser(hub, server, zoom_user_id)
  const account = server.connection_id ? [server.connection_id] : []
  return [...new Set([...users.map(({ connection_id }) => connection_id), ...account])]
}

/** A token that Zoom does not take any more ends the connection, wherever that is noticed. */
async function askZoom(hub: Hub, connection_id: string): Promise<void> {
  try {
    await getUser(await zoomClient(hub, connection_id), 'me')
  } catch (error) {
    if (!(error instanceof UnavailableError || error instanceof ZoomApiError)) throw error
    hub.log.info({ connection_id, reason: error.message }, 'Zoom was asked after a deauthorization')
  }
}
