import { now } from '#simulator/clock.ts'
import { deleteMeeting, isRecoverable, recoverMeeting } from '#simulator/deleted-meetings.ts'
import { countChange } from '#simulator/limits.ts'
import { bodies, occurrenceFields, type MeetingBody } from '#simulator/meeting-body.ts'
import { defaultMeetingSettings } from '#simulator/meeting-defaults.ts'
import { differences, snapshot } from '#simulator/meeting-changes.ts'
import { publishCreated, publishDeleted, publishUpdated } from '#simulator/meeting-events.ts'
import { meetingJson } from '#simulator/meeting-json.ts'
import {
  addMeeting,
  hasFixedTime,
  hasOccurrences,
  isPersonal,
  isPersonalAudio,
  isRecurring,
  occurrencesOf,
  runningSession,
  sessionsOf,
} from '#simulator/meetings.ts'
import { findPerson } from '#simulator/people.ts'
import { documents, invalidFields, refusal, refusalSaying, type Refusal } from '#simulator/refusal.ts'
import type { Meeting, Occurrence, Person } from '#simulator/state.ts'
import { endSession } from '#simulator/sessions.ts'
import { readTime, utc } from '#simulator/time.ts'
import { actor, param, parseBody, type ApiCall } from './call.ts'
import { hostOf, mustHaveMeetings } from './named-meeting.ts'

type Kind = Meeting['kind']
const usualType = { meeting: 2, webinar: 5 } satisfies Record<Kind, number>
const usualTopic = { meeting: 'Zoom Meeting', webinar: 'My Webinar' } satisfies Record<Kind, string>

/** Schedules what the body asks for, for this host, and says so by event. */
export function schedule(call: ApiCall, kind: Kind, user: Person): Meeting {
  const { world } = call
  const body: MeetingBody = parseBody(call, bodies[kind])
  mustHaveMeetings(call, user)
  const host = scheduledFor(call, body, user)
  checkDomains(call, body)
  const record_file_id = simuliveOf(call, body)
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
    record_file_id,
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

/** A meeting as it is shown, or one occurrence of it. */
export function show(call: ApiCall, meeting: Meeting, settings = meeting.settings): object {
  const past = call.query.get('show_previous_occurrences') === 'true'
  const whole = meetingJson(call.world, meeting, hostOf(call, meeting), { past, settings })
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
  mustBeChangeable(call, meeting, body)
  checkDomains(call, body)
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
  mustBeScheduled(call, meeting)
  if (runningSession(call.world, meeting)) throw refusal(call.endpoint, 3002)
  const occurrence = occurrenceOf(call, meeting)
  if (isHeld(call, meeting, occurrence)) throw refusal(call.endpoint, 3007)
  if (!occurrence) return deleteMeeting(call.world, meeting, actor(call))
  occurrence.status = 'deleted'
  publishDeleted(call.world, meeting, actor(call), occurrence)
}

/** @throws Refusal 3018 or 3037 for what a user has once and for all. */
export function mustBeScheduled({ endpoint }: ApiCall, meeting: Meeting): void {
  if (isPersonal(meeting)) throw refusal(endpoint, 3018)
  if (isPersonalAudio(meeting)) throw refusal(endpoint, 3037)
}

/** Whether it has been held and its time is past: of a series only an occurrence can be. */
function isHeld({ world }: ApiCall, meeting: Meeting, occurrence: Occurrence | undefined): boolean {
  if (isRecurring(meeting) && !occurrence) return false
  const { start, duration } = occurrence ?? meeting
  const held = sessionsOf(world, meeting).filter(({ end = 0 }) => !occurrence || end > occurrence.start)
  return held.length > 0 && (start ?? 0) + duration * 60_000 < now(world.clock)
}

/** The host's own way to end a meeting: what runs at the account's own place, Zoom cannot end. */
export function endByHost(call: ApiCall, meeting: Meeting): void {
  if (call.body['action'] !== 'end') throw invalidFields(['action'])
  if (hostOf(call, meeting).on_premise) throw refusal(call.endpoint, 3063, String(meeting.id))
  const session = runningSession(call.world, meeting)
  if (session) endSession(call.world, session)
}

/** As from “Recently deleted” in the portal, and the whole meeting alone: the API names no occurrences. */
export function recoverByHost(call: ApiCall): void {
  const id = param(call, 'meetingId')
  const meeting = call.world.meetings.get(id)
  if (!meeting || !isRecoverable(meeting)) throw refusal(call.endpoint, 3001, id)
  if (call.level === 'own' && meeting.host_id !== actor(call).id) throw refusal(call.endpoint, 3003)
  recoverMeeting(call.world, meeting, actor(call))
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
  const { endpoint } = call
  if ('is_simulive' in body && body.is_simulive) throw refusalSaying(endpoint, 300, 'Can not schedule simulive')
  if (body.type === 1) throw refusalSaying(endpoint, 3000, 'Instant')
  const host = findPerson(call.world, body.schedule_for)
  if (!host) throw outsider(call, body)
  if (host !== user && !host.assistants.has(user.id)) throw notScheduler(call, body.schedule_for)
  return host
}

/** A chat that goes on belongs to the account, and so does its host. */
function outsider({ endpoint }: ApiCall, { settings }: MeetingBody): Refusal {
  const chat: unknown = Object(settings)['continuous_meeting_chat']
  const words = 'Unable to schedule for a user outside'
  if (Object(chat)['enable'] === true && documents(endpoint, 3000, words)) return refusalSaying(endpoint, 3000, words)
  return refusalSaying(endpoint, 300, 'The value that you entered')
}

/** Where an operation has no words for it, Zoom blames the field. */
function notScheduler({ endpoint }: ApiCall, userId: string): Refusal {
  const words = 'You cannot schedule a meeting for'
  return documents(endpoint, 3000, words)
    ? refusalSaying(endpoint, 3000, words, userId)
    : refusalSaying(endpoint, 300, 'The value that you entered')
}

/** @throws Refusal 3000 when nothing may be changed any more, or when it cannot be scheduled ahead. */
function mustBeChangeable({ world, endpoint }: ApiCall, meeting: Meeting, body: MeetingBody): void {
  const hasStarted = sessionsOf(world, meeting).length > 0
  if (meeting.record_file_id !== undefined && hasStarted) throw refusalSaying(endpoint, 3000, 'You cannot update')
  const type = body.type ?? meeting.type
  const isAhead = 'pre_schedule' in body && body.pre_schedule === true
  if (isAhead && type !== 2 && type !== 3) throw refusalSaying(endpoint, 3000, 'Prescheduling')
}

/** Domains are parted by semicolons, and nobody of a blocked one is invited. */
function checkDomains({ world, endpoint }: ApiCall, { settings, schedule_for }: MeetingBody): void {
  const words = 'Invalid `enforce_login_domains`'
  const isParted = !/[,\s]/.test(settings?.enforce_login_domains ?? '')
  if (!isParted && documents(endpoint, 300, words)) throw refusalSaying(endpoint, 300, words)
  const security = world.account.settings['meeting_security'] ?? {}
  const blocked = security['block_user_domain'] === true ? security['block_user_domain_list'] : []
  const invitees = settings && 'meeting_invitees' in settings ? (settings.meeting_invitees ?? []) : []
  const emails = [...invitees.map(({ email }) => email), schedule_for ?? '']
  const domains = new Set(emails.map((email) => email.split('@').at(-1)?.toLowerCase()))
  const found = Array.isArray(blocked) ? blocked.find((domain) => domains.has(domain)) : undefined
  if (found && documents(endpoint, 3000, 'Users in')) throw refusalSaying(endpoint, 3000, 'Users in', found)
}

/** The file that a simulive webinar plays. */
function simuliveOf({ world, endpoint }: ApiCall, body: MeetingBody): string | undefined {
  if (!('is_simulive' in body) || !body.is_simulive) return undefined
  if (!world.settings.simulive) throw refusalSaying(endpoint, 300, "Account hasn't enabled")
  const files = [...world.recordings.values()].flatMap((recording) => recording.files)
  const file = files.find(({ id }) => id === body.record_file_id)
  if (!file) throw refusalSaying(endpoint, 300, 'Record file')
  return file.id
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
