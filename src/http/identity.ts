import type { IncomingHttpHeaders } from 'node:http'
import { ForbiddenError, NotFoundError, UnauthorizedError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Identity, Route } from '#hub/integration.ts'
import { rank } from '#hub/roles.ts'
import { identifyApiKey } from '#hub/keys.ts'
import { workspacesOfUser } from '#hub/workspaces.ts'
import type { SignIn, User } from './sign-in.ts'

/** Who is behind a request: a person who is signed in, or an API key. */
export interface Caller extends Identity {
  user?: User
  key?: { id: string }
}

interface Asked {
  method: string
  headers: IncomingHttpHeaders
}

/**
 * Who asks, by API key or else by the session's cookie; undefined when neither was sent.
 * @throws UnauthorizedError for a key that is nobody's; ForbiddenError when a cookie came along with a change that another site
 * may have asked for; NotFoundError for a workspace that is not theirs.
 */
export async function identify(hub: Hub, signIn: SignIn, { method, headers }: Asked): Promise<Caller | undefined> {
  const key = /^(?:Bearer|Token) +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (key) return callerOfKey(hub, key, headers)
  if (!headers.cookie) return undefined
  const user = await signIn.identify(headers)
  if (!user) return undefined
  if (!['GET', 'HEAD'].includes(method) && !sameOrigin(headers, hub.publicUrl)) {
    throw new ForbiddenError(
      'A change that is asked for with a cookie must come from the console itself; use an API key elsewhere.',
    )
  }
  return callerOfUser(hub, user, headers)
}

/** @throws UnauthorizedError when nobody is known; ForbiddenError naming the role that is needed. */
export function allow(caller: Caller | undefined, auth: Exclude<Route['auth'], 'public'>): void {
  if (!caller)
    throw new UnauthorizedError('Send an API key as “Authorization: Bearer gr_…”, or sign in to the console.')
  if (auth === 'signed_in' || rank[caller.role] >= rank[auth]) return
  throw new ForbiddenError(`This needs the role ${auth}; yours here is ${caller.role}.`)
}

async function callerOfKey(hub: Hub, key: string, headers: IncomingHttpHeaders): Promise<Caller> {
  const identity = await identifyApiKey(hub, key)
  if (!identity) throw new UnauthorizedError('This API key is not known here, or it was revoked.')
  const asked = headers['greenroom-workspace']
  if (asked && asked !== identity.workspace_id) throw noWorkspace(asked)
  return { ...identity, key: { id: identity.name.replace(/^key:/, '') } }
}

async function callerOfUser(hub: Hub, user: User, headers: IncomingHttpHeaders): Promise<Caller> {
  const mine = await workspacesOfUser(hub, user.id)
  const asked = headers['greenroom-workspace']
  const chosen = mine.find(({ id }) => id === (asked ?? chosenInConsole(headers.cookie)))
  const workspace = asked ? chosen : (chosen ?? mine[0])
  if (!workspace) throw asked ? noWorkspace(asked) : new ForbiddenError(`${user.email} belongs to no workspace yet.`)
  return { workspace_id: workspace.id, role: workspace.role, name: `user:${user.id}`, user }
}

/**
 * What the console's switch of workspaces has set: a link to a table carries no header. It chooses among one's own and gives no right, and
 * one that is one's own no more is passed over.
 */
const chosenInConsole = (cookies = ''): string | undefined =>
  cookies
    .split(/; */)
    .find((each) => each.startsWith('greenroom-workspace='))
    ?.slice('greenroom-workspace='.length)

const noWorkspace = (id: string | string[]) => new NotFoundError(`There is no workspace ${String(id)}`)

/** Browsers say by themselves where a request comes from: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header */
export const sameOrigin = (headers: IncomingHttpHeaders, publicUrl: string): boolean =>
  headers['sec-fetch-site'] ? headers['sec-fetch-site'] === 'same-origin' : headers.origin === new URL(publicUrl).origin
