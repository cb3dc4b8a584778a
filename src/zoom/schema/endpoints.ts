import { corrections } from './corrections.ts'
import source from './source/zoom-endpoints.json' with { type: 'json' }
import type { ZoomError } from './errors.ts'

/** Zoom's rate-limit label of an operation; `none` counts against nothing. */
export type RateLabel = 'light' | 'medium' | 'heavy' | 'resource-intensive' | 'none'

/** One operation of Zoom's REST API, as https://developers.zoom.us/docs/api/ describes it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/v2`, with its parameters in braces: `/users/{userId}/meetings`. */
  path: string
  /** Zoom's operation id. */
  operation: string
  summary: string
  /** Any one of these, of either family, is enough. */
  classic_scopes: readonly string[]
  granular_scopes: readonly string[]
  rate_limit: RateLabel
  /** The largest `page_size` that is accepted, null where there are no pages. */
  page_size_max: number | null
  notes: string
  /** The HTTP statuses of success. */
  success: readonly number[]
  errors: readonly ZoomError[]
  /** The name of a published sample of the reply. */
  sample: string | null
}

/** All that are known, in the order of the source, corrected. The JSON types are wider than the wire's: method and label are plain strings there. */
export const endpoints: readonly Endpoint[] = (source as readonly Endpoint[]).map((endpoint) => ({
  ...endpoint,
  ...corrections[`${endpoint.method} ${endpoint.path}`]?.right,
}))

/**
 * The operation that is written `GET /users/{userId}`.
 * @throws Error when there is none: a name in the code is wrong, and should be noticed at start.
 */
export function endpointOf(name: string): Endpoint {
  const found = byName.get(name)
  if (!found) throw new Error(`Zoom's API has no operation ${name}`)
  return found
}

/**
 * The operation that a request's method and path (below `/v2`, without query, still percent-encoded) belong to. A literal
 * segment wins over a parameter: `/users/summary` is no user.
 */
export function matchEndpoint(
  method: string,
  path: string,
): { endpoint: Endpoint; params: Record<string, string> } | undefined {
  const parts = path.split('/')
  let best: Pattern | undefined
  for (const pattern of byShape.get(shapeOf(method, parts)) ?? []) {
    if (matches(pattern.parts, parts) && (!best || pattern.literals > best.literals)) best = pattern
  }
  return best && { endpoint: best.endpoint, params: paramsOf(best.parts, parts) }
}

interface Pattern {
  endpoint: Endpoint
  parts: readonly string[]
  literals: number
}

const isParameter = (part: string): boolean => part.startsWith('{')
const shapeOf = (method: string, parts: readonly string[]): string => `${method} ${parts.length}`
const matches = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.every((part, i) => (isParameter(part) ? parts[i] !== '' : part === parts[i]))
const paramsOf = (pattern: readonly string[], parts: readonly string[]): Record<string, string> =>
  Object.fromEntries(pattern.flatMap((part, i) => (isParameter(part) ? [[part.slice(1, -1), parts[i] ?? '']] : [])))

const byName = new Map(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]))
const byShape = Map.groupBy(
  endpoints.map((endpoint): Pattern => {
    const parts = endpoint.path.split('/')
    return { endpoint, parts, literals: parts.filter((part) => !isParameter(part)).length }
  }),
  ({ endpoint, parts }) => shapeOf(endpoint.method, parts),
)
