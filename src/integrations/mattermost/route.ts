import type { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import type { Identity, Reply, Route, RouteRequest, RouteSchema } from '#hub/integration.ts'

interface Typed<Params extends z.ZodType, Body extends z.ZodType> extends Omit<Route, 'handle' | 'schema'> {
  schema: Omit<RouteSchema, 'params' | 'body'> & { params?: Params; body?: Body }
  handle(
    request: RouteRequest<z.output<Params>, unknown, z.output<Body>> & { identity: Identity },
    hub: Hub,
  ): Promise<Reply>
}

/** A route for somebody who is signed in, whose request has the types of its schemas: what serves it parses by them. */
export const route = <Params extends z.ZodType, Body extends z.ZodType>(typed: Typed<Params, Body>): Route => ({
  ...typed,
  handle: (request, hub) => typed.handle(request as RouteRequest<never, never, never> & { identity: Identity }, hub),
})
