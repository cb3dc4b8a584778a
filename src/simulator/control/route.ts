import type { z } from 'zod'
import type { Reply } from '#simulator/http.ts'
import type { World } from '#simulator/state.ts'

/** What a control request brings: the part of the path in braces, the query, the body as its schema made it. */
interface ControlRequest<B = unknown> {
  world: World
  params: Record<string, string>
  query: URLSearchParams
  body: B
}

/** One route of the control API; the OpenAPI document is made from these. */
export interface ControlRoute<B = unknown> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/_`: `/people/{email}`. */
  path: string
  summary: string
  body?: z.ZodType<B>
  query?: Record<string, string>
  handle(request: ControlRequest<B>): Reply | Promise<Reply>
}

/** Holds a route's handler to its body's schema; afterwards all routes are of one type. */
export const route = <B = undefined>(definition: ControlRoute<B>): ControlRoute => definition as ControlRoute

/** The control API says no, in a sentence. */
export class ControlError extends Error {
  override name = 'ControlError'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The last so many of a list, by `?last=`; all of it when nothing is said. */
export function lastOf<T>(list: T[], query: URLSearchParams): T[] {
  const text = query.get('last')
  if (text === null) return list
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ControlError(422, 'last: say how many')
  return list.slice(-Number(text))
}

export const ok = (body: unknown): Reply => ({ status: 200, body })
export const created = (body: unknown): Reply => ({ status: 201, body })
