/** Bytes that are not the JSON that was asked for; the message says what is wrong with them. */
export class JsonError extends Error {
  override name = 'JsonError'
}

/** No published Zoom payload is deeper than ten levels; a hundred leaves room, and keeps recursion out of reach. */
const deepest = 100

/**
 * Parses JSON without losing what JSON.parse loses: an integer beyond 2^53 comes back as its own digits, as text. A key
 * that stands twice counts with its last value (RFC 8259 section 4 leaves it open; JSON.parse does so, too), and
 * `__proto__` is a key like any other.
 * @throws JsonError when the text is no JSON or is nested deeper than a hundred levels.
 */
export function parseJson(text: string): unknown {
  if (depth(text) > deepest) throw new JsonError(`nested deeper than ${deepest} levels`)
  try {
    return longNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch (error) {
    throw new JsonError('not valid JSON', { cause: error })
  }
}

const longNumber = /[[:,\s]-?\d{16}/

/** The third argument is ECMAScript's "JSON.parse source text access", which Node 24 has and lib.d.ts has not. */
const keepDigits = (_key: string, value: unknown, ...[context]: { source?: string }[]): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
    ? context?.source
    : value

function depth(text: string): number {
  let [level, deepestSeen, inString] = [0, 0, false]
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 0x5c) i++
      else if (c === 0x22) inString = false
    } else if (c === 0x22) inString = true
    else if (c === 0x7b || c === 0x5b) deepestSeen = Math.max(deepestSeen, ++level)
    else if (c === 0x7d || c === 0x5d) level--
  }
  return deepestSeen
}
