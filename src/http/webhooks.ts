import type { FastifyInstance } from 'fastify'
import { InputError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { receiveWebhook } from '#hub/inbox/receive.ts'
import { MalformedError } from './problem.ts'

/** The path that every Zoom app's events come to. */
export const webhookPath = '/zoom/webhooks/:zoom_app_id'

/**
 * Where Zoom sends events: nothing is parsed before the signature over the exact bytes is held against them, and no hook
 * stands between the socket and the inbox, because this is what must keep up when a thousand meetings end at once.
 */
export function serveWebhooks(scope: FastifyInstance, hub: Hub): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  scope.post<{ Params: { zoom_app_id: string } }>(webhookPath, async (request, reply) => {
    const { headers } = request
    const raw = request.body instanceof Uint8Array ? request.body : new Uint8Array()
    const answer = await receiveWebhook(hub, request.params.zoom_app_id, raw, {
      timestamp: headers['x-zm-request-timestamp'] as string | undefined,
      signature: headers['x-zm-signature'] as string | undefined,
    }).catch(tell)
    return reply.code(answer.status).send(answer.body)
  })
}

/** Signed bytes that are no event are not a form with a wrong field. */
function tell(error: unknown): never {
  throw error instanceof InputError ? new MalformedError(error.message, { cause: error }) : error
}
