import { now } from '#simulator/clock.ts'
import { invalidFields, refusal } from '#simulator/refusal.ts'
import { present, uniquePeople } from '#simulator/sessions.ts'
import type { Meeting, Presence, Session } from '#simulator/state.ts'
import { clockTime, utc, utcDay } from '#simulator/time.ts'
import { readUuid } from '#simulator/uuid.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { checkMonth, dayOf, isWithin } from './days.ts'
import { pageOf } from './pages.ts'
import { candidates } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/dashboards */
export const dashboardRoutes: ApiRoutes = {
  'GET /metrics/meetings': (call) => list(call, 'meeting'),
  'GET /metrics/meetings/{meetingId}': (call) => ok(sessionJson(call, shown(call, 'meeting'))),
  'GET /metrics/meetings/{meetingId}/participants': (call) => participants(call, 'meeting'),
  'GET /metrics/webinars': (call) => list(call, 'webinar'),
  'GET /metrics/webinars/{webinarId}': (call) => ok(sessionJson(call, shown(call, 'webinar'))),
  'GET /metrics/webinars/{webinarId}/participants': (call) => participants(call, 'webinar'),
}

const types = {
  live: ({ end }) => end === undefined,
  past: ({ end }) => end !== undefined,
  pastOne: (session) => session.end !== undefined && uniquePeople(session) === 1,
} satisfies Record<string, (session: Session) => boolean>

const isType = (text: string): text is keyof typeof types => Object.hasOwn(types, text)

/** What `type` asks for, `live` unless told; dashboards come with Business, and learn of a start or an end with a delay. */
function whichOf({ world, endpoint, query }: ApiCall): (session: Session) => boolean {
  if (world.settings.plan !== 'business') throw refusal(endpoint, 200)
  const type = query.get('type') || 'live'
  if (!isType(type)) throw invalidFields(['type'])
  const latest = now(world.clock) - world.settings.dashboard_delay_s * 1000
  return (session) => types[type](session) && (session.end ?? session.start) <= latest
}

const sixMonths = 184 * 86_400_000

/** Both days are a must, a month apart at most and not older than six months; what is live is live on any day. */
function list(call: ApiCall, kind: Meeting['kind']) {
  const isAsked = whichOf(call)
  const [from, to] = [dayOf(call, 'from'), dayOf(call, 'to')]
  checkMonth(from, to)
  if (from < utcDay(now(call.world.clock) - sixMonths)) throw invalidFields(['from'])
  const sessions = [...call.world.sessions.values()].filter(
    (session) =>
      session.meeting.kind === kind &&
      isAsked(session) &&
      (session.end === undefined || isWithin(session.start, { from, to })),
  )
  const { items, paging } = pageOf(call, sessions)
  return ok({ from, to, ...paging, [`${kind}s`]: items.map((session) => sessionJson(call, session)) })
}

/** By number the latest run of the type, by UUID just that run. */
export function shown(call: ApiCall, kind: Meeting['kind']): Session {
  const isAsked = whichOf(call)
  const encoded = call.params[`${kind}Id`] ?? ''
  const found = candidates(call, encoded).findLast((session) => session.meeting.kind === kind && isAsked(session))
  if (!found) throw refusal(call.endpoint, 3001, readUuid(encoded) ?? encoded)
  return found
}

const good = { audio_quality: 'good', video_quality: 'good', screen_share_quality: 'good' }

function sessionJson({ world }: ApiCall, session: Session): object {
  const { meeting, start, end, presences } = session
  const host = world.people.get(meeting.host_id)
  return {
    uuid: session.uuid,
    id: meeting.id,
    topic: session.topic,
    host: host?.display_name ?? '',
    email: host?.email ?? '',
    dept: host?.dept ?? '',
    user_type: host?.type === 2 ? 'Licensed' : 'Basic',
    start_time: utc(start),
    ...(end !== undefined && { end_time: utc(end) }),
    duration: clockTime((end ?? now(world.clock)) - start),
    participants: end === undefined ? present(session).length : presences.length,
    custom_keys: meeting.settings['custom_keys'] ?? [],
    ...features,
    has_screen_share: session.in_meeting.sharings.length > 0,
    has_recording: session.recording_since !== undefined || world.recordings.has(session.uuid),
    ...good,
    has_poll: session.answers.some(({ kind }) => kind === 'poll'),
    has_survey: false,
    ...(meeting.kind === 'meeting' && {
      has_qa: session.answers.some(({ kind }) => kind === 'qa'),
      session_key: meeting.settings['session_key'] ?? '',
      avg_jointime_cost: 2.5,
      tracking_fields: meeting.tracking_fields.map(({ field, value }) => ({ field, value })),
    }),
  }
}

/** Sound is all that there is. */
const features = {
  has_pstn: false,
  has_voip: true,
  has_3rd_party_audio: false,
  has_video: false,
  has_sip: false,
  has_archiving: false,
  has_manual_captions: false,
  has_automated_captions: false,
}

/** One row for each stay, those who are in included. The registrant's id is told only when asked for. */
function participants(call: ApiCall, kind: Meeting['kind']) {
  const session = shown(call, kind)
  const withRegistrant = call.query.get('include_fields')?.split(',').includes('registrant_id') ?? false
  const { items, paging } = pageOf(call, session.presences)
  return ok({
    ...paging,
    [`${kind}_number`]: String(session.meeting.id),
    participants: items.map((presence) => ({
      ...stayJson(session, presence),
      ...(withRegistrant && { registrant_id: presence.registrant_id }),
    })),
  })
}

export function stayJson({ meeting }: Session, presence: Presence): object {
  const { leave, leave_reason } = presence
  return {
    id: presence.person_id,
    user_id: presence.user_id,
    participant_uuid: presence.participant_uuid,
    participant_user_id: presence.person_id,
    user_name: presence.name,
    email: presence.email,
    customer_key: presence.customer_key,
    role: presence.person_id === meeting.host_id ? 'host' : 'attendee',
    join_time: utc(presence.join),
    ...(leave !== undefined && { leave_time: utc(leave), leave_reason }),
    ...client,
    ...(meeting.kind === 'meeting' && {
      camera: '',
      in_room_participants: 1,
      status: 'in_meeting',
      groupId: '',
      total_jointime_cost: 2.5,
      aic_disclaimer: '',
    }),
  }
}

/** Everybody comes with the same program from an address for documentation (RFC 5737). */
const client = {
  ...good,
  connection_type: 'UDP',
  video_connection_type: 'UDP',
  as_connection_type: 'UDP',
  data_center: 'United States (SC Top)',
  full_data_center: 'United States (SC Top);',
  device: 'Windows',
  device_name: '',
  os: 'Windows',
  os_version: '11',
  domain: '',
  harddisk_id: '',
  internal_ip_addresses: ['192.0.2.1'],
  ip_address: '192.0.2.1',
  location: 'United States',
  mac_addr: '',
  microphone: '',
  speaker: '',
  network_type: 'Wired',
  pc_name: '',
  client: 'Windows',
  version: '6.2.0.46690',
  recording: false,
  share_application: false,
  share_desktop: false,
  share_whiteboard: false,
  has_archiving: false,
  optional_archiving: '',
  bo_mtg_id: '',
}
