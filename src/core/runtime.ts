import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'

/** The world, handed in at the front door: time in epoch milliseconds, randomness, the network. */
export interface Runtime {
  now: () => number
  random(bytes: number): Uint8Array
  fetch: typeof fetch
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** The real world; the network is left to the caller, because every outgoing request passes a guard. */
export const realWorld = (network: typeof fetch): Runtime => ({
  now: Date.now,
  random: randomBytes,
  fetch: network,
  sleep: (ms, signal) => setTimeout(ms, undefined, signal ? { signal } : undefined),
})
