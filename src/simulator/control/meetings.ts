import { z } from 'zod'
import { nowInSeconds } from '#simulator/clock.ts'
import {
  deleteMeeting,
  isRecoverable,
  purgeMeeting,
  recoverMeeting,
  recoverOccurrence,
} from '#simulator/deleted-meetings.ts'
import { publishConverted, publishCreated } from '#simulator/meeting-events.ts'
import { defaultMeetingSettings } from '#simulator/meeting-defaults.ts'
import { meetingJson } from '#simulator/meeting-json.ts'
import { addMeeting, converted, findMeeting, runningSession } from '#simulator/meetings.ts'
import { hasWebinars } from '#simulator/people.ts'
import { startRecording, stopRecording } from '#simulator/recordings.ts'
import { endSession, joinSession, leaveSession, present, startSession, type Joining } from '#simulator/sessions.ts'
import type { Meeting, Person, Presence, Session, World } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { mustFind } from './people.ts'
import { ControlError, created, ok, route } from './route.ts'

const planned = z.strictObject({
  host: z.string().describe('Id or e-mail'),
  kind: z.enum(['meeting', 'webinar']).default('meeting'),
  type: z.literal(7).optional().describe('A personal audio conference, which the API cannot make'),
  topic: z.string().default('Zoom Meeting'),
  start_time: z.iso.datetime().optional().describe('Now, when absent'),
  duration: z.int().min(1).default(60),
  timezone: z.string().optional(),
  settings: z.record(z.string(), z.unknown()).default({}).describe('As in the API: waiting_room, join_before_host …'),
})

const joining = z.strictObject({
  name: z.string().min(1),
  email: z
    .string()
    .optional()
    .describe(
      "Of a user of the account: signed in as that user; a guest's is told only with a registrant_id, or with a customer_key, when it is what a page told the Meeting SDK",
    ),
  registrant_id: z.string().optional(),
  customer_key: z.string().max(36).optional(),
})

/** By the Meeting SDK one joins as a guest, whatever the page says of the e-mail. */
const joiningOf = ({ email, ...who }: z.output<typeof joining>): Joining =>
  who.customer_key ? { ...who, typed_email: email } : { ...who, email }

const leaving = z
  .strictObject({ user_id: z.string().optional(), name: z.string().optional(), reason: z.string().optional() })
  .refine(({ user_id, name }) => user_id !== undefined || name !== undefined, 'say who: user_id or name')

const recordingAction = z.strictObject({ action: z.enum(['start', 'stop']).default('start') })

/** What hosts and participants do with their own hands. Webinars go by the same routes. */
export const meetingControls = [
  route({
    method: 'GET',
    path: '/meetings',
    summary: 'All meetings and webinars with who is in',
    handle: ({ world }) =>
      ok({
        meetings: [...world.meetings.values()]
          .filter(({ deleted }) => !deleted)
          .map((meeting) => meetingState(world, meeting)),
      }),
  }),
  route({
    method: 'POST',
    path: '/meetings',
    summary: "Schedule a meeting in the portal, without the API; ….created follows. The answer is the API's",
    body: planned,
    handle: ({ world, body: { host, start_time, timezone, settings, ...plan } }) => {
      const person = mustFind(world, host)
      const meeting = addMeeting(world, person, {
        ...plan,
        type: plan.type ?? (plan.kind === 'meeting' ? 2 : 5),
        start: start_time === undefined ? nowInSeconds(world.clock) : Date.parse(start_time),
        timezone: timezone ?? person.timezone,
        creation_source: 'web_portal',
        settings: { ...defaultMeetingSettings[plan.kind], ...settings },
      })
      publishCreated(world, meeting, person)
      return created(meetingJson(world, meeting, person))
    },
  }),
  route({
    method: 'DELETE',
    path: '/meetings/{id}',
    summary:
      'The host deletes it in the portal; ….deleted follows. One that is deleted already is so for good; ….permanently_deleted follows, as it does by itself after seven days',
    handle: ({ world, params }) => {
      const meeting = world.meetings.get(params['id'] ?? '')
      if (meeting && isRecoverable(meeting)) purgeMeeting(world, meeting, hostOf(world, meeting))
      else {
        const found = mustFindMeeting(world, params['id'])
        if (runningSession(world, found)) throw new ControlError(409, `meeting ${found.id} is running`)
        deleteMeeting(world, found, hostOf(world, found))
      }
      return ok({ id: params['id'] })
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/recover',
    summary:
      'The host has a deleted one back from the portal, within seven days, or of a series the `occurrence_id` that was deleted alone; ….recovered follows',
    body: z.strictObject({ occurrence_id: z.string().optional() }),
    handle: ({ world, params, body }) => {
      const meeting = world.meetings.get(params['id'] ?? '')
      if (body.occurrence_id !== undefined) return ok(occurrenceBack(world, params['id'], body.occurrence_id))
      if (!meeting || !isRecoverable(meeting)) throw new ControlError(409, `${params['id']} is not among the deleted`)
      const host = hostOf(world, meeting)
      recoverMeeting(world, meeting, host)
      return ok(meetingJson(world, meeting, host))
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/convert',
    summary:
      'The host makes a webinar of a meeting (meeting.converted_to_webinar follows), or a meeting of a webinar (webinar.converted_to_meeting follows)',
    handle: ({ world, params }) => {
      const meeting = mustFindMeeting(world, params['id'])
      const host = hostOf(world, meeting)
      const change = converted(meeting)
      if (!change || runningSession(world, meeting))
        throw new ControlError(409, `meeting ${meeting.id} cannot be converted: it runs, or its type stays what it is`)
      if (change.kind === 'webinar' && !hasWebinars(host))
        throw new ControlError(409, `${host.email} has no webinar add-on`)
      Object.assign(meeting, change)
      meeting.settings = { ...defaultMeetingSettings[meeting.kind], ...meeting.settings }
      publishConverted(world, meeting, host)
      return ok(meetingJson(world, meeting, host))
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/start',
    summary: 'The meeting starts; ….started follows',
    handle: ({ world, params }) => ok(sessionState(startSession(world, mustFindMeeting(world, params['id'])))),
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/join',
    summary:
      'Somebody comes in; ….participant_joined follows. The host starts the meeting by joining, others only with join_before_host',
    body: joining,
    handle: ({ world, params, body }) => {
      const meeting = mustFindMeeting(world, params['id'])
      const session = runningSession(world, meeting) ?? startByJoining(world, meeting, body.email)
      return created(presenceState(joinSession(world, session, joiningOf(body))))
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/leave',
    summary: 'Somebody goes; ….participant_left follows. By name it is the one of that name who came last',
    body: leaving,
    handle: ({ world, params, body }) => {
      const session = mustRun(world, params['id'])
      const who = present(session).findLast(({ user_id, name }) =>
        body.user_id === undefined ? name === body.name : user_id === body.user_id,
      )
      if (!who) throw new ControlError(404, `${body.user_id ?? body.name} is not in the meeting`)
      leaveSession(world, session, who, body.reason)
      return ok(presenceState(who))
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/end',
    summary: 'The host ends it for all: those who are in leave, ….ended follows',
    handle: ({ world, params }) => {
      const session = mustRun(world, params['id'])
      endSession(world, session)
      return ok(sessionState(session))
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/recording',
    summary: 'Start or stop the cloud recording; after the end of the meeting or the recording it is completed',
    body: recordingAction,
    handle: ({ world, params, body }) => {
      const session = mustRun(world, params['id'])
      if (body.action === 'stop') stopRecording(world, session)?.()
      else record(world, session)
      return ok(sessionState(session))
    },
  }),
]

export function mustFindMeeting(world: World, id = ''): Meeting {
  const meeting = findMeeting(world, id)
  if (!meeting) throw new ControlError(404, `there is no meeting ${id}`)
  return meeting
}

function hostOf(world: World, { host_id }: Meeting): Person {
  const host = world.people.get(host_id)
  if (!host) throw new ControlError(409, 'its host has left the account')
  return host
}

export function mustRun(world: World, id: string | undefined): Session {
  const session = runningSession(world, mustFindMeeting(world, id))
  if (!session) throw new ControlError(409, `meeting ${id} has not started`)
  return session
}

function startByJoining(world: World, meeting: Meeting, email = ''): Session {
  const isHost = world.people.get(meeting.host_id)?.email === email
  if (!isHost && meeting.settings['join_before_host'] !== true) {
    throw new ControlError(409, `meeting ${meeting.id} has not started, and nobody may join before the host`)
  }
  return startSession(world, meeting)
}

/** Cloud recording needs a paid plan and a Licensed host. */
function record(world: World, session: Session): void {
  const host = world.people.get(session.meeting.host_id)
  if (world.settings.plan === 'free' || host?.type !== 2)
    throw new ControlError(409, 'cloud recording needs a Licensed host in a paid account')
  if (session.recording_since === undefined) startRecording(world, session)
}

export const presenceState = ({
  user_id,
  name,
  email,
  person_id,
  registrant_id,
  customer_key,
  participant_uuid,
  join,
  leave,
}: Presence) => ({
  user_id,
  name,
  id: person_id,
  email,
  registrant_id,
  customer_key,
  participant_uuid,
  join_time: utc(join),
  leave_time: leave === undefined ? null : utc(leave),
})

function occurrenceBack(world: World, id: string | undefined, occurrence_id: string): object {
  const meeting = mustFindMeeting(world, id)
  const occurrence = meeting.occurrences.find((one) => one.occurrence_id === occurrence_id && one.status === 'deleted')
  if (!occurrence) throw new ControlError(409, `${occurrence_id} is not among the deleted of ${id}`)
  const host = hostOf(world, meeting)
  recoverOccurrence(world, meeting, occurrence, host)
  return meetingJson(world, meeting, host)
}

const sessionState = ({ uuid, meeting, start, end, presences, waiting, recording_since }: Session) => ({
  id: String(meeting.id),
  uuid,
  start_time: utc(start),
  end_time: end === undefined ? null : utc(end),
  recording: recording_since !== undefined,
  participants: presences.map(presenceState),
  waiting_room: waiting.map(({ name, customer_key }) => ({ name, customer_key })),
})

function meetingState(world: World, meeting: Meeting) {
  const { kind, id, topic, type, duration, start, host_id } = meeting
  const session = runningSession(world, meeting)
  return {
    kind,
    id: String(id),
    topic,
    type,
    duration,
    start_time: start === undefined ? null : utc(start),
    host: world.people.get(host_id)?.email ?? host_id,
    session: session ? sessionState(session) : null,
  }
}
