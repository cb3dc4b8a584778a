import type { Config } from '#config.ts'
import { createOutgoing } from '#hub/outgoing.ts'

/** The way to a hub and a simulator that whoever typed the command named. */
export const networkTo = (config: Config, ...origins: string[]): typeof fetch => createOutgoing(config.proxies)(origins)
