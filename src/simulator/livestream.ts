import { nowInSeconds } from './clock.ts'
import { operatorOf, publish } from './events.ts'
import { sessionFields } from './recording-json.ts'
import type { Person, Session, World } from './state.ts'
import { utc } from './time.ts'

/** The live stream of a run begins. Zoom has an event for meetings alone. */
export function startStreaming(world: World, session: Session, operator: Person): void {
  if (session.streaming) return
  session.streaming = true
  tell(world, session, 'meeting.live_streaming_started', operator)
}

/** The live stream ends; at the end of the meeting it is the host who ends it. */
export function stopStreaming(world: World, session: Session, operator?: Person): void {
  if (!session.streaming) return
  session.streaming = false
  const who = operator ?? world.people.get(session.meeting.host_id)
  if (who) tell(world, session, 'meeting.live_streaming_stopped', who)
}

type LiveStreamEvent = 'meeting.live_streaming_started' | 'meeting.live_streaming_stopped'

function tell(world: World, session: Session, event: LiveStreamEvent, operator: Person): void {
  if (session.meeting.kind === 'webinar') return
  publish(
    world,
    event,
    { about: session.meeting.host_id },
    {
      ...operatorOf(operator),
      object: {
        ...sessionFields(session),
        live_streaming: {
          service: 'Custom_Live_Streaming_Service',
          custom_live_streaming_settings: session.meeting.parts.livestream,
          date_time: utc(nowInSeconds(world.clock)),
        },
      },
    },
  )
}
