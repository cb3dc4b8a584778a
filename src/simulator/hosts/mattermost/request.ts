import type { Reply } from '#simulator/http.ts'
import { invalidBody, noSession } from './errors.ts'
import type { State, User } from './state.ts'

/** One request to the REST API, after who asks is known. */
export interface ApiRequest {
  state: State
  /** The server's own address, with its sub-path. */
  site: string
  /** Who asks. Routes that are open to all do not look. */
  user: User
  params: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
}

export interface ApiRoute {
  /** `GET /users/:user_id`, below `/api/v4`. */
  at: string
  open?: true
  handle(request: ApiRequest): Reply | Promise<Reply>
}

/** Mattermost's content type has no charset, and its own client takes no other for JSON. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
export const ok = (body: unknown): Reply => json(200, body)
export const created = (body: unknown): Reply => json(201, body)
export const done: Reply = json(200, { status: 'OK' })

/** Whose token it is: `Authorization: Bearer …` alone, as bots send it. @throws AppError 401 */
export function userOf(state: State, authorization: string | undefined): User {
  const token = /^bearer (.+)$/i.exec(authorization ?? '')?.[1]
  const user = state.users.get(state.tokens.get(token ?? '') ?? '')
  if (!user || user.delete_at > 0) throw noSession()
  return user
}

/** A text field of the body. @throws AppError 400 when it is missing. */
export function textOf(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw invalidBody(name)
  return value
}
