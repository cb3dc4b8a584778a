import { z } from 'zod'

/** As the API tells times. */
export const time = z.iso.datetime().describe('ISO 8601, UTC')

export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable()

export const role = z.enum(['owner', 'admin', 'operator', 'viewer'])

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many items at the most'),
  cursor: z.string().optional().describe('next_cursor of the page before'),
})
export type PageQuery = z.infer<typeof pageQuery>

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: maybe(z.string()).describe('null at the end') })

export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

export const days = z.number().int().min(1).max(36_500)

export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
  .describe('Year and month: 2026-11')
