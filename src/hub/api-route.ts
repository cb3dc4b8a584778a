import type { z } from 'zod'
import type { Role } from '#store/db.ts'
import type { Hub } from './hub.ts'
import type { Identity, Reply, Route, RouteRequest, RouteSchema } from './integration.ts'

type ApiRequest<Params, Query, Body, Headers> = RouteRequest<Params, Query, Body> & {
  identity: Identity
  headers: Headers
}

interface ApiRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Headers extends z.ZodType,
> extends Omit<Route, 'handle' | 'schema'> {
  auth: 'signed_in' | Role
  schema: Omit<RouteSchema, 'params' | 'query' | 'body' | 'headers'> & {
    params?: Params
    query?: Query
    body?: Body
    headers?: Headers
  }
  handle(
    request: ApiRequest<z.output<Params>, z.output<Query>, z.output<Body>, z.output<Headers>>,
    hub: Hub,
  ): Promise<Reply>
}

/**
 * A route of our API, the hub's or an integration's: somebody is always known, and the request has the types of its schemas. `Route`
 * cannot say that a handler's request follows from the schemas beside it, hence the one assertion; what serves the routes parses by
 * them.
 */
export const apiRoute = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Headers extends z.ZodType,
>(
  route: ApiRoute<Params, Query, Body, Headers>,
): Route => ({
  ...route,
  handle: (request, hub) => route.handle(request as ApiRequest<never, never, never, never>, hub),
})

export const ok = (body: unknown): Reply => ({ status: 200, body })
