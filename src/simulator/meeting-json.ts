import { now } from './clock.ts'
import { newToken } from './ids.ts'
import { isRecurring, runningSession } from './meetings.ts'
import type { Meeting, Occurrence, Person, World } from './state.ts'
import { utc } from './time.ts'

export const joinHost = 'https://us02web.zoom.us'

export const joinUrl = ({ id, password, encrypted_password }: Meeting): string =>
  `${joinHost}/j/${id}${password && `?pwd=${encrypted_password}`}`

/** Made anew at every call: it carries a zak. */
const startUrl = ({ id }: Meeting): string => `${joinHost}/s/${id}?zak=${newToken(60)}`

export const registrationUrl = (meeting: Meeting): string =>
  `${joinHost}/${meeting.kind}/register/${meeting.uuid.replace(/\W/g, '')}`

/** Registration is on when `approval_type` is 0 (automatic) or 1 (manual). */
export const needsRegistration = ({ settings }: Meeting): boolean => settings['approval_type'] !== 2

export const occurrenceJson = ({ occurrence_id, start, duration, status }: Occurrence) => ({
  occurrence_id,
  start_time: utc(start),
  duration,
  status,
})

/** A meeting or webinar as create and get answer it. */
export function meetingJson(
  world: World,
  meeting: Meeting,
  host: Person,
  { past = false, settings = meeting.settings } = {},
): object {
  const occurrences = meeting.occurrences.filter((one) => past || one.start + one.duration * 60_000 >= now(world.clock))
  return {
    uuid: meeting.uuid,
    id: meeting.id,
    host_id: meeting.host_id,
    host_email: host.email,
    topic: meeting.topic,
    type: meeting.type,
    ...(meeting.start !== undefined && { start_time: utc(meeting.start) }),
    duration: meeting.duration,
    timezone: meeting.timezone,
    agenda: meeting.agenda,
    created_at: utc(meeting.created_at),
    start_url: startUrl(meeting),
    join_url: joinUrl(meeting),
    password: meeting.password,
    ...(needsRegistration(meeting) && { registration_url: registrationUrl(meeting) }),
    ...(meeting.recurrence && { recurrence: meeting.recurrence }),
    ...(meeting.occurrences.length > 0 && { occurrences: occurrences.map(occurrenceJson) }),
    ...(meeting.tracking_fields.length > 0 && { tracking_fields: meeting.tracking_fields }),
    settings,
    creation_source: meeting.creation_source,
    ...only[meeting.kind](world, meeting, host),
  }
}

/** What meetings alone have, and what webinars alone have. */
const only = {
  meeting: (world: World, meeting: Meeting, host: Person) => ({
    assistant_id: '',
    status: runningSession(world, meeting) ? 'started' : 'waiting',
    pre_schedule: meeting.pre_schedule,
    chat_join_url: `${joinHost}/launch/jc/${meeting.id}`,
    h323_password: digits(meeting.password),
    pstn_password: digits(meeting.password),
    encrypted_password: meeting.password && meeting.encrypted_password,
    dynamic_host_key: meeting.dynamic_host_key,
    ...(meeting.settings['use_pmi'] === true && { pmi: String(host.pmi) }),
  }),
  webinar: (_world: World, meeting: Meeting, _host: Person) => ({
    h323_passcode: digits(meeting.password),
    encrypted_passcode: meeting.password && meeting.encrypted_password,
    ...simuliveJson(meeting),
  }),
} satisfies Record<Meeting['kind'], (world: World, meeting: Meeting, host: Person) => object>

/** Whether a webinar plays a recording instead of being held, and which. */
export const simuliveJson = ({ record_file_id }: Meeting) => ({
  is_simulive: record_file_id !== undefined,
  ...(record_file_id !== undefined && { record_file_id }),
})

/** A telephone cannot type letters. */
const digits = (password: string): string =>
  password &&
  Array.from(Buffer.from(password), (byte) => byte % 10)
    .join('')
    .padEnd(6, '0')

/** A row of a list: no passcode, no settings. */
export const listItemJson = (meeting: Meeting, occurrence?: Occurrence): object => ({
  uuid: meeting.uuid,
  id: meeting.id,
  host_id: meeting.host_id,
  topic: meeting.topic,
  type: meeting.type,
  ...startOf(meeting, occurrence),
  duration: occurrence?.duration ?? meeting.duration,
  timezone: meeting.timezone,
  created_at: utc(meeting.created_at),
  join_url: joinUrl(meeting),
  agenda: meeting.agenda,
})

function startOf(meeting: Meeting, occurrence: Occurrence | undefined): { start_time?: string } {
  const start = occurrence?.start ?? (isRecurring(meeting) ? meeting.occurrences[0]?.start : undefined) ?? meeting.start
  return start === undefined ? {} : { start_time: utc(start) }
}
