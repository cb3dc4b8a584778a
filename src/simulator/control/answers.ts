import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { nowInSeconds } from '#simulator/clock.ts'
import { newToken } from '#simulator/ids.ts'
import { runningSession, sessionsOf } from '#simulator/meetings.ts'
import { mustFindMeeting } from './meetings.ts'
import { ControlError, created, route } from './route.ts'

const answering = z.strictObject({
  kind: z.enum(['poll', 'qa', 'survey']).default('poll'),
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
    summary:
      'Somebody answers a poll or asks something in a meeting that runs, or answers the survey of the latest run',
    body: answering,
    handle: ({ world, params, body }) => {
      const meeting = mustFindMeeting(world, params['id'])
      const session = body.kind === 'survey' ? sessionsOf(world, meeting).at(-1) : runningSession(world, meeting)
      if (!session) throw new ControlError(409, `meeting ${params['id']} is not running`)
      const answer = { id: newToken(8), ...body, at: nowInSeconds(world.clock) }
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
