import { NotFoundError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { shownAt, shownIn } from './shown.ts'

// https://oembed.com, as WordPress asks for it: https://developer.wordpress.org/advanced-administration/wordpress/oembed/

/**
 * What leads from a page to its card; editors look for it in the first part of the head. The address bears more arguments.
 * Written without ghtml, here and below: WordPress reads `&amp;`, but no numbered character such as ghtml makes of `=`.
 */
export const discovery = ({ publicUrl }: Pick<Hub, 'publicUrl'>, address: string, title: string): string => {
  const href = `${publicUrl}/oembed?${new URLSearchParams({ url: address, format: 'json' }).toString()}`
  return `<link rel="alternate" type="application/json+oembed" title="${escaped(line(title))}" href="${escaped(href)}" />`
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A title is one line, whatever a topic holds. */
const line = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()

export interface Wanted {
  url: string
  maxwidth?: number | undefined
  maxheight?: number | undefined
}

const usual = { meeting: { width: 600, height: 300 }, list: { width: 600, height: 480 } }

/** What WordPress gives a frame at the least and at the most. */
const [least, most] = [200, 1000]

/**
 * The card of one of our pages. It holds nothing that changes, for sites keep it without end: all state lives in the frame.
 * @throws NotFoundError for an address that is not a page of ours.
 */
export async function oembed(hub: Hub, { url, maxwidth, maxheight }: Wanted): Promise<Record<string, unknown>> {
  const { kind, slug } = pageAt(hub, url)
  const title = kind === 'meeting' ? (await shownAt(hub, slug)).shown.topic : (await shownIn(hub, slug)).list.title
  const size = {
    width: within(usual[kind].width, maxwidth),
    height: within(usual[kind].height, maxheight),
  }
  const path = `${kind === 'meeting' ? 'm' : 'g'}/${slug}`
  return {
    version: '1.0',
    type: 'rich',
    provider_name: 'Greenroom',
    provider_url: `${hub.publicUrl}/`,
    title: line(title),
    cache_age: 3600,
    ...size,
    html: frame(`${hub.publicUrl}/${path}`, `${hub.publicUrl}/embed/${path}`, line(title), size),
  }
}

/** Only what WordPress keeps: a blockquote first, then one frame with its old attributes. No fragment: it adds its own. */
const frame = (
  page: string,
  card: string,
  title: string,
  { width, height }: { width: number; height: number },
): string =>
  `<blockquote><a href="${page}">${escaped(title)}</a></blockquote>` +
  `<iframe src="${card}" width="${width}" height="${height}" frameborder="0" marginwidth="0" marginheight="0" scrolling="no" title="${escaped(title)}"></iframe>`

const within = (usual: number, max: number | undefined): number => Math.max(least, Math.min(usual, max ?? usual, most))

const kinds = { m: 'meeting', g: 'list' } as const

function pageAt({ publicUrl }: Hub, url: string): { kind: 'meeting' | 'list'; slug: string } {
  const home = new URL(publicUrl)
  const asked = URL.canParse(url) ? new URL(url) : undefined
  const base = home.pathname.replace(/\/$/, '')
  const ours = asked?.origin === home.origin && asked.pathname.startsWith(`${base}/`)
  const [, kind, slug] = /^\/([mg])\/([a-z0-9-]+)\/?$/.exec(ours ? asked.pathname.slice(base.length) : '') ?? []
  if (!kind || !slug) throw new NotFoundError(`${url} is not a page here`)
  return { kind: kinds[kind as keyof typeof kinds], slug }
}
