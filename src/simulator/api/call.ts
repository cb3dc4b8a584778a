import type { Endpoint } from '#zoom/schema/endpoints.ts'
import type { z } from 'zod'
import type { Reply } from '#simulator/http.ts'
import { findPerson, ownerOf } from '#simulator/people.ts'
import { invalidFields, refusal } from '#simulator/refusal.ts'
import type { AccessToken, App, Person, World } from '#simulator/state.ts'

/** A request that has come through the gateway. */
export interface ApiCall {
  world: World
  endpoint: Endpoint
  app: App
  token: AccessToken
  /** Whether the token's scopes reach the whole account or one's own things. */
  level: 'account' | 'own'
  /** Still percent-encoded. */
  params: Record<string, string>
  query: URLSearchParams
  body: Record<string, unknown>
  base: string
}

/** Operations by `GET /users/{userId}`, their names those of the endpoint table. */
export type ApiRoutes = Record<string, (call: ApiCall) => Reply | Promise<Reply>>

export const ok = (body: unknown): Reply => ({ status: 200, body })
export const created = (body: unknown, location: string): Reply => ({
  status: 201,
  body,
  headers: { Location: location },
})
export const noContent: Reply = { status: 204 }

/**
 * A part of the path, decoded once.
 * @throws Refusal 300 when it is not percent-encoding.
 */
export function param(call: ApiCall, name: string): string {
  try {
    return decodeURIComponent(call.params[name] ?? '')
  } catch {
    throw invalidFields([name])
  }
}

/** The user whom a token acts as: its own, or the account's owner. */
export const actor = ({ world, token }: ApiCall): Person =>
  (token.user_id === undefined ? undefined : world.people.get(token.user_id)) ?? ownerOf(world)

/**
 * The user of a path: an id, an e-mail or `me`.
 * @throws Refusal 1001 when there is none.
 */
export function personOf(call: ApiCall, name = 'userId'): Person {
  const userId = param(call, name)
  if (userId === 'me' && (call.app.type !== 'server_to_server' || call.world.settings.me_for_server_to_server)) {
    return actor(call)
  }
  const person = findPerson(call.world, userId)
  if (!person) throw refusal(call.endpoint, 1001, userId)
  return person
}

/**
 * The body as the schema wants it; fields that it does not know are left out, as Zoom ignores them.
 * @throws Refusal 300 that names every field that is wrong.
 */
export function parseBody<S extends z.ZodType>(call: ApiCall, schema: S): z.output<S> {
  const strict = schema.safeParse(call.body)
  const isLoose = !strict.success && call.world.settings.values_as_text
  const result = isLoose ? schema.safeParse(converted(call.body, strict.error.issues)) : strict
  if (!result.success) throw invalidFields([...new Set(result.error.issues.map(({ path }) => path.join('.')))])
  return result.data
}

/** The body with the other JSON type where one was wrong: many clients write numbers and flags as text, or a passcode as a number. */
function converted(body: unknown, issues: z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(body)
  for (const { path } of issues) {
    const name = path.at(-1)
    const parent = path.slice(0, -1).reduce((value: unknown, key) => Object(value)[key], copy)
    if (name !== undefined && typeof parent === 'object' && parent !== null && Object.hasOwn(parent, name)) {
      Object.assign(parent, { [name]: other(Reflect.get(parent, name)) })
    }
  }
  return copy
}

const flags: Record<string, boolean> = { true: true, True: true, false: false, False: false }

function other(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return value
  return /^-?\d{1,15}$/.test(value) ? Number(value) : (flags[value] ?? value)
}
