import assert from 'node:assert/strict'
import { sayYes } from './at-zoom.ts'
import { until, world, type World, type WorldOptions } from './world.ts'

/** A post of the stand-in server, as its control routes tell it. */
export interface Post {
  id: string
  author: string
  channel_id: string
  root_id: string
  message: string
  type: string
  shown_to?: string
  props: Record<string, unknown> & { attachments?: Attachment[] }
}
export interface Attachment {
  title: string
  title_link?: string
  text: string
  fallback: string
  fields?: { title: string; value: string }[]
  actions?: { id: string; name: string; integration?: { url: string; context: Record<string, unknown> } }[]
}
export interface Ran {
  text: string
  goto_location: string
  ephemerals: Post[]
}

export interface ChatState {
  url: string
  users: { id: string; username: string; token: string }[]
  teams: { id: string }[]
  channels: { id: string; name: string }[]
  commands: { id: string; token: string; team_id: string; url: string }[]
}

export interface ConnectedServer {
  id: string
  commands: { team_id: string | null; made: boolean }[]
  urls: { command: string; redirect: string; webhook: string }
  old_urls: { redirect: string; webhook: string; deauthorization: string }
  findings: { check: string; state: string; message: string; fix?: string }[]
}

/** A Mattermost server beside the simulated Zoom, and people in it. */
export interface Chat {
  url: string
  /** Somebody types a command. */
  run(user: string, command: string, where?: { channel?: string; root_id?: string }): Promise<Ran>
  /** What is in a channel; with a user also what only they see. */
  posts(channel?: string, user?: string): Promise<Post[]>
  state(): Promise<ChatState>
  settings(change: Record<string, unknown>): Promise<void>
  /** A request to the server's own API with a token. */
  api(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<{ status: number; body: Record<string, string> }>
  control<T = Record<string, never>>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>
}

export type MattermostWorld = World & { chat: Chat }

export async function mattermostWorld(
  scope: Parameters<typeof world>[0],
  options: WorldOptions = { connected: false },
): Promise<MattermostWorld> {
  const w = await world(scope, options)
  return { ...w, chat: chatAt(`${w.simulatorUrl}/hosts/mattermost`) }
}

export function chatAt(url: string): Chat {
  const ask = async <T>(address: string, method: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(address, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as T }
  }
  const control: Chat['control'] = (method, path, body) => ask(`${url}/_${path}`, method, body)
  return {
    url,
    control,
    async run(user, command, { channel = 'maths', root_id = '' } = {}) {
      const { status, body } = await control<Ran>('POST', '/run', { user, channel, command, root_id })
      assert.equal(status, 200, JSON.stringify(body))
      return body
    },
    async posts(channel = 'maths', user = '') {
      const query = user ? `?user=${user}` : ''
      const { body } = await control<{ posts: Post[]; ephemerals: Post[] }>('GET', `/channels/${channel}/posts${query}`)
      return user ? [...body.posts, ...body.ephemerals] : body.posts
    },
    state: async () => (await control<ChatState>('GET', '/state')).body,
    async settings(change) {
      assert.equal((await control('PATCH', '/settings', change)).status, 200)
    },
    api: (method, path, body, token = 'mm-token-greenroom') =>
      ask(`${url}/api/v4${path}`, method, body, { authorization: `Bearer ${token}` }),
  }
}

/** Adds a Marketplace app of the simulator to the workspace. */
export async function addApp(w: World, kind: 'user_managed' | 'admin_managed'): Promise<string> {
  const name = kind === 'user_managed' ? 'sim-user' : 'sim-admin'
  const { status, body, text } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind,
    name,
    client_id: `${name}-app`,
    client_secret: `${name}-secret`,
    secret_token: `${name}-app-webhook`,
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  assert.equal(status, 201, text)
  return body.id
}

/** Connects the stand-in server by its bot's token; Zoom's events come to the old address. */
export async function connectChat(
  w: MattermostWorld,
  about: Record<string, unknown>,
  client_id = 'sim-user-app',
): Promise<ConnectedServer> {
  const { status, body, text } = await w.api<ConnectedServer>('POST', '/mattermost/servers', {
    name: 'School chat',
    url: w.chat.url,
    bot_token: 'mm-token-greenroom',
    ...about,
  })
  assert.equal(status, 201, text)
  await w.zoom('POST', `/apps/${client_id}/subscriptions`, { url: body.old_urls.webhook, events: ['*'] })
  return body
}

/** A browser that keeps cookies and follows no redirect by itself. */
export function browser() {
  const jar = new Map<string, string>()
  return async (url: string, method = 'GET'): Promise<{ status: number; location: string; text: string }> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, { method, redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() }
  }
}
export type Browser = ReturnType<typeof browser>

/** The link in an answer: `[words](https://…)`. */
export function linkIn(text: string): string {
  const link = /\]\((https?:[^)]+)\)/.exec(text)?.[1]
  assert.ok(link, `no link in: ${text}`)
  return link
}

/** From `/zoom connect` to the page that says it is done. */
export async function connectPerson(w: MattermostWorld, user: string, zoomUser: string): Promise<void> {
  const { text } = await w.chat.run(user, '/zoom connect')
  const go = browser()
  await followLink(w, go, linkIn(text), zoomUser)
}

export async function followLink(w: MattermostWorld, go: Browser, link: string, zoomUser: string): Promise<string> {
  assert.equal((await go(link)).status, 200)
  const pressed = await go(link, 'POST')
  assert.equal(pressed.status, 303, pressed.text)
  const done = await go(await sayYes(w, pressed.location, zoomUser))
  assert.equal(done.status, 200, done.text)
  return done.text
}

/** The first post in a channel for which it is so. */
export async function postThat(
  chat: Chat,
  channel: string,
  what: string,
  isSo: (post: Post) => boolean,
): Promise<Post> {
  let found: Post | undefined
  await until(async () => {
    found = (await chat.posts(channel)).find(isSo)
    return found !== undefined
  }, `a post that ${what}`)
  return found as Post
}

export const fieldOf = (post: Post, title: string): string | undefined =>
  post.props.attachments?.[0]?.fields?.find((field) => field.title === title)?.value
