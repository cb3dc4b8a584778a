import { now } from './clock.ts'
import { newMeetingId, newPasscode, newToken, newUuid } from './ids.ts'
import { defaultMeetingSettings } from './meeting-defaults.ts'
import { newParts } from './meeting-parts.ts'
import { expand } from './recurrence.ts'
import type { Meeting, Occurrence, Person, Session, World } from './state.ts'

/** What may be said about a meeting before it exists; the rest is given by Zoom. */
type MeetingPlan = Pick<Meeting, 'kind' | 'type' | 'topic'> & Partial<Meeting>

/** Makes a meeting with Zoom's defaults and puts it into the world. */
export function addMeeting(world: World, host: Person, plan: MeetingPlan): Meeting {
  const meeting: Meeting = {
    id: newMeetingId(world.meetings),
    uuid: newUuid(world.settings.awkward_uuids),
    host_id: host.id,
    start: undefined,
    duration: 60,
    timezone: host.timezone,
    agenda: '',
    password: newPasscode(),
    encrypted_password: `${newToken(22)}.1`,
    created_at: now(world.clock),
    creation_source: 'open_api',
    pre_schedule: false,
    record_file_id: undefined,
    dynamic_host_key: String(100_000 + (world.meetings.size % 900_000)),
    recurrence: undefined,
    occurrences: [],
    tracking_fields: [],
    settings: {},
    parts: newParts(),
    deleted: false,
    purge: undefined,
    ...plan,
  }
  meeting.occurrences = occurrencesOf(world, meeting)
  world.meetings.set(String(meeting.id), meeting)
  return meeting
}

/** The meeting or webinar with this number, expired ones too. A user's personal meeting is there without having been scheduled. */
export function findMeeting(world: World, id: string): Meeting | undefined {
  const meeting = world.meetings.get(id)
  if (meeting?.deleted) return
  if (meeting && meeting.type !== personal) return meeting
  const host = [...world.people.values()].find(({ pmi }) => String(pmi) === id)
  return host && (meeting ?? personalMeeting(world, host))
}

const personal = 4
/** A personal audio conference: made in the portal, joined by telephone. */
const personalAudio = 7
export const isPersonalAudio = ({ type }: Meeting): boolean => type === personalAudio
export const isPersonal = ({ type }: Meeting): boolean => type === personal

const personalMeeting = (world: World, host: Person): Meeting =>
  addMeeting(world, host, {
    kind: 'meeting',
    id: host.pmi,
    type: personal,
    topic: `${host.display_name}'s Personal Meeting Room`,
    creation_source: 'other',
    settings: { ...defaultMeetingSettings.meeting, use_pmi: true },
  })

/** The occurrences that the recurrence makes, all anew. */
export function occurrencesOf(world: World, { recurrence, start, duration, timezone }: Meeting): Occurrence[] {
  if (!recurrence || start === undefined) return []
  return expand(recurrence, start, timezone, world.settings.max_occurrences).map((at) => ({
    occurrence_id: String(at),
    start: at,
    duration,
    status: 'available',
    changes: {},
  }))
}

const day = 86_400_000
const noFixedTime = new Set([3, 4, 6, 7])
export const isRecurring = ({ type }: Meeting): boolean => [3, 6, 8, 9].includes(type)
export const hasOccurrences = ({ type }: Meeting): boolean => type === 8 || type === 9
export const hasFixedTime = ({ type }: Pick<Meeting, 'type'>): boolean => !noFixedTime.has(type) && type !== 1

/** The number stops working 30 days after a scheduled meeting, 365 days after the last start of a recurring one, a personal one never. */
export function isExpired(world: World, meeting: Meeting): boolean {
  if (isPersonal(meeting)) return false
  const last = lastUse(world, meeting)
  return now(world.clock) > last + (isRecurring(meeting) ? 365 : 30) * day
}

function lastUse(world: World, meeting: Meeting): number {
  const sessions = sessionsOf(world, meeting).map(({ start }) => start)
  const planned = [meeting.start ?? meeting.created_at, ...meeting.occurrences.map(({ start }) => start)]
  return Math.max(...planned, ...sessions)
}

/** The runs of a meeting, the latest last. */
export const sessionsOf = (world: World, meeting: Meeting): Session[] =>
  [...world.sessions.values()].filter((session) => session.meeting === meeting)

/** The run that goes on now. */
export const runningSession = (world: World, meeting: Meeting): Session | undefined =>
  sessionsOf(world, meeting).find(({ end }) => end === undefined)

/** Types of meetings and webinars that become each other: planned once, without fixed times, as a series. */
const counterparts: readonly (readonly [meeting: number, webinar: number])[] = [
  [2, 5],
  [3, 6],
  [8, 9],
]

/** What a meeting becomes as a webinar, or a webinar as a meeting; some types stay what they are. */
export function converted({ kind, type }: Meeting): Pick<Meeting, 'kind' | 'type'> | undefined {
  const pair = counterparts.find(([meeting, webinar]) => type === (kind === 'meeting' ? meeting : webinar))
  if (!pair) return undefined
  return kind === 'meeting' ? { kind: 'webinar', type: pair[1] } : { kind: 'meeting', type: pair[0] }
}
