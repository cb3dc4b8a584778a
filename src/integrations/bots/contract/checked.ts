import { z } from 'zod'
import { Refusal } from './refusal.ts'

/**
 * A body that is what the schema says.
 * @throws Refusal that lists, for each field, everything that is wrong with it; what nobody asked for is named as a whole.
 */
export function checked<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  if (!isObject(body)) throw new Refusal(400, { non_field_errors: ['Invalid data. Expected a dictionary.'] })
  const result = schema.safeParse(body, { error: said })
  if (result.success) return result.data
  const fields: Record<string, string[]> = {}
  for (const { path, message } of result.error.issues)
    (fields[path.join('.') || 'non_field_errors'] ??= []).push(message)
  throw new Refusal(400, fields)
}

/** An object of these fields and no others. */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `Unexpected field(s): ${[...issue.keys].sort().join(', ')}. Allowed fields are: ${Object.keys(shape).sort().join(', ')}`
        : undefined,
  })

/** The sentences that clients of this API know. */
function said(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'too_small' && issue.origin === 'string') return 'This field may not be blank.'
  if (issue.code === 'invalid_format' && issue.format === 'datetime') return sentences['datetime']
  if (issue.code !== 'invalid_type') return undefined
  if (issue.input === undefined) return 'This field is required.'
  if (issue.input === null) return 'This field may not be null.'
  return sentences[issue.expected] ?? undefined
}

const sentences: Record<string, string> = {
  string: 'Not a valid string.',
  boolean: 'Must be a valid boolean.',
  object: 'Must be an object.',
  datetime: 'Datetime has wrong format. Use ISO 8601 with a zone: YYYY-MM-DDThh:mm:ssZ.',
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
