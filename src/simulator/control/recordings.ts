import { z } from 'zod'
import { nowInSeconds } from '#simulator/clock.ts'
import { sessionsOf } from '#simulator/meetings.ts'
import { mustFindMeeting } from './meetings.ts'
import { ControlError, created, route } from './route.ts'

const viewing = z.strictObject({
  what: z.enum(['view', 'download']).default('view'),
  name: z.string().default(''),
  email: z.string().default(''),
  duration: z.int().min(0).default(60).describe('Seconds that were looked at'),
})

/** What people do with recordings in their browsers. */
export const recordingControls = [
  route({
    method: 'POST',
    path: '/meetings/{id}/recording_views',
    summary: 'Somebody looks at the latest recording of the meeting, or takes a copy',
    body: viewing,
    handle: ({ world, params, body }) => {
      const meeting = mustFindMeeting(world, params['id'])
      const recording = sessionsOf(world, meeting)
        .flatMap(({ uuid }) => world.recordings.get(uuid) ?? [])
        .at(-1)
      if (!recording) throw new ControlError(409, `meeting ${meeting.id} has no recording`)
      const view = { at: nowInSeconds(world.clock), ...body }
      recording.parts.views.push(view)
      return created(view)
    },
  }),
]
