import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { InputError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { receiveWebhook } from '#hub/inbox/receive.ts'
import { MalformedError, problemOf } from './problem.ts'

/** 1 MiB; the largest event that Zoom publishes has a few KiB. */
const bodyLimit = 1024 * 1024

/**
 * A server that takes Zoom's events (`POST /zoom/webhooks/{zoom_app_id}`) before anything else looks at the request, and hands all
 * the rest to `others`. This is what must keep up when a thousand meetings end at once: docs/decisions/0002 has the figures.
 */
export function webhooksFirst(hub: Hub, stripped: (url: string) => string, others: RequestListener): Server {
  return createServer({ requestTimeout: 30_000, keepAliveTimeout: 72_000 }, (request, response) => {
    const zoom_app_id = request.method === 'POST' ? appOf(stripped(request.url ?? '/')) : undefined
    if (zoom_app_id === undefined) return others(request, response)
    return void take(hub, zoom_app_id, request, response)
  })
}

const appOf = (url: string): string | undefined => /^\/zoom\/webhooks\/(\w{1,64})(?:\?.*)?$/.exec(url)?.[1]

/** Nothing is parsed before the signature over the exact bytes is held against them. */
async function take(hub: Hub, zoom_app_id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { headers } = request
    const answer = await receiveWebhook(hub, zoom_app_id, await bytesOf(request), {
      timestamp: headers['x-zm-request-timestamp'] as string | undefined,
      signature: headers['x-zm-signature'] as string | undefined,
    })
    if (answer.body) send(response, 200, 'application/json; charset=utf-8', JSON.stringify(answer.body))
    else response.writeHead(200, { 'content-length': 0 }).end()
  } catch (error) {
    refuse(hub, request, response, error)
  }
}

function refuse(hub: Hub, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (request.errored) return // whoever sent it has hung up
  // Signed bytes that are no event are not a form with a wrong field.
  const told = error instanceof InputError ? new MalformedError(error.message, { cause: error }) : error
  const { status, headers, body } = problemOf(told, hub.runtime.now())
  if (status >= 500) hub.log.error({ err: error }, 'an event of Zoom could not be taken; Zoom will send it again')
  // What is left of a body that was too large is not waited for.
  if (!request.complete) response.setHeader('connection', 'close')
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  send(response, status, 'application/problem+json; charset=utf-8', JSON.stringify(body))
  request.resume()
}

const send = (response: ServerResponse, status: number, type: string, body: string): void =>
  void response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body)

function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > bodyLimit) return reject(new BodyTooLargeError())
      chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

/** Told as Fastify tells of bodies that it reads itself. */
class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError'
  readonly statusCode = 413
}
