import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Incoming, Reply } from '#simulator/http.ts'
import type { StandIn, Surroundings } from '#simulator/stand-ins.ts'
import { frontPage, postPage } from './pages.ts'
import { savePost } from './posts.ts'
import { newSite, type Post, type Site } from './state.ts'

const prefix = '/hosts/site'

/** A web site that embeds other people's pages by the rules of WordPress, with nothing of theirs installed in it. */
export function siteHost({ base }: Surroundings): StandIn {
  let site = newSite(base + prefix)
  return {
    prefix,
    handle: (incoming) => answer(site, incoming),
    reset() {
      site = newSite(base + prefix)
    },
  }
}

type Door = (site: Site, incoming: Incoming) => Reply | Promise<Reply>

const script = readFileSync(new URL('embed.js', import.meta.url), 'utf8')

const doors: Record<string, Door> = {
  'GET ': frontPage,
  'GET /embed.js': () => ({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' }, body: script }),
  'POST /posts': publish,
  'GET /_/posts': (site) => ({
    status: 200,
    body: { posts: [...site.posts.values()].map((post) => told(site, post)) },
  }),
  'POST /_/posts': writePost,
  'PATCH /_/settings': changeSettings,
}

async function answer(site: Site, incoming: Incoming): Promise<Reply> {
  const { method, path } = incoming
  const below = path.slice(prefix.length)
  const open = doors[`${method} ${below}`]
  if (open) return open(site, incoming)
  const post = method === 'GET' ? site.posts.get(below.slice(1)) : undefined
  return post ? postPage(site, post) : { status: 404, body: `there is nothing at ${method} ${path}` }
}

async function publish(site: Site, { body }: Incoming): Promise<Reply> {
  const form = new URLSearchParams(body.toString('utf8'))
  const post = await savePost(site, form.get('title') ?? '', (form.get('content') ?? '').replaceAll('\r', ''))
  return { status: 303, headers: { location: `${site.home}/${post.slug}` } }
}

const newPost = z.object({ title: z.string().min(1), content: z.string() })

async function writePost(site: Site, { body }: Incoming): Promise<Reply> {
  const wanted = newPost.safeParse(jsonIn(body))
  if (!wanted.success) return { status: 400, body: { error: z.prettifyError(wanted.error) } }
  const post = await savePost(site, wanted.data.title, wanted.data.content)
  return { status: 201, body: told(site, post) }
}

const settings = z.object({ safe_ports: z.array(z.number()), private_hosts: z.boolean() }).partial()

function changeSettings(site: Site, { body }: Incoming): Reply {
  const wanted = settings.safeParse(jsonIn(body))
  if (!wanted.success) return { status: 400, body: { error: z.prettifyError(wanted.error) } }
  site.safe_ports = wanted.data.safe_ports ?? site.safe_ports
  site.private_hosts = wanted.data.private_hosts ?? site.private_hosts
  return { status: 200, body: { safe_ports: site.safe_ports, private_hosts: site.private_hosts } }
}

const told = ({ home }: Site, { slug, title, embeds }: Post) => ({
  title,
  url: `${home}/${slug}`,
  embeds: [...embeds].map(([url, { html, reason }]) => ({ url, embedded: html !== undefined, reason, html })),
})

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
