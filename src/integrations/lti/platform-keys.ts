import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import { askPlatform } from './ask-platform.ts'
import type { Platform } from './platforms.ts'

interface Fetched {
  keys: JSONWebKeySet
  at: number
}

/** Keys are looked at again after a day; one that is not known sooner, but not more often than this: anybody can name one. */
const freshFor_ms = 86_400_000
const again_ms = 10_000

const cached = new WeakMap<Hub['runtime'], Map<string, Fetched>>()

/** The keys of a platform, fetched when needed; a key that is new there is found without a restart here. */
export const keysOf =
  (hub: Hub, platform: Platform): JWTVerifyGetKey =>
  async (header, token) => {
    const all = cached.get(hub.runtime) ?? new Map<string, Fetched>()
    cached.set(hub.runtime, all)
    const now = hub.runtime.now()
    const held = all.get(platform.jwks_uri)
    const isKnown = held?.keys.keys.some(({ kid }) => kid === header.kid)
    const stale = !held || now - held.at > freshFor_ms || (!isKnown && now - held.at > again_ms)
    const fetched = stale ? { keys: await fetchKeys(hub, platform), at: now } : held
    all.set(platform.jwks_uri, fetched)
    return createLocalJWKSet(fetched.keys)(header, token)
  }

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** Asks the platform for its keys, however fresh those are that are held. @throws as askPlatform, ZodError for what is no key set. */
export async function fetchKeys(hub: Hub, platform: Platform): Promise<JSONWebKeySet> {
  const answer = await askPlatform(hub, platform, platform.jwks_uri)
  return keySet.parse(await answer.json()) as JSONWebKeySet
}
