import { z } from 'zod'
import { deliver, settle } from '#simulator/deliveries.ts'
import type { World } from '#simulator/state.ts'
import { mustFindApp } from './apps.ts'
import { lastOf, ok, route } from './route.ts'

const emitted = z
  .strictObject({
    event: z.looseObject({ event: z.string() }).optional().describe('A whole body, sent as JSON.stringify writes it'),
    text: z.string().optional().describe('A whole body, sent byte for byte'),
    app: z.string().optional().describe('Only to this client id'),
  })
  .refine(({ event, text }) => (event === undefined) !== (text === undefined), 'say what: event or text')

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
