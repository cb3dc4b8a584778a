import { randomUUID } from 'node:crypto'
import { archiveSession } from './archive.ts'
import { nowInSeconds, setAlarm } from './clock.ts'
import { newUuid } from './ids.ts'
import { newInMeeting, stopSharing } from './in-meeting.ts'
import { stopStreaming } from './livestream.ts'
import { publishEnded, publishJoined, publishLeft, publishStarted } from './meeting-events.ts'
import { runningSession } from './meetings.ts'
import { findPerson } from './people.ts'
import { stopRecording } from './recordings.ts'
import { tellWatchers } from './session-changes.ts'
import type { Meeting, Presence, Session, World } from './state.ts'

/** Begins a run of the meeting; its UUID is the one that the meeting has had so far. One that runs goes on. */
export function startSession(world: World, meeting: Meeting): Session {
  const running = runningSession(world, meeting)
  if (running) return running
  const session: Session = {
    uuid: meeting.uuid,
    meeting,
    topic: meeting.topic,
    start: nowInSeconds(world.clock),
    end: undefined,
    presences: [],
    waiting: [],
    recording_since: undefined,
    recording_paused: false,
    streaming: false,
    summary: undefined,
    answers: [],
    in_meeting: newInMeeting(),
    archive: undefined,
    free_limit: undefined,
  }
  world.sessions.set(session.uuid, session)
  publishStarted(world, session)
  tellWatchers(world, { change: 'started', session })
  return session
}

export interface Joining {
  name: string
  /** Of a user of the account: signed in as that user. */
  email?: string | undefined
  /** What a page told the Meeting SDK: it proves nothing. */
  typed_email?: string | undefined
  registrant_id?: string | undefined
  customer_key?: string | undefined
}

/** Somebody comes in. Each stay has a `user_id` of its own, also of one who was here before. */
export function joinSession(world: World, session: Session, who: Joining): Presence {
  const { name, email = '', typed_email = '', registrant_id = '', customer_key = '' } = who
  const person = email ? findPerson(world, email) : undefined
  world.last_user_id += 1024
  const presence: Presence = {
    user_id: String(world.last_user_id),
    name,
    person_id: person?.id ?? '',
    email: person || registrant_id || world.settings.guest_emails ? email : typed_email,
    registrant_id,
    customer_key,
    participant_uuid: randomUUID().toUpperCase(),
    join: notBefore(world, session.start),
    leave: undefined,
    leave_reason: '',
    role: person?.id === session.meeting.host_id ? 'host' : 'attendee',
  }
  session.presences.push(presence)
  publishJoined(world, session, presence)
  limitFreeMeeting(world, session)
  tellWatchers(world, { change: 'joined', session, presence })
  return presence
}

/** The reason is Zoom's own wording: `left the meeting`, `Host ended the meeting`. */
export function leaveSession(
  world: World,
  session: Session,
  presence: Presence,
  reason = `left the ${session.meeting.kind}`,
): void {
  stopSharing(world, session, presence)
  presence.leave = notBefore(world, presence.join)
  presence.leave_reason = `${reason.startsWith('left') ? `${presence.name} ` : ''}${reason}.`
  publishLeft(world, session, presence, presence.leave, reason)
  tellWatchers(world, { change: 'left', session, presence })
}

/** Those who are still in leave because the host has ended it; the next run gets a UUID of its own. */
export function endSession(world: World, session: Session): void {
  session.free_limit?.()
  tellWatchers(world, { change: 'ending', session })
  for (const waiting of session.waiting.splice(0)) waiting.settled({ reason: 'ended' })
  for (const presence of present(session)) {
    leaveSession(world, session, presence, `Host ended the ${session.meeting.kind}`)
  }
  stopStreaming(world, session)
  const finishRecording = stopRecording(world, session)
  session.end = notBefore(world, Math.max(session.start, ...session.presences.map(({ leave = 0 }) => leave)))
  session.meeting.uuid = newUuid(world.settings.awkward_uuids)
  archiveSession(world, session)
  publishEnded(world, session, session.end)
  finishRecording?.()
}

/** Now; where the clock was moved back past what must come first, the same second as that. */
const notBefore = (world: World, first: number): number => Math.max(nowInSeconds(world.clock), first)

/** Who is in now. */
export const present = ({ presences }: Session): Presence[] => presences.filter(({ leave }) => leave === undefined)

/** Different people who came: known by their user, registration, key or, failing those, name. */
export const uniquePeople = ({ presences }: Session): number =>
  new Set(
    presences.map(
      ({ person_id, registrant_id, customer_key, name }) => person_id || registrant_id || customer_key || name,
    ),
  ).size

/** A Basic host's meeting of three or more ends forty minutes after its start. */
function limitFreeMeeting(world: World, session: Session): void {
  const host = world.people.get(session.meeting.host_id)
  if (host?.type !== 1 || session.free_limit || present(session).length < 3) return
  session.free_limit = setAlarm(world.clock, session.start + world.settings.free_minutes * 60_000, () => {
    if (session.end === undefined) endSession(world, session)
  })
}
