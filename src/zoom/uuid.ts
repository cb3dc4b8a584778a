/**
 * A meeting UUID as one segment of a path. It is base64 and may hold `/`; one that starts with `/` or holds `//` has to be
 * encoded twice, because Zoom decodes the path once before it splits it: https://developers.zoom.us/docs/api/meetings/
 */
export function uuidPath(uuid: string): string {
  const encoded = encodeURIComponent(uuid)
  return /^\/|\/\//.test(uuid) ? encodeURIComponent(encoded) : encoded
}
