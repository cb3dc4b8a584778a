import type { Incoming, Reply } from '#simulator/http.ts'
import { apiRoutes } from './api.ts'
import { answerLater } from './commands.ts'
import { controlProblem, controls } from './control.ts'
import { AppError, errorReply, invalidUrl, noPage } from './errors.ts'
import { jsonOf } from './outgoing.ts'
import { page } from './page.ts'
import { userOf } from './request.ts'
import { isId, newState, type State, type User } from './state.ts'

const prefix = '/hosts/mattermost'

interface HostWorld {
  /** Origin of the simulator; known once it listens. */
  base: string
  now(): number
}

/** A Mattermost server: its REST API, slash commands, buttons, and `/_/…` to play it. */
export function mattermostHost(world: HostWorld) {
  let state = newState(() => world.now())
  return {
    prefix,
    async handle(incoming: Incoming): Promise<Reply> {
      try {
        return await answer(state, `${world.base}${prefix}`, incoming)
      } catch (error) {
        const known = error instanceof AppError ? error : controlProblem(error)
        if (!known) throw error
        return errorReply(known)
      }
    },
    reset(): void {
      state = newState(() => world.now())
    },
  }
}

async function answer(state: State, site: string, incoming: Incoming): Promise<Reply> {
  const path = incoming.path.slice(prefix.length)
  if (path === '' || path === '/') return page
  if (path.startsWith('/_/')) return control(state, site, incoming, path.slice(2))
  if (state.settings.down) return { status: 503, body: 'Service Unavailable' }
  const hook = /^\/hooks\/commands\/(\w+)$/.exec(path)?.[1]
  if (hook && incoming.method === 'POST') {
    answerLater(state, hook, incoming.body.toString())
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }
  }
  if (!path.startsWith('/api/v4/')) throw noPage()
  return api(state, site, incoming, path.slice('/api/v4'.length))
}

async function api(state: State, site: string, incoming: Incoming, path: string): Promise<Reply> {
  const found = routeAt(apiRoutes, incoming.method, path)
  if (!found) throw noPage()
  const { route, params } = found
  const user = route.open ? nobody : userOf(state, incoming.headers.authorization)
  for (const [name, value] of Object.entries(params))
    if (name.endsWith('_id') && name !== 'action_id' && value !== 'me' && !isId(value)) throw invalidUrl(name)
  return route.handle({ state, site, user, params, query: incoming.query, body: bodyOf(incoming) })
}

/** Routes that are open look at no user. */
const nobody = {} as User

async function control(state: State, site: string, incoming: Incoming, path: string): Promise<Reply> {
  const found = routeAt(controls, incoming.method, path)
  if (!found) throw noPage()
  const { route, params } = found
  return route.handle({ state, site, params, query: incoming.query, body: bodyOf(incoming) })
}

/** Some requests of the API are a list. @throws AppError 400 for what is no JSON. */
function bodyOf({ body }: Incoming): Record<string, unknown> {
  if (body.byteLength === 0) return {}
  const text = body.toString()
  const value = jsonOf(text) ?? (text.trimStart().startsWith('[') ? listOf(text) : undefined)
  if (!value) throw new AppError(400, 'api.unmarshal_error', 'Failed to unmarshal.')
  return value
}

function listOf(text: string): Record<string, unknown> | undefined {
  const { list } = jsonOf(`{"list":${text}}`) ?? {}
  return Array.isArray(list) ? (list as unknown as Record<string, unknown>) : undefined
}

function routeAt<R extends { at: string }>(
  routes: readonly R[],
  method: string,
  path: string,
): { route: R; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const [verb, pattern = ''] = route.at.split(' ')
    const match = verb === method && new RegExp(`^${pattern.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(path)
    if (match) return { route, params: { ...match.groups } }
  }
  return undefined
}
