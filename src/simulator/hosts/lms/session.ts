import type { Incoming, Reply } from '#simulator/http.ts'
import { autoPost } from './layout.ts'
import { userOf, type Lms, type User } from './state.ts'

export interface Session {
  user: User
  /** Stands in links that change something, so that another site cannot make them. */
  sesskey: string
}

/** Signs somebody in: no passwords here. The answer is the cookie's `set-cookie`. */
export function signIn(lms: Lms, user: User): string {
  const token = crypto.randomUUID()
  lms.sessions.set(token, { user_id: user.id, sesskey: crypto.randomUUID().slice(0, 10) })
  return `${cookieName}=${token}; Path=/hosts/lms; HttpOnly; SameSite=Lax`
}

const cookieName = 'lms_session'

export function sessionOf(lms: Lms, { headers }: Incoming): Session | undefined {
  const token = new RegExp(`(?:^|; *)${cookieName}=([^;]+)`).exec(headers.cookie ?? '')?.[1]
  const session = lms.sessions.get(token ?? '')
  const user = session && userOf(session.user_id)
  return user && { user, sesskey: session.sesskey }
}

/**
 * A request that another site sent the browser on brings no cookie (`SameSite=Lax`): the platform answers with a form that
 * sends the same again, now from its own page. Undefined when the cookie came, or this was the second time.
 */
export function repost(lms: Lms, incoming: Incoming): Reply | undefined {
  const fields = fieldsOf(incoming)
  if (sessionOf(lms, incoming) || fields.get('repost')) return
  fields.set('repost', '1')
  return autoPost(`${lms.issuer}${incoming.path.slice('/hosts/lms'.length)}`, fields)
}

/** Query and form together; the form has the last word. */
export function fieldsOf({ query, body }: Incoming): URLSearchParams {
  const fields = new URLSearchParams(query)
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) fields.set(name, value)
  return fields
}
