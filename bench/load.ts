import { Agent, request } from 'node:http'
import autocannon from 'autocannon'
import type { SignedEvent } from './signed-events.ts'

export const connections = 256

/**
 * Sends each event once over 256 connections, as fast as the answers come, and returns events per second. The requests are
 * signed and built before the clock starts. @throws when one was not answered with 200.
 */
export async function rateOf(url: string, events: readonly SignedEvent[]): Promise<number> {
  const { pathname } = new URL(url)
  const share = events.length / connections
  if (!Number.isInteger(share)) throw new Error(`events must be a multiple of ${connections}`)
  const left = [...events]
  const setupClient = (client: autocannon.Client) =>
    client.setRequests(
      left.splice(0, share).map(({ body, headers }) => ({ method: 'POST' as const, path: pathname, headers, body })),
    )
  return new Promise((resolve, reject) => {
    let [began, last, answered] = [0, 0, 0]
    const options = { url, connections, amount: events.length, setupClient, sampleInt: 100, excludeErrorStats: true }
    const running = autocannon(options, (error: Error | null, result) => {
      if (error) return reject(error)
      const good = result['2xx']
      if (good !== events.length || answered !== events.length)
        return reject(
          new Error(`${url}: ${good} of ${events.length} events were answered with 200, ${result.errors} failed`),
        )
      return resolve(answered / ((last - began) / 1000))
    })
    running.on('start', () => (began = performance.now()))
    running.on('response', () => {
      answered++
      last = performance.now()
    })
  })
}

/** Sends each event once, 256 at a time, and tells of each that was acknowledged; what fails is left. */
export async function send(
  url: string,
  events: readonly SignedEvent[],
  acknowledged: (event: SignedEvent) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const queue = events.values()
  const sendOne = async (): Promise<void> => {
    for (const event of queue) if ((await post(agent, url, event)) === 200) acknowledged(event)
  }
  await Promise.all(Array.from({ length: connections }, sendOne))
  agent.destroy()
}

const post = (agent: Agent, url: string, { body, headers }: SignedEvent): Promise<number> =>
  new Promise((resolve) => {
    const sending = request(url, {
      agent,
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    })
    sending.on('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    sending.on('error', () => resolve(0))
    sending.end(body)
  })
