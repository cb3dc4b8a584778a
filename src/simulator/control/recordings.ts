import { z } from 'zod'
import { nowInSeconds } from '#simulator/clock.ts'
import { sessionsOf } from '#simulator/meetings.ts'
import { changeRecording, changeRecordings, type RecordingAction } from '#simulator/recordings.ts'
import type { Recording } from '#simulator/state.ts'
import { mustFindMeeting } from './meetings.ts'
import { mustFind } from './people.ts'
import { ControlError, created, ok, route } from './route.ts'

const viewing = z.strictObject({
  what: z.enum(['view', 'download']).default('view'),
  name: z.string().default(''),
  email: z.string().default(''),
  duration: z.int().min(0).default(60).describe('Seconds that were looked at'),
})

const action = z.enum(['trash', 'recover', 'delete'])
const changing = z.strictObject({ action: action.default('trash') })

/** What is trashed can be recovered or deleted for good; what is not can be trashed, or deleted at once. */
const mayBe = (recording: Recording, wanted: RecordingAction): boolean =>
  wanted === 'delete' || (recording.trashed_at === undefined) === (wanted === 'trash')

/** What people do with recordings in their browsers. */
export const recordingControls = [
  route({
    method: 'POST',
    path: '/meetings/{id}/recordings',
    summary:
      'The host trashes the latest recording in the portal, has it back, or deletes it for good; recording.trashed, .recovered or .deleted follows',
    body: changing,
    handle: ({ world, params, body }) => {
      const meeting = mustFindMeeting(world, params['id'])
      const recording = sessionsOf(world, meeting)
        .flatMap(({ uuid }) => world.recordings.get(uuid) ?? [])
        .findLast((one) => mayBe(one, body.action))
      if (!recording) throw new ControlError(409, `meeting ${meeting.id} has no recording to ${body.action}`)
      changeRecording(world, recording, body.action, mustFind(world, meeting.host_id))
      return ok({ uuid: recording.session.uuid, ...body })
    },
  }),
  route({
    method: 'POST',
    path: '/people/{id_or_email}/recordings',
    summary:
      'The user trashes all own recordings at once, or has all in the trash back, or deletes those for good; recording.batch_trashed, .batch_recovered or .batch_deleted follows',
    body: changing,
    handle: ({ world, params, body }) => {
      const host = mustFind(world, params['id_or_email'])
      const found = [...world.recordings.values()].filter(
        ({ session, trashed_at }) =>
          session.meeting.host_id === host.id && (trashed_at === undefined) === (body.action === 'trash'),
      )
      if (found.length === 0) throw new ControlError(409, `${host.email} has no recordings to ${body.action}`)
      changeRecordings(world, host, found, body.action)
      return ok({ uuids: found.map(({ session }) => session.uuid), ...body })
    },
  }),
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
