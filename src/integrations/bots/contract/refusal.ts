import {
  ConflictError,
  ForbiddenError,
  InputError,
  NotFoundError,
  UnauthorizedError,
  UnavailableError,
} from '#core/errors.ts'
import { JsonError } from '#core/json.ts'
import type { Reply, RouteRequest } from '#hub/integration.ts'

/** A refusal in the words of this API: `{"error"}` for what may not be, `{field: [messages]}` for what was sent wrongly. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly body: Record<string, unknown>
  constructor(status: number, body: Record<string, unknown>, options?: ErrorOptions) {
    super(JSON.stringify(body), options)
    this.status = status
    this.body = body
  }
  /** What is wrong, for those who do not speak this API. */
  get sentence(): string {
    return Object.values(this.body).flat().map(String).join(' ')
  }
}

export const businessError = (error: string, options?: ErrorOptions): Refusal => new Refusal(400, { error }, options)
export const fieldError = (field: string, message: string): Refusal => new Refusal(400, { [field]: [message] })

/** Whatever was thrown, as this API tells it; what nobody foresaw is left to the server. */
export function toldRefusal(error: unknown, headers: RouteRequest['headers'], missing: string): Reply | undefined {
  if (error instanceof Refusal) return { status: error.status, body: error.body }
  if (error instanceof UnauthorizedError)
    return { status: 401, headers: { 'www-authenticate': 'Token' }, body: { detail: unauthorized(headers) } }
  if (error instanceof ForbiddenError) return { status: 403, body: { detail: error.message } }
  if (error instanceof NotFoundError) return { status: 404, body: { error: missing } }
  if (error instanceof InputError) return { status: 400, body: fieldsOf(error) }
  if (error instanceof ConflictError) return { status: 400, body: { error: error.message } }
  if (error instanceof JsonError) return { status: 400, body: { detail: `JSON parse error - ${error.message}` } }
  if (error instanceof UnavailableError)
    return { status: 503, headers: retryAfter(error), body: { error: error.message } }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 500
    ? { status, body: { detail: details[status] ?? (error as Error).message } }
    : undefined
}

const details: Record<number, string> = {
  413: 'The body is larger than 1 MiB.',
  415: 'Unsupported media type in request.',
  429: 'Request was throttled.',
}

function unauthorized({ authorization = '' }: RouteRequest['headers']): string {
  if (authorization === '') return 'Missing Authorization header'
  return /^(?:Token|Bearer) +\S+$/i.test(String(authorization))
    ? 'Invalid or disabled API key'
    : 'Invalid Authorization header. Should have this format: Token <api_key>'
}

function fieldsOf({ problems, message }: InputError): Record<string, unknown> {
  if (problems.length === 0) return { error: message }
  const fields: Record<string, string[]> = {}
  for (const problem of problems) (fields[problem.field] ??= []).push(problem.message)
  return fields
}

const retryAfter = ({ retryAfter: seconds }: UnavailableError): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(Math.ceil(seconds)) }
