import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** A request as it came, before anyone has looked into its body. */
export interface Incoming {
  /** `GET` also for HEAD, which is answered in the same way, without the body. */
  method: string
  /** Still percent-encoded, without the query and without a slash at the end. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  /** Where the client believes to be: `http://localhost:8081`. */
  base: string
}

/** What is answered. A `body` that is text or bytes goes out as it is, anything else as JSON, none as an empty body. */
export interface Reply {
  status: number
  headers?: Record<string, string | string[]>
  body?: unknown
  /** How the body goes out where a fault wants it otherwise. */
  manner?: { trickle_ms?: number | undefined; truncate?: true | undefined }
}

const largestBody = 1024 * 1024

/**
 * Reads a whole request; nothing comes back for one of more than a mebibyte.
 * @param base the simulator's own, for a client of HTTP/1.0 that names no host
 */
export async function readRequest(request: IncomingMessage, base: string): Promise<Incoming | undefined> {
  const body = await readBody(request)
  if (!body) return
  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?')
  const { host } = request.headers
  const [scheme] = String(request.headers['x-forwarded-proto'] ?? 'http').split(',')
  return {
    method: request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'),
    path: path.replace(/(?<=.)\/$/, ''),
    query: new URLSearchParams(query),
    headers: request.headers,
    body,
    base: host ? `${scheme}://${host}` : base,
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.byteLength
    if (size > largestBody) return
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const splitOnce = (text: string, at: string): string[] => {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

/** Node writes `HTTP/1.1 200 OK` by itself; some clients of Zoom look for exactly that line. */
export function send(response: ServerResponse, { status, headers = {}, body, manner }: Reply): void {
  const whole = bytesOf(body)
  const bytes = manner?.truncate ? whole.subarray(0, Math.floor(whole.byteLength / 2)) : whole
  const type = body === undefined || 'content-type' in headers ? {} : { 'content-type': contentTypeOf(body) }
  const length = status === 204 ? {} : { 'content-length': String(bytes.byteLength) }
  response.writeHead(status, { ...type, ...length, ...headers })
  if (manner?.trickle_ms) void trickle(response, bytes, manner.trickle_ms)
  else response.end(bytes)
}

/** Byte by byte, for as long as the client listens. */
async function trickle(response: ServerResponse, bytes: Uint8Array, every_ms: number): Promise<void> {
  for (const byte of bytes) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await setTimeout(every_ms, undefined, { ref: false })
  }
  response.end()
}

const isRaw = (body: unknown): body is string | Uint8Array => typeof body === 'string' || body instanceof Uint8Array

const bytesOf = (body: unknown): Uint8Array =>
  body === undefined ? Buffer.alloc(0) : Buffer.from(isRaw(body) ? body : JSON.stringify(body))

const contentTypeOf = (body: unknown): string =>
  isRaw(body) ? 'text/plain; charset=utf-8' : 'application/json;charset=UTF-8'

/** The value of a JSON text; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
