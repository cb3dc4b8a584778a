import { randomBytes, randomInt } from 'node:crypto'

/** A user's id: 22 characters of base64url. */
export const newUserId = (): string => randomBytes(16).toString('base64url')

/** A meeting number of eleven digits that nobody has yet. */
export function newMeetingId(taken: ReadonlyMap<string, unknown>): number {
  for (;;) {
    const id = 80_000_000_000 + randomInt(9_999_999_999)
    if (!taken.has(String(id))) return id
  }
}

/** A personal meeting id: ten digits. */
export const newPmi = (): number => 2_000_000_000 + randomInt(7_999_999_999)

/**
 * The UUID of one instance: base64 of 16 bytes. An awkward one begins with a slash and holds two in a row, so that a
 * client that does not encode it twice is found out on the first try and not on every thirtieth.
 */
export function newUuid(awkward: boolean): string {
  const bytes = randomBytes(16)
  if (awkward) bytes.set([0xff, 0xff, 0xff])
  return bytes.toString('base64')
}

/** A passcode as Zoom makes them when none is asked for. */
export const newPasscode = (): string => randomBytes(5).toString('base64url').slice(0, 6)

/** A long random text without meaning: codes, encrypted passcodes, paging tokens. */
export const newToken = (bytes = 24): string => randomBytes(bytes).toString('base64url')
