import { embed } from './oembed.ts'
import type { Post, Site } from './state.ts'

/** A line that is nothing but an address. */
const address = /^\s*(https?:\/\/\S+)\s*$/

/** Saves a post under the slug of its title; saved again, what it embeds is asked for again. */
export async function savePost(site: Site, title: string, content: string): Promise<Post> {
  const slug =
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'post'
  const post: Post = { slug, title, content, embeds: new Map() }
  for (const line of content.split('\n')) {
    const [, found] = address.exec(line) ?? []
    if (found) post.embeds.set(found, await embed(site, found))
  }
  site.posts.set(slug, post)
  return post
}
