import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { faultPresets } from './fault-presets.ts'
import type { Incoming, Reply } from './http.ts'
import type { World } from './state.ts'

const times = z.int().min(1).nullable().default(1).describe('How often; null: until it is taken away')

/** What may become of a call: see docs/simulator.md. */
const callAction = z.strictObject({
  status: z.int().min(200).max(599).optional().describe('Answer this instead of doing the work'),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional().describe('Text goes out as it is, so that it need not be JSON'),
  delay_ms: z.int().min(0).optional(),
  drop: z.enum(['before', 'after']).optional().describe('Cut the connection before the work is done, or after it'),
  hang: z.enum(['before', 'after']).optional().describe('Never answer: before the work is done, or after it'),
  trickle_ms: z.int().min(1).optional().describe('Send the body byte by byte, so many milliseconds apart'),
  truncate: z.literal(true).optional().describe('Send the first half of the body as if it were the whole'),
})

const presetNames = Object.keys(faultPresets) as (keyof typeof faultPresets)[]

export const callFaultSchema = z.strictObject({
  on: z.literal('call').default('call'),
  match: z
    .strictObject({
      method: z.string().optional(),
      path: z
        .string()
        .optional()
        .describe('From the root; * is anything, {…} one segment: /v2/users/{userId}/meetings'),
      app: z.string().optional().describe('A client id'),
    })
    .default({}),
  preset: z.enum(presetNames).optional().describe('One of the usual faults; the action says what differs'),
  action: callAction.default({}),
  times,
})

export const webhookFaultSchema = z.strictObject({
  on: z.literal('webhook'),
  match: z
    .strictObject({
      event: z.string().optional().describe('* is anything: meeting.*'),
      app: z.string().optional().describe('A client id'),
      url: z.string().optional(),
    })
    .default({}),
  action: z.strictObject({
    duplicate: z.int().min(1).optional().describe('Send it so many times more'),
    delay_ms: z.int().min(0).optional().describe("Send it later, by the machine's clock"),
    reorder: z.literal(true).optional().describe('Hold it back until the next event of the subscription has left'),
    drop: z.literal(true).optional().describe('Never send it'),
    missign: z.literal(true).optional().describe('Sign it with a wrong secret'),
  }),
  times,
})

type CallFault = z.infer<typeof callFaultSchema>
export type CallAction = z.infer<typeof callAction>
export type WebhookFault = z.infer<typeof webhookFaultSchema>
/** What shall go wrong, with its id and how often it has happened. */
export type Fault = (CallFault | WebhookFault) & { id: string; used: number }

/** What the first fault that waits for this call does to it; using it counts. */
export function takeCallFault(world: World, incoming: Incoming, client_id: string | undefined): CallAction | undefined {
  const found = world.faults.find(
    (fault): fault is CallFault & Fault =>
      fault.on === 'call' &&
      isLeft(fault) &&
      (!fault.match.method || fault.match.method.toUpperCase() === incoming.method) &&
      (!fault.match.path || fits(fault.match.path, incoming.path)) &&
      (!fault.match.app || fault.match.app === client_id),
  )
  if (!found) return
  use(found)
  const { preset, action } = found
  return { ...(preset && faultPresets[preset](world)), ...action }
}

/** The first fault that waits for this webhook; using it counts. */
export function takeWebhookFault(
  world: World,
  { event, client_id, url }: { event: string; client_id: string; url: string },
): WebhookFault | undefined {
  const found = world.faults.find(
    (fault): fault is WebhookFault & Fault =>
      fault.on === 'webhook' &&
      isLeft(fault) &&
      (!fault.match.event || fits(fault.match.event, event)) &&
      (!fault.match.app || fault.match.app === client_id) &&
      (!fault.match.url || fits(fault.match.url, url)),
  )
  return use(found)
}

/** Does the work as the fault wants it; no answer means that the connection is cut, or hangs. */
export async function answerWithFault(action: CallAction, work: () => Promise<Reply>): Promise<Reply | 'cut' | 'hang'> {
  const { status, body, headers, delay_ms, drop, hang, trickle_ms, truncate } = action
  if (delay_ms) await setTimeout(delay_ms, undefined, { ref: false })
  if (drop === 'before') return 'cut'
  if (hang === 'before') return 'hang'
  const reply = status !== undefined || body !== undefined ? { status: status ?? 200, body } : await work()
  if (drop === 'after') return 'cut'
  if (hang === 'after') return 'hang'
  return { ...reply, headers: { ...reply.headers, ...headers }, manner: { trickle_ms, truncate } }
}

const isLeft = (fault: Fault): boolean => fault.times === null || fault.used < fault.times

function use<F extends Fault>(fault: F | undefined): F | undefined {
  if (fault) fault.used++
  return fault
}

/** Everything but `*` and `{name}` stands for itself. */
const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split(/(\*|\{\w+\})/)
      .map((part) => (part === '*' ? '.*' : part.startsWith('{') ? '[^/]+' : RegExp.escape(part)))
      .join('')}$`,
  ).test(text)
