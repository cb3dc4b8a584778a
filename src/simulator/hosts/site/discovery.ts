import { NotAsked, safeRequest } from './safe-request.ts'
import type { Site } from './state.ts'

/** The two ways an oEmbed answer may be spelled; JSON is preferred. */
const types: Record<string, 'json' | 'xml'> = {
  'application/json+oembed': 'json',
  'text/xml+oembed': 'xml',
  'application/xml+oembed': 'xml',
}

/**
 * Where a page says that its card is: a `<link>` in its head, in the first 150 KB.
 * https://oembed.com/#section4
 * @throws NotAsked when there is none.
 */
export async function discover(site: Site, address: string): Promise<string> {
  const { status, text } = await safeRequest(site, address)
  if (status !== 200) throw new NotAsked(`the page answers ${status}`)
  const end = text.search(/<\/head>/i)
  const head = end < 0 ? text : text.slice(0, end)
  const found: Partial<Record<'json' | 'xml', string>> = {}
  for (const [, inside = ''] of head.matchAll(/<link([^<>]+?)\/?>/gi)) {
    const { type = '', href } = attributesOf(inside)
    const format = types[type]
    if (format && href) found[format] ??= plain(href)
  }
  const href = found.json ?? found.xml
  if (!href) throw new NotAsked('the page names no card')
  return href
}

/** `name="value"` pairs of a tag, as they are written. */
export const attributesOf = (tag: string): Record<string, string> =>
  Object.fromEntries(
    [...tag.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', a, b]) => [
      name.toLowerCase(),
      a ?? b ?? '',
    ]),
  )

/** As `htmlspecialchars_decode` reads: five characters by name, numbered ones not. */
const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#039;', "'")
    .replaceAll('&amp;', '&')
