import type { z } from 'zod'
import type { Runtime } from '#core/runtime.ts'
import type { Secret } from '#core/secret.ts'
import { callOrigin } from './base.ts'
import { ZoomApiError, ZoomUnreachableError } from './errors.ts'
import type { ZoomPath } from './path.ts'
import type { Reply } from './reply.ts'
import { readReply, refusalOf, unexpected } from './reply.ts'
import { repeatAfter, tokenRefused } from './repeat.ts'
import type { Endpoint, RateLabel } from './schema/endpoints.ts'
import { matchEndpoint } from './schema/endpoints.ts'
import { unreachable } from './unreachable.ts'

/** Who calls: a connection's tokens, a Zoom, the world. */
export interface ZoomClient {
  runtime: Pick<Runtime, 'fetch' | 'now' | 'sleep'>
  api_base: string
  /** The token to call with. `rejected` was refused by Zoom just now: hand over another. */
  accessToken(rejected?: Secret): Promise<{ access_token: Secret; api_url: string }>
  /** Awaited before every request goes out, repeats included; what it throws is thrown, and nothing is sent. */
  admit?(call: AskedCall): Promise<void>
  /** Told of every request that `admit` let go out, repeats included, and of what it failed with. */
  onCall?(
    call: ZoomCall,
    asked: AskedCall,
    failure: ZoomApiError | ZoomUnreachableError | undefined,
  ): void | Promise<void>
  /** How long, in ms, a limit that names its end is waited for at most; 10 000 when absent. */
  longest_wait_ms?: number
  /** How long one request may take; 15 000 when absent. */
  timeout_ms?: number
}

/** A request that is about to go out. */
export interface AskedCall {
  method: Method
  /** As documented, `/users/{userId}`: without ids and e-mail addresses. */
  path: string
  /** As sent, with them. */
  target: string
  label: RateLabel
  body: object | undefined
}

export interface ZoomCall extends Omit<AskedCall, 'target' | 'body'> {
  /** 0 when no reply came. */
  status: number
  duration_ms: number
  /** What Zoom says of the rate limit that the call counted against. */
  rate: { category: string | undefined; limit: number | undefined; remaining: number | undefined }
  tracking_id: string | undefined
}

export type Method = Endpoint['method']

/** Keys without a value are left out. */
export type ZoomQuery = Record<string, string | number | boolean | undefined>

export interface ZoomRequest {
  method: Method
  path: ZoomPath
  query?: ZoomQuery
  /** Sent as JSON. */
  body?: object
}

/**
 * One call to Zoom's REST API. A token that Zoom refuses (401) is replaced once; what may be repeated is repeated a few
 * times, see repeat.ts; the reply is read by `schema`, and an empty one as undefined.
 * @throws ZoomApiError, ZoomRateLimitError, ZoomUnreachableError, and what `accessToken` throws.
 */
export async function request<Schema extends z.ZodType>(
  client: ZoomClient,
  call: ZoomRequest,
  schema: Schema,
): Promise<z.output<Schema>> {
  const endpoint = matchEndpoint(call.method, call.path)?.endpoint
  let rejected: Secret | undefined
  let mayBeDone = false
  for (let tries = 1; ; tries++) {
    const { access_token, api_url } = await client.accessToken(rejected)
    const sent = await attempt(client, call, endpoint, access_token, api_url)
    if (!(sent instanceof Error)) return readBody(sent, schema)
    if (call.method === 'DELETE' && mayBeDone && sent instanceof ZoomApiError && sent.status === 404)
      return schema.parse(undefined)
    if (tokenRefused(sent) && !rejected) {
      rejected = access_token
      continue
    }
    const wait_ms = repeatAfter(sent, {
      method: call.method,
      tries,
      now: client.runtime.now(),
      longest_wait_ms: client.longest_wait_ms,
    })
    if (wait_ms === undefined) throw sent
    mayBeDone ||= sent instanceof ZoomUnreachableError ? sent.outcome === 'unknown' : sent.status >= 500
    await client.runtime.sleep(wait_ms)
  }
}

/** Sends once. Failures are returned, because whether they are final is decided elsewhere. */
async function attempt(
  client: ZoomClient,
  call: ZoomRequest,
  endpoint: Endpoint | undefined,
  access_token: Secret,
  api_url: string,
): Promise<Reply | ZoomApiError | ZoomUnreachableError> {
  const asked: AskedCall = {
    method: call.method,
    path: endpoint?.path ?? call.path,
    target: call.path,
    label: endpoint?.rate_limit ?? 'none',
    body: call.body,
  }
  await client.admit?.(asked)
  const started_at = client.runtime.now()
  const reply = await send(client, call, access_token, callOrigin(client.api_base, api_url))
  const duration_ms = client.runtime.now() - started_at
  const sent = reply instanceof Error ? reply : (refusalOf(reply, endpoint, client.runtime.now()) ?? reply)
  const { method, path, label } = asked
  const answered =
    reply instanceof Error ? noReply : { status: reply.status, rate: reply.rate, tracking_id: reply.tracking_id }
  await client.onCall?.(
    { method, path, label, duration_ms, ...answered },
    asked,
    sent instanceof Error ? sent : undefined,
  )
  return sent
}

const noReply = {
  status: 0,
  rate: { category: undefined, limit: undefined, remaining: undefined },
  tracking_id: undefined,
}

async function send(
  client: ZoomClient,
  call: ZoomRequest,
  access_token: Secret,
  origin: string,
): Promise<Reply | ZoomUnreachableError> {
  const timeout_ms = client.timeout_ms ?? 15_000
  const headers: Record<string, string> = {
    authorization: `Bearer ${access_token.reveal()}`,
    accept: 'application/json',
  }
  if (call.body) headers['content-type'] = 'application/json'
  try {
    const response = await client.runtime.fetch(`${origin}/v2${call.path}${queryString(call.query)}`, {
      method: call.method,
      headers,
      body: call.body ? JSON.stringify(call.body) : null,
      redirect: 'manual', // the API has none; following one would carry a POST elsewhere
      signal: AbortSignal.timeout(timeout_ms),
    })
    return await readReply(response)
  } catch (error) {
    return unreachable(origin, error, timeout_ms)
  }
}

function queryString(query: ZoomQuery = {}): string {
  const given = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined) given.set(key, String(value))
  return given.size ? `?${given.toString()}` : ''
}

function readBody<Schema extends z.ZodType>(reply: Reply, schema: Schema): z.output<Schema> {
  const read = schema.safeParse(reply.body)
  if (read.success) return read.data
  throw unexpected(reply, read.error)
}
