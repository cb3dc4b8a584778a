import { z } from 'zod'
import { operatorOf, publish } from '#simulator/events.ts'
import { runningSession } from '#simulator/meetings.ts'
import { findPerson } from '#simulator/people.ts'
import { pauseRecording, startRecording, stopRecording } from '#simulator/recordings.ts'
import { refusal } from '#simulator/refusal.ts'
import type { Session } from '#simulator/state.ts'
import { actor, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { meetingOf } from './named-meeting.ts'

const contacts = z.array(z.object({ id: z.string().optional(), email: z.string().optional() })).max(10)

const controlling = z.discriminatedUnion('method', [
  z.object({ method: z.enum(['recording.start', 'recording.stop', 'recording.pause', 'recording.resume']) }),
  z.object({ method: z.literal('participant.invite'), params: z.object({ contacts: contacts.min(1) }) }),
  z.object({
    method: z.enum(['participant.invite.callout', 'participant.invite.room_system_callout', 'waiting_room.update']),
    params: z.record(z.string(), z.unknown()),
  }),
])

/** https://developers.zoom.us/docs/api/meetings/#tag/in-meeting-features/PATCH/live_meetings/{meetingId}/events */
export const liveMeetingRoutes: ApiRoutes = {
  'PATCH /live_meetings/{meetingId}/events': (call) => {
    const session = sessionOf(call)
    const control = parseBody(call, controlling)
    if (control.method === 'participant.invite') invite(call, session, control.params.contacts)
    else recordings[control.method]?.(call, session)
    return { status: 202 }
  },
}

/** What is taken and changes nothing here has no entry: there are neither telephones nor room systems. */
const recordings: Record<string, (call: ApiCall, session: Session) => void> = {
  'recording.start': (call, session) => {
    if (call.world.settings.cloud_storage_full) throw refusal(call.endpoint, 3309)
    if (session.recording_since === undefined) startRecording(call.world, session)
  },
  'recording.stop': ({ world }, session) => stopRecording(world, session)?.(),
  'recording.pause': ({ world }, session) => pauseRecording(world, session, true),
  'recording.resume': ({ world }, session) => pauseRecording(world, session, false),
}

/** Whom Zoom does not know in the account it invites silently not at all. */
function invite(call: ApiCall, session: Session, invited: z.output<typeof contacts>): void {
  const { meeting, uuid, topic } = session
  for (const { id, email } of invited) {
    const person = findPerson(call.world, id ?? email ?? '')
    if (!person) continue
    publish(
      call.world,
      'meeting.invitation_dispatched',
      { about: meeting.host_id },
      {
        ...operatorOf(actor(call)),
        object: {
          id: String(meeting.id),
          uuid,
          host_id: meeting.host_id,
          topic,
          participant: { participant_user_id: person.id, email: person.email },
        },
      },
    )
  }
}

/** Only a meeting that runs can be controlled. */
function sessionOf(call: ApiCall): Session {
  const session = runningSession(call.world, meetingOf(call, 'meeting'))
  if (!session) throw refusal(call.endpoint, 3001, param(call, 'meetingId'))
  return session
}
