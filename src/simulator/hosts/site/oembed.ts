import { discover } from './discovery.ts'
import { sandboxed } from './filter.ts'
import { NotAsked, safeRequest } from './safe-request.ts'
import type { Embed, Site } from './state.ts'

/** A post's text is this wide; a card may be half as high again. */
const [maxwidth, maxheight] = ['500', '750']

/** What an address in a post becomes. It is asked once, when the post is saved, and the answer is kept, also a bad one. */
export async function embed(site: Site, address: string): Promise<Embed> {
  try {
    const html = await htmlOf(site, await discover(site, address), address)
    return { html: sandboxed(html), reason: undefined }
  } catch (error) {
    if (error instanceof NotAsked) return { html: undefined, reason: error.message }
    throw error
  }
}

async function htmlOf(site: Site, href: string, address: string): Promise<string> {
  const asked = new URL(href)
  for (const [name, value] of Object.entries({ maxwidth, maxheight, url: address, dnt: '1', format: 'json' }))
    asked.searchParams.set(name, value)
  const { status, text } = await safeRequest(site, asked.href)
  if (status === 501) throw new NotAsked('the card is not spoken in JSON, and this site reads no XML')
  if (status !== 200) throw new NotAsked(`the card answers ${status}`)
  const card = objectIn(text)
  if (card['type'] !== 'rich' && card['type'] !== 'video')
    throw new NotAsked(`a card of the type ${String(card['type'])}`)
  if (typeof card['html'] !== 'string' || typeof card['title'] !== 'string') throw new NotAsked('the card has no html')
  return card['html']
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Not JSON: told as the same.
  }
  throw new NotAsked('the card is no JSON object')
}
