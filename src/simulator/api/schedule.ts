import { now } from '#simulator/clock.ts'
import { countChange } from '#simulator/limits.ts'
import { bodies, occurrenceFields, type MeetingBody } from '#simulator/meeting-body.ts'
import { defaultMeetingSettings } from '#simulator/meeting-defaults.ts'
import { differences, snapshot } from '#simulator/meeting-changes.ts'
import { publishCreated, publishDeleted, publishUpdated } from '#simulator/meeting-events.ts'
import { meetingJson } from '#simulator/meeting-json.ts'
import {
  addMeeting,
  findMeeting,
  hasFixedTime,
  hasOccurrences,
  isExpired,
  isPersonal,
  occurrencesOf,
  runningSession,
} from '#simulator/meetings.ts'
import { findPerson } from '#simulator/people.ts'
import { documents, invalidFields, Refusal, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting, Occurrence, Person } from '#simulator/state.ts'
import { readTime, utc } from '#simulator/time.ts'
import { actor, param, parseBody, type ApiCall } from './call.ts'

type Kind = Meeting['kind']
const usualType = { meeting: 2, webinar: 5 } satisfies Record<Kind, number>
const usualTopic = { meeting: 'Zoom Meeting', webinar: 'My Webinar' } satisfies Record<Kind, string>

/** Schedules what the body asks for, for this host, and says so by event. */
export function schedule(call: ApiCall, kind: Kind, user: Person): Meeting {
  const { world } = call
  const body: MeetingBody = parseBody(call, bodies[kind])
  const host = scheduledFor(call, body, user)
  countChange(world, host.id, kind)
  const type = body.type ?? usualType[kind]
  const timezone = body.timezone ?? host.timezone
  const recurrence = type === 8 || type === 9 ? recurrenceOf(call, body) : undefined
  const meeting = addMeeting(world, host, {
    kind,
    type,
    topic: body.topic ?? usualTopic[kind],
    timezone,
    recurrence,
    start: startOf(call, body, type, timezone),
    ...(body.duration !== undefined && { duration: body.duration }),
    ...(body.agenda !== undefined && { agenda: body.agenda }),
    ...(body.password !== undefined && { password: body.password }),
    ...(body.tracking_fields && {
      tracking_fields: body.tracking_fields.map((field) => ({ ...field, visible: true })),
    }),
    settings: settingsOf(kind, host, body),
  })
  publishCreated(world, meeting, actor(call))
  return meeting
}

/**
 * The meeting or webinar that a path names.
 * @throws Refusal 300 when the id is no number, 3001 when there is none or it has expired, 3003 when it is another's and
 * the token reaches one's own alone.
 */
export function meetingOf(call: ApiCall, kind: Kind): Meeting {
  const id = param(call, `${kind}Id`)
  if (!/^\d{1,19}$/.test(id)) throw new Refusal({ http: 400, code: 300, message: `Invalid ${kind} ID.` })
  const meeting = findMeeting(call.world, id)
  if (meeting?.kind !== kind || isExpired(call.world, meeting)) throw refusal(call.endpoint, 3001, id)
  if (call.level === 'own' && meeting.host_id !== actor(call).id) throw refusal(call.endpoint, 3003)
  return meeting
}

/** Its host, who cannot have gone: deleting a user deletes the meetings. */
export function hostOf(call: ApiCall, meeting: Meeting): Person {
  const host = call.world.people.get(meeting.host_id)
  if (!host) throw refusal(call.endpoint, 1001, meeting.host_id)
  return host
}

/** A meeting as it is shown, or one occurrence of it. */
export function show(call: ApiCall, meeting: Meeting): object {
  const past = call.query.get('show_previous_occurrences') === 'true'
  const whole = meetingJson(call.world, meeting, hostOf(call, meeting), { past })
  const occurrence = occurrenceOf(call, meeting)
  if (!occurrence) return whole
  const { start, duration, changes } = occurrence
  return { ...whole, start_time: utc(start), duration, ...changes }
}

/** Changes a meeting, or one occurrence of it, and says by event what has changed. */
export function change(call: ApiCall, meeting: Meeting): void {
  const { world } = call
  countChange(world, meeting.host_id, meeting.kind)
  const body: MeetingBody = parseBody(call, bodies[meeting.kind])
  const occurrence = occurrenceOf(call, meeting)
  const before = snapshot(meeting)
  if (occurrence) changeOccurrence(call, meeting, occurrence, body)
  else changeAll(call, meeting, body)
  const { object, old_object } = differences(before, snapshot(meeting))
  if (Object.keys(object).length === 0) return
  const scope = occurrence ? 'single' : 'all'
  publishUpdated(world, meeting, actor(call), { scope, time_stamp: now(world.clock), object, old_object })
}

/** Deletes a meeting, or one occurrence of it. */
export function remove(call: ApiCall, meeting: Meeting): void {
  if (isPersonal(meeting)) throw refusal(call.endpoint, 3018)
  if (runningSession(call.world, meeting)) throw refusal(call.endpoint, 3002)
  const occurrence = occurrenceOf(call, meeting)
  if (occurrence) occurrence.status = 'deleted'
  else meeting.deleted = true
  publishDeleted(call.world, meeting, actor(call), occurrence)
}

function occurrenceOf(call: ApiCall, meeting: Meeting): Occurrence | undefined {
  const occurrence_id = call.query.get('occurrence_id')
  if (!occurrence_id) return
  const occurrence = meeting.occurrences.find(
    (one) => one.occurrence_id === occurrence_id && one.status === 'available',
  )
  if (!occurrence) throw refusal(call.endpoint, 3001, String(meeting.id))
  return occurrence
}

/** One schedules for oneself, and for those whose assistant one is. */
function scheduledFor(call: ApiCall, body: MeetingBody, user: Person): Person {
  if (!body.schedule_for) return user
  if (body.type === 1) throw refusal(call.endpoint, 3000)
  const host = findPerson(call.world, body.schedule_for)
  if (!host) throw refusal(call.endpoint, 300)
  if (host !== user && !host.assistants.has(user.id)) throw notScheduler(call, body.schedule_for)
  return host
}

/** Where an operation has no words for it, Zoom blames the field. */
function notScheduler({ endpoint }: ApiCall, userId: string): Refusal {
  const words = 'You cannot schedule a meeting for'
  return documents(endpoint, 3000, words) ? refusalSaying(endpoint, 3000, words, userId) : refusal(endpoint, 300)
}

/** The end is given by count or by date, not by both. */
function recurrenceOf(call: ApiCall, { recurrence }: MeetingBody): Meeting['recurrence'] {
  if (!recurrence) throw invalidFields(['recurrence'])
  const { end_times, end_date_time } = recurrence
  const isTwice = end_times !== undefined && end_date_time !== undefined
  if (isTwice || (end_times ?? 0) > call.world.settings.max_occurrences) throw invalidFields(['recurrence.end_times'])
  return definite(recurrence)
}

/** Without the keys whose value is undefined, which zod leaves in the type. */
const definite = (recurrence: NonNullable<MeetingBody['recurrence']>): NonNullable<Meeting['recurrence']> => {
  const { weekly_days, monthly_day, monthly_week, monthly_week_day, end_times, end_date_time, ...rest } = recurrence
  return {
    ...rest,
    ...(weekly_days !== undefined && { weekly_days }),
    ...(monthly_day !== undefined && { monthly_day }),
    ...(monthly_week !== undefined && { monthly_week }),
    ...(monthly_week_day !== undefined && { monthly_week_day }),
    ...(end_times !== undefined && { end_times }),
    ...(end_date_time !== undefined && { end_date_time }),
  }
}

/** A start without `Z` is the time zone's; one that is past becomes now; without any it is now, where there is a time at all. */
function startOf({ world }: ApiCall, body: MeetingBody, type: number, timezone: string): number | undefined {
  if (!hasFixedTime({ type })) return
  const at = Math.floor(now(world.clock) / 1000) * 1000
  const start = body.start_time === undefined ? at : (readTime(body.start_time, timezone) ?? at)
  return start < at && world.settings.move_past_start ? at : start
}

/** Registration is a Licensed host's: a Basic host's meeting stays without. */
function settingsOf(kind: Kind, host: Person, body: MeetingBody): Record<string, unknown> {
  const settings = secured(kind, body.password, { ...defaultMeetingSettings[kind], ...body.settings })
  return host.type === 1 ? { ...settings, approval_type: 2 } : settings
}

/** A meeting that neither a passcode nor a sign-in protects gets a waiting room. No passcode asked for is one that Zoom makes. */
function secured(kind: Kind, password: string | undefined, settings: Record<string, unknown>): Record<string, unknown> {
  const isOpen = password === '' && settings['waiting_room'] !== true && settings['meeting_authentication'] !== true
  return kind === 'meeting' && isOpen ? { ...settings, waiting_room: true } : settings
}

function changeAll(call: ApiCall, meeting: Meeting, body: MeetingBody): void {
  meeting.host_id = scheduledFor(call, body, hostOf(call, meeting)).id
  if (body.timezone !== undefined) meeting.timezone = body.timezone
  if (body.type !== undefined) meeting.type = body.type
  if (body.topic !== undefined) meeting.topic = body.topic
  if (body.duration !== undefined) meeting.duration = body.duration
  if (body.agenda !== undefined) meeting.agenda = body.agenda
  if (body.password !== undefined) meeting.password = body.password
  if (body.tracking_fields) meeting.tracking_fields = body.tracking_fields
  if (body.start_time !== undefined) meeting.start = startOf(call, body, meeting.type, meeting.timezone)
  if (body.settings) meeting.settings = { ...meeting.settings, ...body.settings }
  meeting.settings = secured(meeting.kind, meeting.password, meeting.settings)
  if (!hasOccurrences(meeting)) return
  if (body.recurrence) meeting.recurrence = recurrenceOf(call, body)
  const moved = body.recurrence ?? body.start_time ?? body.timezone ?? body.duration
  if (moved !== undefined) meeting.occurrences = remade(call, meeting)
}

/** The occurrences to come are made anew, with new ids; those that have begun stay. */
function remade({ world }: ApiCall, meeting: Meeting): Occurrence[] {
  const at = now(world.clock)
  const past = meeting.occurrences.filter(({ start }) => start < at)
  return [...past, ...occurrencesOf(world, meeting).filter(({ start }) => start >= at)]
}

function changeOccurrence(call: ApiCall, meeting: Meeting, occurrence: Occurrence, body: MeetingBody): void {
  const foreign = Object.keys(body).filter((field) => !occurrenceFields.has(field))
  if (foreign.length > 0) throw invalidFields(foreign)
  const timezone = body.timezone ?? meeting.timezone
  if (body.start_time !== undefined) occurrence.start = readTime(body.start_time, timezone) ?? occurrence.start
  if (body.duration !== undefined) occurrence.duration = body.duration
  if (body.agenda !== undefined) occurrence.changes['agenda'] = body.agenda
  if (body.settings) occurrence.changes['settings'] = { ...meeting.settings, ...body.settings }
}
