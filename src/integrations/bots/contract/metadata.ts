import { z } from 'zod'

/** How long metadata may be, as JSON text. */
const longest = 1000

/** What a caller notes about an object: texts by name. */
export const givenMetadata = z
  .custom<Record<string, string> | null>()
  .superRefine((value, context) => {
    const problem = problemOf(value)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: `Texts by name; ${longest} characters of JSON at the most`,
  })

/** The same, where it may be left out. */
export const metadata = givenMetadata.default(null)

function problemOf(value: unknown): string | undefined {
  if (value === null) return undefined
  if (typeof value !== 'object' || Array.isArray(value)) return 'Metadata must be an object, not an array or other type'
  const entries = Object.entries(value)
  if (entries.length === 0) return 'Metadata must have at least one key'
  const other = entries.find(([, text]) => typeof text !== 'string')
  if (other) return `Value for key '${other[0]}' must be a string`
  // Half a character is no text, for PostgreSQL either.
  const broken = entries.find((entry) => entry.some((text) => !String(text).isWellFormed()))
  if (broken) return `Value for key '${broken[0].toWellFormed()}' must be a string`
  if (JSON.stringify(value).length > longest) return `Metadata must be at most ${longest} characters of JSON`
  return undefined
}
