import { z } from 'zod'
import { now } from '#simulator/clock.ts'
import { deliver, settle } from '#simulator/deliveries.ts'
import { faultsOf } from '#simulator/event-shape.ts'
import type { World } from '#simulator/state.ts'
import { events } from '#zoom/schema/events.ts'
import { mustFindApp } from './apps.ts'
import { ControlError, lastOf, ok, route } from './route.ts'

const emitted = z
  .strictObject({
    event: z.looseObject({ event: z.string() }).optional().describe('A whole body, sent as JSON.stringify writes it'),
    text: z.string().optional().describe('A whole body, sent byte for byte'),
    app: z.string().optional().describe('Only to this client id'),
  })
  .refine(({ event, text }) => (event === undefined) !== (text === undefined), 'say what: event or text')

const told = z.strictObject({
  payload: z
    .record(z.string(), z.unknown())
    .describe("As Zoom's list and its sample have it; what is left out is not sent"),
  event_ts: z.int().optional().describe('Epoch milliseconds; now, when absent'),
  app: z.string().optional().describe('Only to this client id'),
})

/** What has been sent, and whatever else shall be. */
export const webhookControls = [
  route({
    method: 'GET',
    path: '/deliveries',
    summary: 'Every event that was sent to a subscription, with its attempts',
    query: {
      event: 'Only of this name',
      app: 'Only of this client id',
      state: 'sending, held, retrying, delivered, failed or dropped',
      last: 'Only the last so many',
    },
    handle: ({ world, query }) => {
      const [event, app, state] = [query.get('event'), query.get('app'), query.get('state')]
      const deliveries = world.deliveries.filter(
        (one) => (!event || one.event === event) && (!app || one.client_id === app) && (!state || one.state === state),
      )
      return ok({ deliveries: lastOf(deliveries, query) })
    },
  }),
  route({
    method: 'POST',
    path: '/emit',
    summary: 'Send any event, signed, to every subscription that is enabled, whatever it subscribes to',
    body: emitted,
    handle: ({ world, body }) => ok({ sent: emit(world, body) }),
  }),
  route({
    method: 'POST',
    path: '/events/{name}',
    summary:
      "Tell an event that does not come about here by itself, to those who subscribe to it; a key or a type that Zoom's list does not have is refused",
    body: told,
    handle: ({ world, params, body }) => ok({ sent: tell(world, params['name'] ?? '', body) }),
  }),
  route({
    method: 'POST',
    path: '/settle',
    summary: 'Answers when no webhook is on its way any more; retries that wait for their time do not count',
    handle: async ({ world }) => {
      await settle(world)
      return ok({ settled: true })
    },
  }),
]

function emit(world: World, { event, text, app }: z.output<typeof emitted>): number {
  const body = Buffer.from(text ?? JSON.stringify(event))
  const name = event?.event ?? /"event"\s*:\s*"([^"]+)"/.exec(text ?? '')?.[1] ?? ''
  const apps = app ? [mustFindApp(world, app)] : [...world.apps.values()]
  const targets = apps.flatMap((one) => one.subscriptions.filter(({ enabled }) => enabled).map((to) => ({ one, to })))
  for (const { one, to } of targets) deliver(world, one, to, name, body)
  return targets.length
}

function tell(
  world: World,
  event: string,
  { payload, event_ts = now(world.clock), app }: z.output<typeof told>,
): number {
  const body = { event, payload, event_ts }
  const faults = faultsOf(event, body)
  if (faults.length > 0) throw new ControlError(events.has(event) ? 422 : 404, faults.join('; '))
  const apps = app ? [mustFindApp(world, app)] : [...world.apps.values()]
  const targets = apps.flatMap((one) =>
    one.subscriptions
      .filter((to) => to.enabled && (to.events.includes(event) || to.events.includes('*')))
      .map((to) => ({ one, to })),
  )
  const bytes = Buffer.from(JSON.stringify(body))
  for (const { one, to } of targets) deliver(world, one, to, event, bytes)
  return targets.length
}
