import { z } from 'zod'

/** A meeting id is a number in most replies and text in some events; with us it is text, exact to the last of 63 bits. */
export const meetingId = z
  .union([z.int().nonnegative(), z.string().regex(/^(0|[1-9]\d{0,18})$/)])
  .transform(String)
  .refine((id) => BigInt(id) < 2n ** 63n, 'is longer than a meeting id can be')

/** Where Zoom writes the same number now as a number and now as text. */
export const digits = z.union([z.number(), z.string()]).transform(String)

/** The same the other way round, for what we count with. */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
])

/** A text that may be missing or null. */
export const text = z.string().nullish()

export const count = z.number().nullish()

export const flag = z.boolean().nullish()
