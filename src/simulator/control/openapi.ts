import { z } from 'zod'
import type { ControlRoute } from './route.ts'

/** The control API in OpenAPI 3.1, made from its routes. */
export const openapi = (routes: ControlRoute[], base: string): object => ({
  openapi: '3.1.0',
  info: {
    title: 'Zoom simulator: control API',
    version: '1',
    description:
      'Everything that happens to the simulated Zoom from outside. `?wait=1` on any request answers when no webhook is on its way any more.',
  },
  servers: [{ url: base }],
  paths: Object.fromEntries(
    Object.entries(Object.groupBy(routes, ({ path }) => path)).map(([path, here = []]) => [
      `/_${path}`,
      Object.fromEntries(here.map((route) => [route.method.toLowerCase(), operation(route)])),
    ]),
  ),
})

function operation({ path, summary, body, query = {} }: ControlRoute): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries({ ...query, wait: '1: answer when no webhook is on its way any more' }).map(
    ([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }),
  )
  return {
    summary,
    parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: { '2XX': { description: 'Done' }, '4XX': { description: 'Not done; `error` says why' } },
  }
}

/** Without its `$schema`, which OpenAPI 3.1 has for the whole document. */
function schemaOf(body: z.ZodType): object {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(body, { io: 'input' })
  return schema
}
