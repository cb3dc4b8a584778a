import { randomBytes } from 'node:crypto'

/** What an id names is told by its prefix: `mtg_01kq…` is a meeting. */
export const idPrefixes = {
  workspace: 'ws',
  zoomApp: 'zoa',
  connection: 'zoc',
  meeting: 'mtg',
  person: 'per',
  place: 'plc',
  placement: 'pla',
  key: 'key',
  event: 'evt',
  hubEvent: 'hev',
  recording: 'rec',
  attendance: 'att',
} as const

export type IdKind = keyof typeof idPrefixes

/**
 * A new id: the prefix, then 48 bits of time and 80 random bits in Crockford's base 32, lower case. Ids of one kind sort
 * by the millisecond they were made in (https://github.com/ulid/spec).
 */
export function newId(kind: IdKind, now: number, random: (bytes: number) => Uint8Array = randomBytes): string {
  let bits = BigInt(now) << 80n
  for (const [index, byte] of random(10).entries()) bits |= BigInt(byte) << BigInt(8 * index)
  let text = ''
  for (let place = 0; place < 26; place++, bits >>= 5n) text = alphabet[Number(bits & 31n)] + text
  return `${idPrefixes[kind]}_${text}`
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
