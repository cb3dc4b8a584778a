import { z } from 'zod'
import { noCalls } from '#simulator/calls.ts'
import { advance, now, stopClock } from '#simulator/clock.ts'
import { newWorld } from '#simulator/seed.ts'
import { settingsSchema } from '#simulator/settings.ts'
import type { World } from '#simulator/state.ts'
import { ControlError, lastOf, ok, route } from './route.ts'

const clockBody = z.strictObject({ advance_s: z.number().describe('Seconds; negative moves it back') })

const century = 100 * 365 * 86_400_000

/** The world as a whole: clock, settings, calls, a fresh start. */
export const worldControls = [
  route({
    method: 'GET',
    path: '/clock',
    summary: "The simulator's time and how far it is from the machine's",
    handle: ({ world }) => ok(clockJson(world)),
  }),
  route({
    method: 'POST',
    path: '/clock',
    summary: 'Move the clock; what falls due on the way (retries of webhooks, say) happens before the answer',
    body: clockBody,
    handle: async ({ world, body }) => {
      if (Math.abs(world.clock.offset_ms + body.advance_s * 1000) > century)
        throw new ControlError(422, "advance_s: the clock stays within a hundred years of the machine's")
      await advance(world.clock, body.advance_s * 1000)
      return ok(clockJson(world))
    },
  }),
  route({ method: 'GET', path: '/settings', summary: 'All switches', handle: ({ world }) => ok(world.settings) }),
  route({
    method: 'PATCH',
    path: '/settings',
    summary: 'Turn some switches',
    body: settingsSchema.partial(),
    handle: ({ world, body }) => {
      Object.assign(world.settings, body)
      return ok(world.settings)
    },
  }),
  route({
    method: 'GET',
    path: '/calls',
    summary: 'Every request received under /oauth and /v2, and counts',
    query: {
      app: 'Only those of this client id',
      label: 'Only those of this rate-limit label',
      last: 'Only the last so many',
    },
    handle: ({ world, query }) => {
      const [app, label] = [query.get('app'), query.get('label')]
      const calls = world.calls.filter((call) => (!app || call.app === app) && (!label || call.label === label))
      return ok({ counts: world.call_counts, calls: lastOf(calls, query) })
    },
  }),
  route({
    method: 'DELETE',
    path: '/calls',
    summary: 'Forget the calls and begin to count anew',
    handle: ({ world }) => {
      world.calls = []
      world.call_counts = noCalls()
      return ok({ counts: world.call_counts, calls: world.calls })
    },
  }),
  route({
    method: 'POST',
    path: '/reset',
    summary:
      'Back to the seed: people, apps, settings, clock, the stand-in hosts; nothing has happened, and what was on its way is dropped',
    handle: ({ world }) => {
      stopClock(world.clock)
      world.over.abort()
      const { base, stand_ins } = world
      Object.assign(world, { ...newWorld(world.log), base, stand_ins })
      for (const standIn of stand_ins) standIn.reset()
      return ok({ reset: true })
    },
  }),
]

const clockJson = ({ clock }: World) => ({ now: new Date(now(clock)).toISOString(), offset_s: clock.offset_ms / 1000 })
