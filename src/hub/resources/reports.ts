import { z } from 'zod'
import { month } from './common.ts'

export const usageFilter = z
  .object({
    from: month,
    to: month.describe('The last month, included'),
    timezone: z.string().max(60).default('UTC').describe('IANA name of the zone that months begin in'),
    by: z.enum(['all', 'place', 'host', 'kind']).default('all'),
  })
  .strict()
export type UsageFilter = z.infer<typeof usageFilter>

const counts = {
  group_id: z.string().describe('Of the place, host or kind; empty for all together'),
  group_name: z.string(),
  meetings: z.number().int(),
  sessions: z.number().int(),
  participants: z.number().int().describe('Persons; each once a month, however often they came'),
  minutes: z.number().int().describe('Of the sessions'),
  participant_minutes: z.number().int().describe('Of all persons together; two devices of one count once'),
  hosts: z.number().int(),
}

export const usage = z.object({
  from: month,
  to: month,
  timezone: z.string(),
  by: z.enum(['all', 'place', 'host', 'kind']),
  items: z.array(z.object({ month, ...counts })),
  totals: z
    .array(
      z.object({ ...counts, participants: z.number().int().describe('Persons; each once, however often they came') }),
    )
    .describe('Of all the months: whatever was there in several of them counts once, so these are no sums'),
})
export type Usage = z.infer<typeof usage>
