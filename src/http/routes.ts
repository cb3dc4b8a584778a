import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseJson } from '#core/json.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { allow, identify, type Caller } from './identity.ts'
import { inputErrorOf } from './problem.ts'
import type { SignIn } from './sign-in.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

/** A body as it came, and what it says when it is JSON. */
interface ReceivedBody {
  raw: Buffer
  json: unknown
}

/** Serves routes: who is it, may they, is it what the schema says, the handler, is the answer what the schema says. */
export function serveRoutes(scope: FastifyInstance, routes: readonly Route[], hub: Hub, signIn: SignIn): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, raw: Buffer): Promise<ReceivedBody> => ({
    raw,
    json: raw.length === 0 ? undefined : parseJson(raw.toString('utf8')),
  }))
  scope.decorateRequest('caller', undefined)
  for (const route of routes) {
    if (route.rawBody) void scope.register(async (own) => { rawBodies(own); serveRoute(own, route, hub, signIn) })
    else serveRoute(scope, route, hub, signIn)
  }
}

/** Whoever asks for the raw body reads it alone, whatever it is. */
function rawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: FastifyRequest, raw: Buffer): Promise<ReceivedBody> => ({ raw, json: undefined }))
}

function serveRoute(scope: FastifyInstance, route: Route, hub: Hub, signIn: SignIn): void {
  const { auth } = route
  scope.route({
    method: route.method,
    url: route.path,
    // Before the body is read: a stranger's megabyte is not worth parsing.
    onRequest: async (request, reply) => {
      if (route.frame) reply.removeHeader('x-frame-options').removeHeader('content-security-policy')
      if (auth === 'public') return
      request.caller = await identify(hub, signIn, request)
      allow(request.caller, auth)
    },
    handler: async (request, reply) => send(reply, route, await route.handle(parsed(request, route) as RouteRequest<never, never, never>, hub)),
  })
}

function parsed(request: FastifyRequest, { schema }: Route): RouteRequest {
  const body = request.body as ReceivedBody | undefined
  return {
    params: parse(schema?.params, request.params, 'path'),
    query: parse(schema?.query, request.query, 'query'),
    body: parse(schema?.body, body?.json, 'body'),
    headers: { ...request.headers, ...(parse(schema?.headers, request.headers, 'headers') as RouteRequest['headers']) },
    raw: body?.raw ?? new Uint8Array(),
    identity: request.caller,
    ip: request.ip,
  }
}

function parse(schema: z.ZodType | undefined, value: unknown, part: 'path' | 'query' | 'body' | 'headers'): unknown {
  if (!schema) return value
  const result = schema.safeParse(value)
  if (!result.success) throw inputErrorOf(result.error, part)
  return result.data
}

function send(reply: FastifyReply, { schema }: Route, { status, headers = {}, body }: Reply): FastifyReply {
  reply.code(status).headers(headers)
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return reply.send(body)
  const known = schema?.response[status]
  // What the schema does not name does not leave the house.
  const told = known instanceof z.ZodType ? known.parse(body) : body
  return reply.type(headers['content-type'] ?? 'application/json; charset=utf-8').send(JSON.stringify(told))
}
