/**
 * The UUID of an instance out of a path. One that begins with a slash or holds two in a row must have been encoded twice;
 * encoded once it is not found, as at Zoom. Encoding twice is right for every UUID.
 * @returns undefined when the UUID was not encoded as it must be.
 */
export function readUuid(encoded: string): string | undefined {
  const once = decode(encoded)
  if (once?.includes('%')) return decode(once)
  return once !== undefined && /^\/|\/\//.test(once) ? undefined : once
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
