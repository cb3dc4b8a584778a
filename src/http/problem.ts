import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import {
  ConflictError,
  EditConflictError,
  ForbiddenError,
  InputError,
  NotFoundError,
  UnauthorizedError,
  UnavailableError,
  type Disagreement,
  type Problem,
} from '#core/errors.ts'
import { JsonError } from '#core/json.ts'
import { DecryptionError } from '#hub/encryption.ts'
import { withoutRight } from '#hub/zoom-refusal.ts'
import { ZoomApiError, ZoomOAuthError, ZoomRateLimitError, ZoomUnreachableError } from '#zoom/errors.ts'
import { WebhookVerificationError } from '#zoom/webhook.ts'

/** What was sent cannot even be read. */
export class MalformedError extends Error {
  override name = 'MalformedError'
}

/** How every error is told: RFC 9457, https://www.rfc-editor.org/rfc/rfc9457. */
export const problem = z.object({
  type: z.string().describe('What kind of problem, always the same text for the same kind'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional().describe('What is wrong this time, and what mends it'),
  errors: z
    .array(z.object({ field: z.string(), message: z.string() }))
    .optional()
    .describe('Each field that is wrong'),
  conflicts: z
    .array(z.object({ field: z.string(), theirs: z.unknown(), yours: z.unknown() }))
    .optional()
    .describe('Each part that somebody else changed meanwhile: what it is now, and what was sent'),
  revision: z.number().int().optional().describe('What is there now, to be sent as If-Match when yours shall hold'),
})
export type ProblemBody = z.infer<typeof problem>

export interface ProblemAnswer {
  status: number
  headers: Record<string, string>
  body: ProblemBody
}

interface Kind {
  error: abstract new (...parts: never[]) => Error
  type: string
  status: number
  title: string
}

// The first row that fits counts, so a class stands above the one it extends.
const kinds = [
  { error: InputError, type: 'invalid', status: 422, title: 'Something in the request is not valid' },
  { error: JsonError, type: 'not-json', status: 400, title: 'The body is not JSON' },
  { error: MalformedError, type: 'malformed', status: 400, title: 'The request cannot be read' },
  { error: UnauthorizedError, type: 'unauthorized', status: 401, title: 'Sign in or send an API key' },
  { error: WebhookVerificationError, type: 'not-from-zoom', status: 401, title: 'The signature does not fit' },
  { error: ForbiddenError, type: 'forbidden', status: 403, title: 'You may not do this' },
  { error: NotFoundError, type: 'not-found', status: 404, title: 'There is no such thing' },
  { error: EditConflictError, type: 'edit-conflict', status: 409, title: 'Somebody else changed this meanwhile' },
  { error: ConflictError, type: 'conflict', status: 409, title: 'This contradicts what is there' },
  { error: UnavailableError, type: 'unavailable', status: 503, title: 'Try again later' },
  { error: DecryptionError, type: 'wrong-encryption-key', status: 503, title: 'The encryption key is another one' },
  { error: ZoomRateLimitError, type: 'zoom-rate-limit', status: 503, title: 'Zoom’s rate limit is reached' },
  { error: ZoomApiError, type: 'zoom-refused', status: 502, title: 'Zoom refused' },
  { error: ZoomOAuthError, type: 'zoom-refused-app', status: 502, title: 'Zoom refused the app’s credentials' },
  { error: ZoomUnreachableError, type: 'zoom-unreachable', status: 502, title: 'Zoom could not be reached' },
] as const satisfies readonly Kind[]

/** What a caller is told about an error. What we did not foresee is told without its words: they are for the log. */
export function problemOf(thrown: unknown, now: number): ProblemAnswer {
  const error = withoutRight(thrown) ?? thrown
  const kind = kinds.find((row) => error instanceof row.error)
  if (kind && error instanceof Error) {
    return answer(kind.status, kind.type, kind.title, error.message, headersOf(error, now), detailsOf(error))
  }
  const status = statusOf(error)
  if (status >= 500) return answer(500, 'internal', 'Something went wrong here', 'The log of the server says more.')
  return answer(status, 'http', STATUS_CODES[status] ?? 'Bad request', sentences[status] ?? (error as Error).message)
}

function detailsOf(error: Error): Details {
  if (error instanceof InputError && error.problems.length > 0) return { errors: error.problems }
  if (error instanceof EditConflictError) return { conflicts: error.conflicts, revision: error.revision }
  return {}
}

interface Details {
  errors?: Problem[]
  conflicts?: Disagreement[]
  revision?: number
}

/** A path that nothing answers; `allowed` names the methods when it is only the method that is wrong. */
export const noSuchRoute = (method: string, path: string, allowed: string[]): ProblemAnswer =>
  allowed.length > 0 && !allowed.includes(method)
    ? answer(405, 'http', 'Method Not Allowed', `${path} knows ${allowed.join(', ')}, not ${method}.`, {
        allow: allowed.join(', '),
      })
    : answer(404, 'not-found', 'There is no such thing', `Nothing answers ${method} ${path}.`)

/** Names every field that is wrong, for example `settings.jbh_time`. */
export const inputErrorOf = (error: z.ZodError, part: 'body' | 'query' | 'path' | 'headers'): InputError => {
  const problems = error.issues.flatMap((issue) => problemsOf(issue, part))
  return new InputError(problems.map(({ field, message }) => `${field} ${message}`).join('; '), problems)
}

function problemsOf(issue: z.core.$ZodIssue, part: string): Problem[] {
  const at = (...more: PropertyKey[]) => [...issue.path, ...more].map(String).join('.') || part
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: at(key), message: 'is not known here' }))
  if (issue.code === 'invalid_union') {
    const messages = issue.errors.flat().map((option) => option.message)
    return [{ field: at(), message: said([...new Set(messages)].join(', or: ') || issue.message) }]
  }
  return [{ field: at(), message: said(issue.message) }]
}

const said = (message: string): string =>
  message.endsWith('received undefined')
    ? 'is missing'
    : message.replace(/^Invalid input: /, 'is not valid: ').replace(/^(?=[A-Z])/, 'is not valid: ')

const sentences: Record<number, string> = {
  413: 'The body is larger than 1 MiB.',
  415: 'Send the body as application/json.',
}

function headersOf(error: Error, now: number): Record<string, string> {
  if (error instanceof UnauthorizedError) return { 'www-authenticate': 'Bearer realm="Greenroom"' }
  if (error instanceof UnavailableError && error.retryAfter !== undefined)
    return { 'retry-after': String(Math.ceil(error.retryAfter)) }
  if (error instanceof ZoomRateLimitError && error.retry_at !== undefined) {
    return { 'retry-after': String(Math.max(1, Math.ceil((error.retry_at - now) / 1000))) }
  }
  return {}
}

/** Fastify and its plugins put the status on the error. */
const statusOf = (error: unknown): number => {
  if (!(error instanceof Error) || !('statusCode' in error)) return 500
  const status = Number(error.statusCode)
  return status >= 400 && status < 500 ? status : 500
}

const answer = (
  status: number,
  type: string,
  title: string,
  detail: string,
  headers: Record<string, string> = {},
  more: Details = {},
): ProblemAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
  body: { type: `urn:greenroom:problem:${type}`, title, status, detail, ...more },
})
