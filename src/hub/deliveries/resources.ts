import { z } from 'zod'
import { hubEventTypes, type HubEvent } from '#hub/hub-events.ts'
import { pageQuery, time } from '#hub/resources.ts'

const trigger = z.enum(Object.keys(hubEventTypes) as [HubEvent['type'], ...HubEvent['type'][]])
const fields = z
  .object({
    name: z.string().trim().min(1).max(100),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .describe('Where events are posted; https, unless allow_private is set'),
    triggers: z.array(trigger).max(50).describe('Types of events; none means all'),
    allow_private: z
      .boolean()
      .describe(
        'An administrator’s word that this one origin may be inside the network: loopback, private, link-local',
      ),
  })
  .strict()

export const newSubscription = fields.partial({ name: true }).extend({
  triggers: fields.shape.triggers.default([]),
  allow_private: fields.shape.allow_private.default(false),
  signer: z.string().max(50).default('standard_webhooks').describe('How messages are signed'),
})
export type NewSubscription = z.infer<typeof newSubscription>

export const subscriptionChange = fields
  .extend({ state: z.enum(['on', 'off']) })
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type SubscriptionChange = z.infer<typeof subscriptionChange>

export const subscription = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  triggers: z.array(z.string()),
  signer: z.string(),
  allow_private: z.boolean(),
  state: z.enum(['on', 'off']),
  reason: z.string().nullable().describe('Why it was switched off'),
  circuit: z.enum(['closed', 'open']).describe('open: it failed so often that it is left alone for a while'),
  failures: z.number().describe('Failures in a row'),
  open_until: time.nullable(),
  previous_secret_until: time
    .nullable()
    .describe(
      'Until then messages are signed with the secret before, too, and with each that was replaced within a day',
    ),
  created_at: time,
})
export type Subscription = z.infer<typeof subscription>

export const subscriptionWithSecret = subscription.extend({ secret: z.string().describe('Shown this once') })
export type SubscriptionWithSecret = z.infer<typeof subscriptionWithSecret>

export const subscriptionFilter = z.object({
  state: z.enum(['on', 'off']).optional(),
  q: z.string().trim().max(200).optional().describe('Part of name or URL'),
})

export const delivery = z.object({
  id: z.string().describe('The webhook-id of every try'),
  subscription_id: z.string(),
  subscription_name: z.string().nullable().describe('null: it was removed'),
  hub_event_id: z.string().nullable().describe('null for a test'),
  type: z.string(),
  state: z.enum(['waiting', 'delivered', 'dead']),
  attempts: z.number(),
  due_at: time.nullable().describe('The next try, while it waits'),
  status: z.number().nullable().describe('What the destination answered last'),
  error: z.string().nullable(),
  body: z.string().describe('What is sent, byte for byte'),
  created_at: time,
  settled_at: time.nullable(),
})
export type Delivery = z.infer<typeof delivery>

export const deliveryFilter = pageQuery
  .extend({
    subscription_id: z.string().max(100).optional(),
    state: z.enum(['waiting', 'delivered', 'dead']).optional(),
    type: z.string().max(100).optional(),
    q: z.string().max(200).optional().describe('Part of the id or the body'),
    format: z.enum(['json', 'csv']).default('json'),
  })
  .strict()
export type DeliveryFilter = z.infer<typeof deliveryFilter>
