import { matchEndpoint } from '#zoom/schema/endpoints.ts'
import { now } from './clock.ts'
import { bearer } from './gateway.ts'
import type { Incoming } from './http.ts'
import { clientIdOf } from './oauth.ts'
import type { CallCounts, World } from './state.ts'

/** So many calls are remembered; the counts go on. */
const most = 10_000

export const noCalls = (): CallCounts => ({ total: 0, oauth: 0, v2: 0, by_label: {} })

/** Remembers one request that Zoom received; status 0 stands for a connection that was cut. */
export function recordCall(world: World, incoming: Incoming, app: string | undefined, status: number): void {
  const isApi = incoming.path.startsWith('/v2/')
  const endpoint = isApi ? matchEndpoint(incoming.method, incoming.path.slice('/v2'.length))?.endpoint : undefined
  const label = endpoint?.rate_limit
  const { call_counts, calls } = world
  call_counts.total++
  call_counts[isApi ? 'v2' : 'oauth']++
  if (label) call_counts.by_label[label] = (call_counts.by_label[label] ?? 0) + 1
  calls.push({
    at: new Date(now(world.clock)).toISOString(),
    method: incoming.method,
    path: incoming.path,
    query: isApi ? incoming.query.toString() : '',
    body: isApi ? jsonOf(incoming.body) : undefined,
    operation: endpoint?.operation,
    label,
    app,
    status,
  })
  if (calls.length > most) calls.shift()
}

/** undefined for nothing, and for what is not JSON. */
function jsonOf(body: Uint8Array): unknown {
  if (body.byteLength === 0) return undefined
  try {
    return JSON.parse(Buffer.from(body).toString())
  } catch {
    return undefined
  }
}

/** The app that a request comes from, by its token or its Basic authorization. */
export async function callerOf(world: World, incoming: Incoming): Promise<string | undefined> {
  const token = bearer(incoming.headers.authorization)
  return token === undefined ? await clientIdOf(incoming) : world.access_tokens.get(token)?.client_id
}
