import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { nowInSeconds } from '#simulator/clock.ts'
import { runningSession } from '#simulator/meetings.ts'
import { mustFindMeeting } from './meetings.ts'
import { ControlError, created, route } from './route.ts'

const answering = z.strictObject({
  kind: z.enum(['poll', 'qa']).default('poll'),
  name: z.string(),
  email: z.string().default(''),
  question: z.string(),
  answer: z.string().default(''),
})

const tracking = z.strictObject({ source_name: z.string(), visitor_count: z.int().min(0).default(0) })

/** What people say in polls and questions, and where webinars are advertised. */
export const answerControls = [
  route({
    method: 'POST',
    path: '/meetings/{id}/answers',
    summary: 'Somebody answers a poll, or has a question answered, in a meeting that runs',
    body: answering,
    handle: ({ world, params, body }) => {
      const session = runningSession(world, mustFindMeeting(world, params['id']))
      if (!session) throw new ControlError(409, `meeting ${params['id']} is not running`)
      const answer = { ...body, at: nowInSeconds(world.clock) }
      session.answers.push(answer)
      return created(answer)
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/tracking_sources',
    summary: 'The host makes a registration link of its own for a place where the webinar is advertised',
    body: tracking,
    handle: ({ world, params, body }) => {
      const source = { id: String(5_000_000_000_000 + randomInt(900_000_000)), ...body }
      mustFindMeeting(world, params['id']).parts.tracking_sources.push(source)
      return created(source)
    },
  }),
]
