import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { Route, RouteSchema } from '#hub/integration.ts'
import './components.ts'
import { problem } from './problem.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema
type Schemas = Record<string, JsonSchema>

export interface Operation {
  summary: string
  description?: string
  tags?: string[]
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: JsonSchema }[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: JsonSchema }> }>
}

export interface OpenApi {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  servers: { url: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Schemas; securitySchemes: Record<string, Record<string, string>> }
}

/**
 * The documentation of the routes that have a schema (https://spec.openapis.org/oas/v3.1.0). It comes out of the routes alone:
 * neither a server nor a database is needed. `server` is where they are reached, an address or a path.
 */
export function openApi(routes: readonly Route[], server: string): OpenApi {
  const schemas: Schemas = {}
  const paths: OpenApi['paths'] = {}
  for (const route of routes) {
    if (!route.schema) continue
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, route.schema, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Greenroom',
      version: '1',
      description: 'Zoom apps, meetings, sessions and attendance. Every error is application/problem+json (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths,
    components: { schemas: sorted(schemas), securitySchemes },
  }
}

const securitySchemes = {
  api_key: {
    type: 'http',
    scheme: 'bearer',
    description: '`Authorization: Bearer gr_…` (or `Token gr_…`), made by `greenroom key create`',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'greenroom.session_token',
    description: 'Who is signed in to the console',
  },
}

function operation(route: Route, schema: RouteSchema, schemas: Schemas): Operation {
  const parameters = [
    ...parametersOf(schema.params, 'path', schemas),
    ...parametersOf(schema.query, 'query', schemas),
    ...parametersOf(schema.headers, 'header', schemas),
  ]
  return {
    summary: schema.summary,
    ...(route.auth === 'public' || route.auth === 'signed_in'
      ? {}
      : { description: `Needs the role ${route.auth} or a higher one.` }),
    ...(schema.tags ? { tags: schema.tags } : {}),
    security: route.auth === 'public' ? [] : [{ api_key: [] }, { session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(schema.body
      ? {
          requestBody: {
            required: !schema.body.safeParse(undefined).success,
            content: json(schema.body, 'input', schemas),
          },
        }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(schema.response).map(([status, answer]) => [status, response(status, answer, schemas)]),
      ),
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: jsonSchema(problem, 'output', schemas) } },
      },
    },
  }
}

function response(
  status: string,
  answer: RouteSchema['response'][number],
  schemas: Schemas,
): Operation['responses'][string] {
  if (!(answer instanceof z.ZodType)) {
    return { description: answer.description, content: { [answer.contentType]: { schema: { type: 'string' } } } }
  }
  const description = answer.description ?? STATUS_CODES[status] ?? ''
  return answer instanceof z.ZodUndefined ? { description } : { description, content: json(answer, 'output', schemas) }
}

const json = (schema: z.ZodType, io: 'input' | 'output', schemas: Schemas) => ({
  'application/json': { schema: jsonSchema(schema, io, schemas) },
})

function parametersOf(
  schema: z.ZodType | undefined,
  place: string,
  schemas: Schemas,
): NonNullable<Operation['parameters']> {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', schemas)
  const own = Object.entries(properties).filter(([name]) => !implied.includes(name))
  return own.map(([name, property]) => {
    const { description, ...rest } = property as JsonSchema
    return { name, in: place, required: required.includes(name), ...(description ? { description } : {}), schema: rest }
  })
}

/** Headers that every request has anyway (https://spec.openapis.org/oas/v3.1.0#parameter-object). */
const implied = ['accept', 'content-type', 'authorization']

/** The JSON Schema of `schema`; what has a name is put into `schemas` and referred to. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): JsonSchema {
  const made = z.toJSONSchema(schema, { io, override: ({ jsonSchema: part }) => opened(part, io) })
  const { $schema: _, $defs = {}, ...whole } = referring(made)
  for (const [name, { id: _id, ...definition }] of Object.entries($defs)) schemas[name] = definition
  return whole
}

/** An answer may get more fields some day; only requests are held to what is known. */
function opened(part: JsonSchema, io: 'input' | 'output'): void {
  if (io === 'output' && part.additionalProperties === false) delete part.additionalProperties
}

const referring = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema

const sorted = (schemas: Schemas): Schemas =>
  Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
