import { z } from 'zod'
import { maybe, pageQuery, time } from '#hub/resources.ts'

const minutes = (most: number) => z.number().int().min(0).max(most)

export const licencePool = z.object({
  connection_id: z.string(),
  zoom_app_name: z.string(),
  account_id: maybe(z.string()),
  state: z.enum(['on', 'off']).describe('on: hosts without a licence are lent one for as long as they need it'),
  seats: maybe(z.number().int()).describe('How many Licensed users there may be; null leaves that to Zoom'),
  protected_minutes: z.number().int().describe('Nobody loses a licence this long before a meeting of theirs'),
  keep_minutes: z.number().int().describe('What was lent is given back this long after its last use'),
  protected_users: z.array(z.object({ id: z.string(), email: maybe(z.string()), reason: maybe(z.string()) })),
  protected_groups: z.array(z.object({ id: z.string(), name: maybe(z.string()) })),
  licensed: z.number().int(),
  basic: z.number().int(),
  others: z.number().int().describe('Users of other types'),
  lent: z.number().int(),
  can_be_taken: z.number().int().describe('Licences that could go to somebody else now'),
})
export type LicencePool = z.infer<typeof licencePool>

export const licencePoolChange = z
  .object({
    state: z.enum(['on', 'off']),
    seats: maybe(z.number().int().min(1).max(1_000_000)),
    protected_minutes: minutes(1440),
    keep_minutes: minutes(10_080),
    protected_users: z.array(z.string().max(100)).max(10_000).describe('Zoom’s ids or e-mail addresses'),
    protected_groups: z.array(z.string().max(100)).max(1000).describe('Zoom’s ids'),
  })
  .partial()
  .strict()
export type LicencePoolChange = z.infer<typeof licencePoolChange>

export const licenceHolder = z.object({
  zoom_user_id: z.string(),
  email: z.string(),
  display_name: maybe(z.string()),
  lease_id: maybe(z.string()).describe('Set when it was lent by the pool'),
  last_use: maybe(time).describe('End of the last session as host, or when it was lent'),
  next_meeting_at: maybe(time),
  kept: maybe(z.enum(['protected', 'live', 'due', 'just_lent'])).describe('Why it may not be taken now'),
})
export type LicenceHolder = z.infer<typeof licenceHolder>

export const licenceLease = z.object({
  id: z.string(),
  connection_id: z.string(),
  zoom_user_id: z.string(),
  email: maybe(z.string()),
  state: z.enum(['wanted', 'held', 'refused', 'returned', 'passed_on', 'ended_at_zoom']),
  reason: z.enum(['plan', 'due', 'join', 'hand']),
  asked_by: z.string(),
  meeting_id: maybe(z.string()),
  taken_from: maybe(z.string()).describe('Zoom’s id of whose licence it was'),
  taken_from_email: maybe(z.string()),
  refusal: maybe(z.object({ code: z.enum(['no_seat', 'refused', 'unavailable']), message: z.string() })),
  asked_at: time,
  taken_at: maybe(time),
  ended_at: maybe(time),
})
export type LicenceLease = z.infer<typeof licenceLease>

export const holderFilter = pageQuery.extend({ q: z.string().max(200).optional() }).strict()
export type HolderFilter = z.infer<typeof holderFilter>
export const leaseFilter = pageQuery
  .extend({ q: z.string().max(200).optional(), state: licenceLease.shape.state.optional() })
  .strict()
export type LeaseFilter = z.infer<typeof leaseFilter>

export const zoomGroup = z.object({ id: z.string(), name: z.string(), members: z.number().int(), read_at: time })
export type ZoomGroup = z.infer<typeof zoomGroup>
