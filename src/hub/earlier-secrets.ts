import { z } from 'zod'
import { Secret } from '#core/secret.ts'
import { DecryptionError, seal, unseal, type KeyRing } from './encryption.ts'

/** After a rotation the secret before is good for this long. */
export const overlap_ms = 24 * 3_600_000

/**
 * The secrets before the current one, each with the time (epoch ms) until which it is good: sealed together in one column. One without a
 * time was kept when there was only one, as plain text.
 */
const list = z.array(z.object({ secret: z.string(), until: z.number().nullable() }))
type Earlier = z.output<typeof list>[number]

/** What stands in the columns of a row; `boundTo` is what both are sealed with. */
export interface SealedSecrets {
  boundTo: string
  current: Buffer | null
  earlier: Buffer | null
}

/** The secrets that are good now, the current one first. @throws DecryptionError when a key is not here. */
export const goodSecrets = (keys: KeyRing, { boundTo, current, earlier }: SealedSecrets, now: number): Secret[] => [
  ...(current ? [unseal(keys, boundTo, current)] : []),
  ...opened(keys, boundTo, earlier)
    .filter((one) => isGood(one, now))
    .map(({ secret }) => new Secret(secret)),
]

/** Until when the last of the earlier ones is good; null where none is, or a key is not here to tell. */
export function earlierUntil(keys: KeyRing, { boundTo, earlier }: SealedSecrets, now: number): Date | null {
  const good = readable(() => opened(keys, boundTo, earlier).filter((one) => isGood(one, now)))
  return good.length === 0 ? null : new Date(Math.max(...good.map(({ until }) => until ?? now + overlap_ms)))
}

/** The column of the earlier ones after a rotation: the current one joins those that are good for a while yet. */
export function afterRotation(keys: KeyRing, { boundTo, current, earlier }: SealedSecrets, now: number): Buffer | null {
  if (!current) return earlier
  const until = now + overlap_ms
  const kept = readable(() => opened(keys, boundTo, earlier).filter((one) => isGood(one, now)))
  const last = readable(() => [{ secret: unseal(keys, boundTo, current).reveal(), until }])
  const all = [...last, ...kept.map((one) => ({ ...one, until: one.until ?? until }))]
  return seal(keys, boundTo, new Secret(JSON.stringify(all)))
}

const isGood = ({ until }: Earlier, now: number): boolean => until === null || until > now

function opened(keys: KeyRing, boundTo: string, earlier: Buffer | null): Earlier[] {
  if (!earlier) return []
  const text = unseal(keys, boundTo, earlier).reveal()
  return text.startsWith('[{') ? list.parse(JSON.parse(text)) : [{ secret: text, until: null }]
}

/** A secret whose key was lost cannot be kept for later; that must not stand in the way of a new one. */
function readable(open: () => Earlier[]): Earlier[] {
  try {
    return open()
  } catch (error) {
    if (error instanceof DecryptionError) return []
    throw error
  }
}
