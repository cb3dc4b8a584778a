import { z } from 'zod'

export const id = z.object({ id: z.string().max(100) })

/**
 * A session's `uuid` in a query. Zoom's are base 64, so a space in one can only be a plus sign that was sent unencoded
 * (https://url.spec.whatwg.org/#urlencoded-parsing).
 */
export const uuid = z
  .string()
  .min(1)
  .max(200)
  .transform((text) => text.replaceAll(' ', '+'))
  .describe('Zoom’s uuid of the session, percent-encoded')
