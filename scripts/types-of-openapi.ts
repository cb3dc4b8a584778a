import type { OpenApi, Operation } from '#http/openapi.ts'

type JsonSchema = OpenApi['components']['schemas'][string]

/**
 * TypeScript for an OpenAPI document: each named schema as a type of that name, and `Routes`, which says for `GET /api/v1/meetings/{id}`
 * what goes in (`params`, `query`, `headers`, `body`) and what comes out (`answer`). It knows the part of JSON Schema that our
 * own schemas use, and throws at the rest.
 */
export function typesOf({ components, paths }: OpenApi): string {
  const types = Object.entries(components.schemas).map(([name, schema]) => declaration(name, schema))
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(
      ([method, operation]) =>
        `${comment(operation.summary, 1)}  '${method.toUpperCase()} ${path}': ${route(operation)}\n`,
    ),
  )
  return `// Made from openapi.json by npm run generate.\n\n${types.join('\n')}\nexport interface Routes {\n${routes.join('')}}\n`
}

function declaration(name: string, schema: JsonSchema): string {
  const text = typeOf(schema, 0)
  const words = comment(schema.description, 0)
  return text.startsWith('{') ? `${words}export interface ${name} ${text}\n` : `${words}export type ${name} = ${text}\n`
}

function route({ parameters = [], requestBody, responses }: Operation): string {
  const parts: string[] = []
  for (const [part, place] of [
    ['params', 'path'],
    ['query', 'query'],
    ['headers', 'header'],
  ] as const) {
    const own = parameters.filter((parameter) => parameter.in === place)
    if (own.length === 0) continue
    const fields = own.map(({ name, required, description, schema }) =>
      field(name, required, { ...schema, ...(description ? { description } : {}) }, 3),
    )
    parts.push(`    ${part}${own.some(({ required }) => required) ? '' : '?'}: {\n${fields.join('')}    }\n`)
  }
  const body = requestBody?.content['application/json']?.schema
  if (body) parts.push(`    body${requestBody.required ? '' : '?'}: ${typeOf(body, 2)}\n`)
  parts.push(`    answer: ${answer(responses)}\n`)
  return `{\n${parts.join('')}  }`
}

function answer(responses: Operation['responses']): string {
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
  const schema = good?.content?.['application/json']?.schema
  if (schema) return typeOf(schema, 2)
  return good?.content ? 'string' : 'undefined'
}

function typeOf(schema: JsonSchema, depth: number): string {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.enum) return schema.enum.map(literal).join(' | ')
  if (schema.const !== undefined) return literal(schema.const)
  const options = schema.anyOf ?? schema.oneOf
  if (options) return options.map((option) => typeOf(option as JsonSchema, depth)).join(' | ')
  if (schema.allOf?.length === 1) return typeOf(schema.allOf[0] as JsonSchema, depth)
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeOf({ ...schema, type } as JsonSchema, depth)).join(' | ')
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return arrayOf(typeOf(schema.items as JsonSchema, depth))
    case 'object':
      return object(schema, depth)
    case undefined:
      return 'unknown'
    default:
      throw new Error(`No TypeScript is known for ${JSON.stringify(schema)}`)
  }
}

function object({ properties, required = [], additionalProperties }: JsonSchema, depth: number): string {
  if (!properties)
    return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties, depth) : 'unknown'}>`
  const fields = Object.entries(properties).map(([name, schema]) =>
    field(name, required.includes(name), schema as JsonSchema, depth + 1),
  )
  return `{\n${fields.join('')}${'  '.repeat(depth)}}`
}

const field = (name: string, required: boolean, schema: JsonSchema, depth: number): string =>
  `${comment(schema.description, depth)}${'  '.repeat(depth)}${/^\w+$/.test(name) ? name : `'${name}'`}${required ? '' : '?'}: ${typeOf(schema, depth)}\n`

const arrayOf = (item: string): string => (/^[\w.]+$/.test(item) ? `${item}[]` : `Array<${item}>`)

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))

const comment = (text: string | undefined, depth: number): string =>
  text ? `${'  '.repeat(depth)}/** ${text} */\n` : ''
