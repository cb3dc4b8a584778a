import { z } from 'zod'
import type { Role } from '#store/db.ts'
import type { Hub } from '#hub/hub.ts'
import type { Identity, Reply, Route, RouteRequest } from '#hub/integration.ts'
import { checked } from './checked.ts'
import { toldRefusal } from './refusal.ts'

/** A parameter that was given twice is a list. */
export type Query = Record<string, string | string[] | undefined>

/** What a handler of this API is given: somebody is always known, and the body is what the schema says. */
export type BotsRequest<Body = unknown> = RouteRequest<Record<string, string>, Query, Body> & {
  identity: Identity
}

interface BotsRoute<Body extends z.ZodType> {
  method: Route['method']
  path: string
  auth: Role
  summary: string
  tag: string
  /** What is said when the object is not there, or is another workspace's. */
  missing: string
  /** The parameters of the query, for the documentation. */
  query?: z.ZodObject
  body?: Body
  /** The status of success, and what is answered then. */
  answers: [status: number, schema: z.ZodType]
  handle(request: BotsRequest<z.output<Body>>, hub: Hub): Promise<unknown>
}

/** A route that speaks like the API it stands in for: its words for errors, its checks of what is sent. */
export function botsRoute<Body extends z.ZodType>(route: BotsRoute<Body>): Route {
  const { method, path, auth, body, missing, answers } = route
  const [status, answer] = answers
  return {
    method,
    path,
    auth,
    schema: {
      summary: route.summary,
      tags: [route.tag],
      ...(path.includes(':id') ? { params: z.object({ id: z.string() }) } : {}),
      ...(route.query ? { query: documented(route.query) } : {}),
      ...(body ? { body: documented(body) } : {}),
      response: {
        [status]: answer,
        401: z.object({ detail: z.string() }),
        ...(body || route.query ? { 400: refused } : {}),
        ...(path.includes(':id') ? { 404: refused } : {}),
      },
    },
    problem: (error, _hub, headers) => toldRefusal(error, headers, missing),
    handle: async (request: RouteRequest, hub): Promise<Reply> => {
      // A body that was left out says nothing about any field.
      const given = body ? checked(body, request.body === undefined ? {} : request.body) : undefined
      return { status, body: await route.handle({ ...request, body: given } as BotsRequest<z.output<Body>>, hub) }
    },
  }
}

const refused = z
  .record(z.string(), z.unknown())
  .describe('`error` with a sentence, or for each field that is wrong a list of sentences')

/** Says what the schema says, and lets everything through: the check comes after it, in the words of this API. */
function documented(schema: z.ZodType): z.ZodType {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return z.unknown().meta(json)
}

/** Success without anything to say. */
export const empty = z.undefined()
