import { randomUUID } from 'node:crypto'

/** What an id names is told by its prefix: `mtg_01kq…` is a meeting. */
export const idPrefixes = {
  workspace: 'ws',
  zoomApp: 'zoa',
  connection: 'zoc',
  deletion: 'del',
  meeting: 'mtg',
  person: 'per',
  place: 'plc',
  placement: 'pla',
  key: 'key',
  event: 'evt',
  hubEvent: 'hev',
  gap: 'gap',
  recording: 'rec',
  summary: 'sum',
  attendance: 'att',
  pass: 'pas',
  bot: 'bot',
  subscription: 'sub',
  delivery: 'dlv',
  trial: 'tri',
  lease: 'lic',
  meetingImport: 'imp',
  replay: 'rpl',
  invitation: 'inv',
  view: 'viw',
} as const

export type IdKind = keyof typeof idPrefixes

/**
 * A new id: the prefix, 50 bits of time in Crockford's base 32, and 80 random bits in hex. Ids of one kind sort by the
 * millisecond they were made in, as ULIDs do (https://github.com/ulid/spec).
 */
export function newId(kind: IdKind, now: number): string {
  // randomUUID keeps random bytes in store, which makes it many times cheaper than asking for ten at a time.
  const uuid = randomUUID()
  return `${idPrefixes[kind]}_${timePart(now)}${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(28)}`
}

/** Behind every id of this kind that was made before a time, and before all others. */
export const firstIdOf = (kind: IdKind, time: number): string => `${idPrefixes[kind]}_${timePart(time)}`

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

function timePart(now: number): string {
  let text = ''
  for (let rest = now, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) text = alphabet[rest % 32] + text
  return text
}
