import { now } from '#simulator/clock.ts'
import { joinUrl, listItemJson } from '#simulator/meeting-json.ts'
import { isExpired, isPersonal, runningSession, sessionsOf } from '#simulator/meetings.ts'
import { findPerson } from '#simulator/people.ts'
import { invalidFields } from '#simulator/refusal.ts'
import type { Meeting, Occurrence, Person, World } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { created, noContent, ok, personOf, type ApiCall, type ApiRoutes } from './call.ts'
import { pageNumber, pageOf } from './pages.ts'
import { hostOf, meetingOf, mustHaveMeetings } from './named-meeting.ts'
import { change, endByHost, recoverByHost, remove, schedule, show } from './schedule.ts'

export const meetingRoutes: ApiRoutes = {
  'POST /users/{userId}/meetings': (call) => {
    const meeting = schedule(call, 'meeting', personOf(call))
    return created(show(call, meeting), `${call.base}/v2/meetings/${meeting.id}`)
  },
  'GET /users/{userId}/meetings': (call) => {
    const host = personOf(call)
    mustHaveMeetings(call, host)
    const { items, paging } = pageOf(call, listOf(call, host))
    return ok({ ...paging, page_number: pageNumber(call), meetings: items })
  },
  'GET /users/{userId}/upcoming_meetings': (call) => {
    const meetings = upcomingDay(call.world, personOf(call))
    return ok({ total_records: meetings.length, meetings })
  },
  'GET /meetings/{meetingId}': (call) => {
    const meeting = meetingOf(call, 'meeting')
    return ok(show(call, meeting, toldOfInvitees(call.world, meeting.settings)))
  },
  'PATCH /meetings/{meetingId}': (call) => {
    change(call, meetingOf(call, 'meeting'))
    return noContent
  },
  'DELETE /meetings/{meetingId}': (call) => {
    remove(call, meetingOf(call, 'meeting'))
    return noContent
  },
  'PUT /meetings/{meetingId}/status': (call) => {
    if (call.body['action'] === 'recover') recoverByHost(call)
    else endByHost(call, meetingOf(call, 'meeting'))
    return noContent
  },
  'GET /meetings/{meetingId}/invitation': (call) => {
    const meeting = meetingOf(call, 'meeting')
    return ok({ invitation: invitation(meeting, hostOf(call, meeting)), sip_links: [] })
  },
}

/** Only a meeting that is asked for tells who of those invited is of the account. */
function toldOfInvitees(world: World, settings: Meeting['settings']): Meeting['settings'] {
  const invited = settings['meeting_invitees']
  if (!Array.isArray(invited)) return settings
  const told = invited.map((one) => ({ ...one, internal_user: findPerson(world, one.email) !== undefined }))
  return { ...settings, meeting_invitees: told }
}

type ListType = 'scheduled' | 'live' | 'upcoming' | 'upcoming_meetings' | 'previous_meetings'

/** A row of a list: a meeting, or one occurrence of it. */
type Row = [meeting: Meeting, occurrence?: Occurrence]

/** Recurring meetings stand once in `scheduled` and once for each occurrence in the upcoming lists. */
const lists: Record<ListType, (world: World, meeting: Meeting) => Row[]> = {
  scheduled: (_world, meeting) => [[meeting]],
  live: (world, meeting) => (runningSession(world, meeting) ? [[meeting]] : []),
  upcoming: (world, meeting) => upcoming(world, meeting),
  upcoming_meetings: (world, meeting) => upcoming(world, meeting),
  previous_meetings: (world, meeting) =>
    sessionsOf(world, meeting)
      .filter(isOver)
      .map((): Row => [meeting]),
}

const isOver = ({ end }: { end: number | undefined }): boolean => end !== undefined

function listOf(call: ApiCall, host: Person): object[] {
  const type = call.query.get('type') ?? 'scheduled'
  if (!isListType(type)) throw invalidFields(['type'])
  return scheduledBy(call.world, host)
    .flatMap((meeting) => lists[type](call.world, meeting))
    .map(([meeting, occurrence]) => listItemJson(meeting, occurrence))
}

const isListType = (type: string): type is ListType => Object.hasOwn(lists, type)

/** Instant and personal meetings are in no list. */
const scheduledBy = (world: World, host: Person): Meeting[] =>
  [...world.meetings.values()].filter(
    (meeting) =>
      meeting.kind === 'meeting' &&
      meeting.host_id === host.id &&
      meeting.type !== 1 &&
      !isPersonal(meeting) &&
      !meeting.deleted &&
      !isExpired(world, meeting),
  )

function upcoming(world: World, meeting: Meeting): Row[] {
  const at = now(world.clock)
  const isAhead = ({ start, duration }: { start: number; duration: number }): boolean => start + duration * 60_000 > at
  const occurrences = meeting.occurrences.filter((one) => one.status === 'available' && isAhead(one))
  if (occurrences.length > 0) return occurrences.map((one): Row => [meeting, one])
  const { start, duration } = meeting
  return start !== undefined && meeting.occurrences.length === 0 && isAhead({ start, duration }) ? [[meeting]] : []
}

const day = 86_400_000

function upcomingDay(world: World, host: Person): object[] {
  const end = now(world.clock) + day
  return scheduledBy(world, host)
    .flatMap((meeting) => upcoming(world, meeting))
    .map(([meeting, occurrence]) => ({ meeting, start: occurrence?.start ?? meeting.start ?? end, occurrence }))
    .filter(({ start }) => start < end)
    .toSorted((a, b) => a.start - b.start)
    .map(({ meeting, start, occurrence }) => ({
      id: meeting.id,
      topic: meeting.topic,
      type: meeting.type,
      start_time: utc(start),
      duration: occurrence?.duration ?? meeting.duration,
      timezone: meeting.timezone,
      created_at: utc(meeting.created_at),
      join_url: joinUrl(meeting),
      passcode: meeting.password,
      use_pmi: meeting.settings['use_pmi'] === true,
      is_host: true,
      is_all_day: false,
    }))
}

const invitation = (
  meeting: Meeting,
  host: Person,
): string => `${host.display_name} is inviting you to a scheduled Zoom meeting.

Topic: ${meeting.topic}
${meeting.start === undefined ? '' : `Time: ${utc(meeting.start)} (${meeting.timezone})\n`}
Join Zoom Meeting
${joinUrl(meeting)}

Meeting ID: ${String(meeting.id).replace(/(\d{3})(\d{4})(\d+)/, '$1 $2 $3')}
Passcode: ${meeting.password}
`
