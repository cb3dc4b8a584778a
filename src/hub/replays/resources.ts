import { z } from 'zod'
import { maybe, pageQuery, time } from '#hub/resources.ts'

const span = z.object({ from: time, to: time.describe('Included') })

export const eventSpan = span
  .extend({
    from: time.describe('When it happened at Zoom'),
    state: z.enum(['handled', 'ignored', 'dead']).optional().describe('Only those that ended so'),
    event: z.string().max(100).optional().describe('Only those of this name'),
  })
  .strict()
export type EventSpan = z.infer<typeof eventSpan>

export const deliverySpan = span
  .extend({
    from: time.describe('When it was made'),
    state: z.enum(['delivered', 'dead']).optional().describe('Only those that ended so'),
  })
  .strict()
export type DeliverySpan = z.infer<typeof deliverySpan>

export const replay = z.object({
  id: z.string(),
  what: z.enum(['events', 'deliveries']).describe('events: what Zoom sent; deliveries: messages to a subscription'),
  subscription_id: maybe(z.string()).describe('Of deliveries'),
  from: time,
  to: time,
  ended_as: maybe(z.string()).describe('Only those that had ended so'),
  event: maybe(z.string()).describe('Only those of this name'),
  state: z
    .enum(['running', 'done', 'stopped'])
    .describe('stopped: what had been begun comes to its end, the rest is left as it was until …/run'),
  of: z.number().int().describe('How many there are in all'),
  done: z.number().int().describe('How many have been handled or sent again, or have failed again'),
  failed: z.number().int().describe('Those of them that were given up again'),
  waiting: z.number().int().describe('Begun and not through: tried again by itself, like any other'),
  created_at: time,
  ended_at: maybe(time),
})
export type Replay = z.infer<typeof replay>

export const replayFilter = pageQuery.extend({ what: z.enum(['events', 'deliveries']).optional() }).strict()
export type ReplayFilter = z.infer<typeof replayFilter>
