import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { InputError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { allow, identify, type Caller } from './identity.ts'
import { inputErrorOf } from './problem.ts'
import { readBytes, readJson, type ReceivedBody } from './received-body.ts'
import type { SignIn } from './sign-in.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

/** Serves routes: who is it, may they, is it what the schema says, the handler, is the answer what the schema says. */
export function serveRoutes(scope: FastifyInstance, routes: readonly Route[], hub: Hub, signIn: SignIn): void {
  scope.decorateRequest('caller', undefined)
  for (const route of routes) {
    void scope.register(async (own) => {
      if (route.rawBody) readBytes(own)
      else readJson(own)
      serveRoute(own, route, hub, signIn)
    })
  }
}

function serveRoute(scope: FastifyInstance, route: Route, hub: Hub, signIn: SignIn): void {
  const { auth } = route
  scope.route({
    method: route.method,
    url: route.path,
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    // Before the body is read: a stranger's megabyte is not worth parsing.
    onRequest: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      if (route.frame) reply.removeHeader('x-frame-options').header('content-security-policy', framedPolicy)
      if (auth === 'public') return
      request.caller = await identify(hub, signIn, request)
      allow(request.caller, auth)
    },
    // Another product's contract keeps its own words for what goes wrong.
    errorHandler: (error, request, reply) => {
      const told = route.problem?.(error, hub, request.headers)
      if (!told) throw error
      if (told.status >= 500) hub.log.error({ err: error, url: route.path }, 'a request failed')
      return send(reply, route, told)
    },
    handler: async (request, reply) =>
      send(reply, route, await route.handle(parsed(request, route) as RouteRequest<never, never, never>, hub)),
  })
}

const framedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'"

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
  if (nul.test(JSON.stringify(value) ?? '')) {
    throw new InputError(`The ${part} holds the character NUL`, [
      { field: part, message: 'may not hold the character NUL' },
    ])
  }
  const result = schema.safeParse(value)
  if (!result.success) throw inputErrorOf(result.error, part)
  return result.data
}

/** PostgreSQL's text cannot hold it, and nobody means it. In JSON it is \\u0000 behind an even number of backslashes. */
const nul = /(?<!\\)(?:\\\\)*\\u0000/

function send(reply: FastifyReply, { schema }: Route, { status, headers = {}, body }: Reply): FastifyReply {
  reply.code(status).headers(headers)
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return reply.send(body)
  const known = schema?.response[status]
  // What the schema does not name does not leave the house.
  const told = known instanceof z.ZodType ? known.parse(body) : body
  return reply.type(String(headers['content-type'] ?? 'application/json; charset=utf-8')).send(JSON.stringify(told))
}
