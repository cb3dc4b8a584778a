import { nowInSeconds } from './clock.ts'
import { operatorOf, publish } from './events.ts'
import type { Sharing } from './in-meeting.ts'
import { joinUrl, occurrenceJson } from './meeting-json.ts'
import { hasOccurrences } from './meetings.ts'
import { findPerson } from './people.ts'
import type { Meeting, Occurrence, Person, Presence, Session, Waiting, World } from './state.ts'
import { utc } from './time.ts'

/** `meeting.created` or `webinar.created`; here the id is a number. */
export function publishCreated(world: World, meeting: Meeting, operator: Person): void {
  publish(world, `${meeting.kind}.created`, hostOf(meeting), {
    ...operatorOf(operator),
    ...(hasOccurrences(meeting) && { operation: 'all' }),
    object: {
      ...commonFields(meeting),
      join_url: joinUrl(meeting),
      password: meeting.password,
      ...(meeting.kind === 'webinar' && { creation_source: meeting.creation_source }),
      ...(hasOccurrences(meeting) && { occurrences: meeting.occurrences.map(occurrenceJson) }),
      ...(meeting.recurrence && { recurrence: meeting.recurrence }),
      ...(meeting.tracking_fields.length > 0 && { tracking_fields: meeting.tracking_fields }),
      settings: eventSettings(meeting),
    },
  })
}

/** `….updated`: only what has changed, before and after. */
export function publishUpdated(
  world: World,
  meeting: Meeting,
  operator: Person,
  change: { scope: 'all' | 'single'; time_stamp: number; object: object; old_object: object },
): void {
  const { scope, time_stamp, object, old_object } = change
  publish(world, `${meeting.kind}.updated`, hostOf(meeting), {
    ...operatorOf(operator),
    scope,
    time_stamp,
    object: { id: meeting.id, uuid: meeting.uuid, ...object },
    old_object: { id: meeting.id, uuid: meeting.uuid, ...old_object },
  })
}

/** `….deleted`, or what came of it: of the whole, or of one occurrence. */
export function publishDeleted(
  world: World,
  meeting: Meeting,
  operator: Person,
  occurrence?: Occurrence,
  what: 'deleted' | 'recovered' | 'permanently_deleted' = 'deleted',
): void {
  const gone = occurrence ? [occurrence] : meeting.occurrences
  publish(world, `${meeting.kind}.${what}`, hostOf(meeting), {
    ...operatorOf(operator),
    ...(hasOccurrences(meeting) && { operation: occurrence ? 'single' : 'all' }),
    object: {
      ...commonFields(meeting),
      ...(hasOccurrences(meeting) && {
        occurrences: gone.map(({ occurrence_id, start }) => ({ occurrence_id, start_time: utc(start) })),
      }),
    },
  })
}

export function publishStarted(world: World, session: Session): void {
  publish(world, `${session.meeting.kind}.started`, hostOf(session.meeting), { object: sessionFields(session) })
}

export function publishEnded(world: World, session: Session, end: number): void {
  publish(world, `${session.meeting.kind}.ended`, hostOf(session.meeting), {
    object: { ...sessionFields(session), end_time: utc(end) },
  })
}

export function publishJoined(world: World, session: Session, presence: Presence): void {
  publish(world, `${session.meeting.kind}.participant_joined`, hostOf(session.meeting), {
    object: {
      ...sessionFields(session),
      participant: { ...participantFields(presence), join_time: utc(presence.join) },
    },
  })
}

export function publishLeft(world: World, session: Session, presence: Presence, leave: number, reason: string): void {
  const kind = session.meeting.kind
  publish(world, `${kind}.participant_left`, hostOf(session.meeting), {
    object: {
      ...sessionFields(session),
      participant: {
        ...participantFields(presence),
        leave_time: utc(leave),
        leave_reason: `${presence.name} left the ${kind}.<br>Reason: ${reason}.`,
      },
    },
  })
}

/** Zoom tells of the waiting room of meetings alone; webinars have none. */
export function publishWaiting(
  world: World,
  session: Session,
  event: 'participant_joined_waiting_room' | 'participant_left_waiting_room',
  { name, email, customer_key, participant_uuid }: Waiting,
  at: number,
): void {
  const person = email ? findPerson(world, email) : undefined
  const participant = {
    user_id: participant_uuid,
    user_name: name,
    id: person?.id ?? '',
    participant_uuid,
    date_time: utc(at),
    email: person?.email ?? '',
    participant_user_id: person?.id ?? '',
    ...(customer_key && { customer_key }),
  }
  publish(world, `meeting.${event}`, hostOf(session.meeting), { object: { ...sessionFields(session), participant } })
}

/** Somebody begins to share, or has ended. */
export function publishSharing(
  world: World,
  session: Session,
  event: 'sharing_started' | 'sharing_ended',
  { presence, content, start, end }: Sharing,
): void {
  const { user_id, name, person_id } = presence
  const sharing_details = { content, link_source: '', file_link: '', source: '', date_time: utc(end ?? start) }
  publish(world, `${session.meeting.kind}.${event}`, hostOf(session.meeting), {
    object: {
      ...sessionFields(session),
      participant: { user_id, user_name: name, id: person_id, sharing_details },
    },
  })
}

export function publishRole(world: World, session: Session, presence: Presence, old_role: Presence['role']): void {
  const { user_id, name, email, registrant_id, person_id, participant_uuid, role } = presence
  publish(world, `${session.meeting.kind}.participant_role_changed`, hostOf(session.meeting), {
    object: {
      ...sessionFields(session),
      participant: {
        user_id,
        user_name: name,
        email,
        participant_user_id: person_id,
        participant_uuid,
        ...(registrant_id && { registrant_id }),
        date_time: utc(nowInSeconds(world.clock)),
        old_role,
        new_role: role,
      },
    },
  })
}

/** A meeting has become a webinar, or the other way round: told by the name of what it was, with the type that it is. */
export function publishConverted(world: World, meeting: Meeting, operator: Person): void {
  const event = meeting.kind === 'webinar' ? 'meeting.converted_to_webinar' : 'webinar.converted_to_meeting'
  publish(world, event, hostOf(meeting), { ...operatorOf(operator), object: commonFields(meeting) })
}

const hostOf = ({ host_id }: Meeting) => ({ about: host_id })

export const commonFields = (meeting: Meeting) => ({
  uuid: meeting.uuid,
  id: meeting.id,
  host_id: meeting.host_id,
  topic: meeting.topic,
  type: meeting.type,
  ...(meeting.start !== undefined && { start_time: utc(meeting.start) }),
  duration: meeting.duration,
  timezone: meeting.timezone,
})

/** A run of the meeting: here the id is text, and the start is when it really began. */
const sessionFields = ({ meeting, uuid, topic, start }: Session) => ({
  id: String(meeting.id),
  uuid,
  host_id: meeting.host_id,
  topic,
  type: meeting.type,
  start_time: utc(start),
  timezone: meeting.timezone,
  duration: meeting.duration,
})

/** Ids of a user of the account are empty for guests; what was not given is left out. */
const participantFields = ({
  user_id,
  name,
  person_id,
  participant_uuid,
  email,
  registrant_id,
  customer_key,
}: Presence) => ({
  user_id,
  user_name: name,
  id: person_id,
  participant_uuid,
  email,
  participant_user_id: person_id,
  ...(registrant_id && { registrant_id }),
  ...(customer_key && { customer_key }),
})

/** The few settings that `….created` tells. */
const eventSettings = ({ kind, settings }: Meeting): object => {
  const { use_pmi = false, alternative_hosts, join_before_host, jbh_time, meeting_invitees } = settings
  if (kind === 'webinar') return { use_pmi, alternative_hosts }
  return { use_pmi, alternative_hosts, join_before_host, jbh_time, meeting_invitees }
}
