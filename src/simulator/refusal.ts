import { errorOf, type ZoomError } from '#zoom/schema/errors.ts'
import type { Endpoint } from '#zoom/schema/endpoints.ts'
import type { Reply } from './http.ts'

/** One field that Zoom does not like. */
export interface FieldError {
  field: string
  message: string
}

/** Zoom says no: becomes `{"code", "message"}` with the status, and `errors` when fields are to blame. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly reply: Reply
  constructor(
    { http, code, message }: ZoomError,
    more: { errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    const { errors, headers } = more
    this.reply = {
      status: http,
      body: { code, message, ...(errors && { errors }) },
      ...(headers && { headers }),
    }
  }
}

/** What Zoom says where an operation's own row does not document the code. */
const usual: Record<number, ZoomError> = {
  200: { http: 400, code: 200, message: 'No permission.' },
  300: { http: 400, code: 300, message: 'Validation Failed.' },
  1001: { http: 404, code: 1001, message: 'User does not exist: {userId}.' },
  3000: { http: 400, code: 3000, message: 'Cannot access meeting info.' },
  3001: { http: 404, code: 3001, message: 'Meeting does not exist: {meetingId}.' },
  3003: { http: 400, code: 3003, message: 'You are not the meeting host.' },
  3301: { http: 404, code: 3301, message: 'There is no recording for this meeting.' },
  3322: { http: 404, code: 3322, message: 'This meeting transcript does not exist.' },
  3038: { http: 400, code: 3038, message: 'Meeting is over, you can not register now.' },
  12702: { http: 400, code: 12702, message: 'Can not access a meeting a year ago.' },
}

/** The refusal with this code as the operation documents it, its placeholder filled in. */
export function refusal(endpoint: Endpoint, code: number, value = ''): Refusal {
  const error = errorOf(endpoint, code) ?? usual[code]
  if (!error) throw new Error(`${endpoint.method} ${endpoint.path} has no error ${code}`)
  return new Refusal({ ...error, message: filled(error.message, value) })
}

/**
 * The documented refusal whose text begins so: one code often stands for several things.
 * @throws Error when the operation documents none.
 */
export function refusalSaying(endpoint: Endpoint, code: number, beginning: string, value = ''): Refusal {
  const error = endpoint.errors.find((one) => one.code === code && one.message.startsWith(beginning))
  if (!error) throw new Error(`${endpoint.method} ${endpoint.path} has no error ${code} ${beginning}`)
  return new Refusal({ ...error, message: filled(error.message, value) })
}

/** Whether the operation documents a refusal with this code whose text begins so. */
export const documents = (endpoint: Endpoint, code: number, beginning = ''): boolean =>
  endpoint.errors.some((error) => error.code === code && error.message.startsWith(beginning))

const filled = (message: string, value: string): string => message.replace(/\{\w+\}/g, () => value)

/** Code 300 with one entry for each field, as Zoom writes it: `{"field": "settings.jbh_time", "message": "Invalid parameter: jbh_time."}`. */
export function invalidFields(fields: string[]): Refusal {
  const errors = fields.map((field) => ({ field, message: `Invalid parameter: ${field.split('.').at(-1)}.` }))
  return new Refusal({ http: 400, code: 300, message: 'Validation Failed.' }, { errors })
}
