import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { Secret } from '#core/secret.ts'
import type { ZoomCall, ZoomClient } from '#zoom/client.ts'

export interface Received {
  method: string
  /** As it was sent, still encoded. */
  url: string
  authorization: string | undefined
  body: string
}

/** How the server answers one request: a status with a body (JSON unless it is text) and headers, or by hand. */
export type Answer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | ((response: ServerResponse) => void)

/** Opens a server on a free port for one test, closed with it; its origin comes back. */
export async function listen(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** A stand-in that answers the n-th request with the n-th answer, and the last one from then on; no rule of Zoom's is in it. */
export async function answering(
  t: TestContext,
  ...answers: Answer[]
): Promise<{ origin: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    received.push({ method, url, authorization: headers.authorization, body: await textOf(request) })
    const answer = answers[Math.min(received.length, answers.length) - 1] ?? { status: 500 }
    if (typeof answer === 'function') return answer(response)
    const isText = typeof answer.body === 'string'
    response.writeHead(answer.status, { 'content-type': isText ? 'text/html' : 'application/json', ...answer.headers })
    response.end(isText || answer.body === undefined ? answer.body : JSON.stringify(answer.body))
  })
  return { origin: await listen(t, server), received }
}

export interface TestClient extends ZoomClient {
  calls: ZoomCall[]
  /** Milliseconds of each wait; no time passes in the test. */
  waits: number[]
}

/** A client with the tokens one, two, three; its clock stands, but for the waits. */
export function clientOf(api_base: string, now = Date.UTC(2026, 0, 5, 9)): TestClient {
  const calls: ZoomCall[] = []
  const waits: number[] = []
  const tokens = ['one', 'two', 'three']
  return {
    calls,
    waits,
    api_base,
    runtime: { fetch, now: () => now, sleep: async (ms) => void waits.push(ms) },
    accessToken: async (rejected) => {
      if (rejected) tokens.shift()
      return { access_token: new Secret(tokens[0] ?? ''), api_url: api_base }
    },
    onCall: (call) => void calls.push(call),
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
  return text
}
