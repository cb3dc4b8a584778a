import { z } from 'zod'
import { maybe, pageQuery, time } from '#hub/resources.ts'

const registrantStatus = z
  .enum(['pending', 'approved', 'denied', 'cancelled'])
  .describe('cancelled: took it back, or was taken off')

export const registrant = z.object({
  registrant_id: z.string().describe('Zoom’s'),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  status: registrantStatus,
  registered_at: time,
  changed_at: time,
})
export type Registrant = z.infer<typeof registrant>

export const registrantRead = z.object({
  state: z.enum(['never', 'reading', 'done', 'failed']),
  reason: maybe(z.string()).describe('Why it failed'),
  read_at: maybe(time).describe('When Zoom last told all of them'),
})
export type RegistrantRead = z.infer<typeof registrantRead>

export const registrantFilter = pageQuery
  .extend({
    q: z.string().trim().max(200).optional().describe('Words of a name or an address'),
    status: registrantStatus.optional(),
  })
  .strict()
export type RegistrantFilter = z.infer<typeof registrantFilter>

export const newRegistrant = z
  .object({
    email: z.email().max(128),
    first_name: z.string().trim().min(1).max(64),
    last_name: z.string().trim().max(64).optional(),
    auto_approve: z.boolean().optional().describe('Approve at once where registrations are approved by hand'),
  })
  .strict()
export type NewRegistrant = z.infer<typeof newRegistrant>
