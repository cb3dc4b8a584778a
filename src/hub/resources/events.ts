import { z } from 'zod'
import { maybe, pageQuery, time } from './common.ts'

export const eventState = z.enum(['waiting', 'handled', 'ignored', 'dead'])

export const event = z.object({
  id: z.string(),
  zoom_app_id: z.string(),
  event: z.string(),
  event_ts: time,
  received_at: time,
  account_id: maybe(z.string()),
  subject: z.string().describe('Zoom meeting id, or the account for what concerns no meeting'),
  state: eventState,
  reason: maybe(z.string()),
  attempts: z.number(),
  settled_at: maybe(time),
})
export type Event = z.infer<typeof event>

export const eventWithPayload = event.extend({
  payload: z.unknown().describe('What Zoom sent, tokens and passcodes masked'),
})
export type EventWithPayload = z.infer<typeof eventWithPayload>

export const eventFilter = pageQuery.extend({
  state: eventState.optional(),
  event: z.string().max(100).optional(),
  zoom_app_id: z.string().optional(),
  meeting_id: z.string().optional(),
  q: z.string().max(200).optional().describe('Words in the body'),
})
export type EventFilter = z.infer<typeof eventFilter>
