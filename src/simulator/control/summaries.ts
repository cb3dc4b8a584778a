import { z } from 'zod'
import { sessionsOf } from '#simulator/meetings.ts'
import { summaryText, writeSummary } from '#simulator/summaries.ts'
import { mustFindMeeting } from './meetings.ts'
import { ControlError, created, route } from './route.ts'

const written = z.strictObject({
  title: z.string().default('Meeting summary'),
  overview: z.string().default('The meeting was held.'),
  details: z.array(z.strictObject({ label: z.string(), summary: z.string() })).default([]),
  next_steps: z.array(z.string()).default([]),
})

/** What AI Companion does after a meeting. */
export const summaryControls = [
  route({
    method: 'POST',
    path: '/meetings/{id}/summary',
    summary: 'AI Companion has written about the last run that ended: meeting.summary_completed, or .summary_updated',
    body: written,
    handle: ({ world, params, body }) => {
      const meeting = mustFindMeeting(world, params['id'])
      const session = sessionsOf(world, meeting).findLast(({ end }) => end !== undefined)
      if (!session) throw new ControlError(409, `meeting ${meeting.id} has not ended yet`)
      return created({ uuid: session.uuid, ...summaryText(writeSummary(world, session, body)) })
    },
  }),
]
