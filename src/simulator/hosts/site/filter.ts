import { randomInt } from 'node:crypto'
import { attributesOf } from './discovery.ts'
import { NotAsked } from './safe-request.ts'

/** All that a stranger's card may consist of. */
const kept = new Map<string, readonly string[]>([
  ['a', ['href']],
  ['blockquote', []],
  ['iframe', ['src', 'width', 'height', 'frameborder', 'marginwidth', 'marginheight', 'scrolling', 'title']],
])

/**
 * The card as WordPress lets it in from a provider that is not on its list: a blockquote at the very beginning, one frame, and nothing else; the
 * frame shut into a sandbox of an opaque origin, hidden until it says how high it is, and given a secret to say it with.
 * https://developer.wordpress.org/reference/functions/wp_filter_oembed_result/
 * @throws NotAsked when there is no empty frame in it.
 */
export function sandboxed(html: string): string {
  const only = html.replaceAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi, tag)
  const [, blockquote = '', frame] = /^(<blockquote>.*?<\/blockquote>)?.*(<iframe[^>]*><\/iframe>)/s.exec(only) ?? []
  if (!frame) throw new NotAsked('the card has no frame')
  const secret = newSecret()
  const hidden = blockquote ? ' style="position: absolute; visibility: hidden;"' : ''
  const shut = frame
    .replace(/ src="([^"]*)"/, ` src="$1#?secret=${secret}" data-secret="${secret}"`)
    .replace('<iframe', `<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"${hidden}`)
  return blockquote.replace('<blockquote', `<blockquote class="wp-embedded-content" data-secret="${secret}"`) + shut
}

function tag(_whole: string, slash: string, name: string, inside: string): string {
  const attributes = kept.get(name.toLowerCase())
  if (!attributes) return ''
  if (slash) return `</${name.toLowerCase()}>`
  const given = attributesOf(inside)
  const told = attributes.flatMap((each) => {
    const value = given[each]
    if (value === undefined || (/^(?:src|href)$/.test(each) && !/^https?:/i.test(value))) return []
    return [` ${each}="${value.replaceAll('"', '&quot;')}"`]
  })
  return `<${name.toLowerCase()}${told.join('')}>`
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const newSecret = (): string => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')
