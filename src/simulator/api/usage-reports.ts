import { now } from '#simulator/clock.ts'
import { listedPersonJson } from '#simulator/person-json.ts'
import { invalidFields, refusal } from '#simulator/refusal.ts'
import type { Person, Session, Signing } from '#simulator/state.ts'
import { minutes, utc, utcDay } from '#simulator/time.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { checkMonth, dayOf, isWithin } from './days.ts'
import { pageNumber, pageOf } from './pages.ts'

/** Reports about the account: https://developers.zoom.us/docs/api/meetings/#tag/reports */
export const usageReportRoutes: ApiRoutes = {
  'GET /report/daily': daily,
  'GET /report/users': hosts,
  'GET /report/history_meetings': history,
  'GET /report/activities': activities,
  'GET /report/upcoming_events': upcomingEvents,
  'GET /report/cloud_recording': storage,
}

type Ended = Session & { end: number }
const isOver = (session: Session): session is Ended => session.end !== undefined

/** Reports come with a paid plan. */
function checkPlan({ world, endpoint }: ApiCall): void {
  if (world.settings.plan === 'free') throw refusal(endpoint, 200, world.account.id)
}

function monthOf(call: ApiCall): { from: string; to: string } {
  checkPlan(call)
  const [from, to] = [dayOf(call, 'from'), dayOf(call, 'to')]
  checkMonth(from, to)
  return { from, to }
}

/** The runs that a report knows, over since `report_delay_s`. */
const known = ({ world }: ApiCall): Ended[] =>
  [...world.sessions.values()]
    .filter(isOver)
    .filter(({ end }) => Math.max(0, now(world.clock) - end) >= world.settings.report_delay_s * 1000)

const minutesIn = ({ presences, end }: Ended): number =>
  presences.reduce((sum, { join, leave }) => sum + minutes((leave ?? end) - join), 0)
const total = (sessions: Ended[], of: (session: Ended) => number): number =>
  sessions.reduce((sum, session) => sum + of(session), 0)
const stays = ({ presences }: Ended): number => presences.length

/** Each day of a month, this one unless told; not older than six months. */
function daily(call: ApiCall) {
  checkPlan(call)
  const today = new Date(now(call.world.clock))
  const year = whole(call, 'year', today.getUTCFullYear())
  const month = whole(call, 'month', today.getUTCMonth() + 1)
  if (month < 1 || month > 12) throw invalidFields(['month'])
  const age = (today.getUTCFullYear() - year) * 12 + today.getUTCMonth() + 1 - month
  if (age < 0 || age > 6) throw refusal(call.endpoint, 300)
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const dates = Array.from({ length: days }, (_, i) => {
    const date = utcDay(Date.UTC(year, month - 1, i + 1))
    const sessions = known(call).filter(({ start }) => utcDay(start) === date)
    const new_users = [...call.world.people.values()].filter(({ created_at }) => utcDay(created_at) === date).length
    return {
      date,
      new_users,
      meetings: sessions.length,
      participants: total(sessions, stays),
      meeting_minutes: total(sessions, minutesIn),
    }
  })
  return ok({ year, month, dates })
}

function whole({ query }: ApiCall, name: string, usual: number): number {
  const value = Number(query.get(name) || usual)
  if (!Number.isInteger(value)) throw invalidFields([name])
  return value
}

/** Who held meetings in a time (`active`), or held none. */
function hosts(call: ApiCall) {
  const range = monthOf(call)
  const type = call.query.get('type') || 'active'
  if (type !== 'active' && type !== 'inactive') throw invalidFields(['type'])
  const sessions = known(call).filter(({ start }) => isWithin(start, range))
  const heldBy = (person: Person): Ended[] => sessions.filter(({ meeting }) => meeting.host_id === person.id)
  const people = [...call.world.people.values()].filter((person) => heldBy(person).length > 0 === (type === 'active'))
  const { items, paging } = pageOf(call, people)
  return ok({
    ...range,
    ...paging,
    page_number: pageNumber(call),
    total_meetings: sessions.length,
    total_participants: total(sessions, stays),
    total_meeting_minutes: total(sessions, minutesIn),
    users: items.map((person) => ({
      ...hostJson(person),
      meetings: heldBy(person).length,
      participants: total(heldBy(person), stays),
      meeting_minutes: total(heldBy(person), minutesIn),
    })),
  })
}

const hostJson = (person: Person): object => ({
  id: person.id,
  email: person.email,
  user_name: person.display_name,
  type: person.type,
  dept: person.dept,
  create_time: utc(person.created_at),
  ...('last_login_time' in listedPersonJson(person) && { last_login_time: utc(person.last_login_time ?? 0) }),
})

const isKind = (text: string): text is 'all' | 'meeting' | 'webinar' => ['all', 'meeting', 'webinar'].includes(text)

/** Meetings and webinars alike, with what was used in them: here that is sound and, at times, a recording. */
function history(call: ApiCall) {
  const range = monthOf(call)
  const kind = call.query.get('meeting_type') || 'all'
  const by = call.query.get('date_type') || 'start_time'
  if (!isKind(kind)) throw invalidFields(['meeting_type'])
  if (by !== 'start_time' && by !== 'end_time') throw invalidFields(['date_type'])
  const sessions = known(call).filter(
    ({ meeting, start, end }) =>
      (kind === 'all' || meeting.kind === kind) && isWithin(by === 'start_time' ? start : end, range),
  )
  const { items, paging } = pageOf(call, sessions)
  const { next_page_token, page_size } = paging
  return ok({ next_page_token, page_size, history_meetings: items.map((session) => historyJson(call, session)) })
}

function historyJson({ world }: ApiCall, session: Ended): object {
  const { meeting, start, end } = session
  const host = world.people.get(meeting.host_id)
  return {
    meeting_uuid: session.uuid,
    meeting_id: meeting.id,
    type: meeting.kind === 'meeting' ? 'Meeting' : 'Webinar',
    host_display_name: host?.display_name ?? '',
    host_email: host?.email ?? '',
    start_time: utc(start),
    end_time: utc(end),
    topic: session.topic,
    participants: stays(session),
    duration: minutes(end - start),
    total_participant_minutes: minutesIn(session),
    department: host?.dept ?? '',
    group: '',
    source: 'Zoom',
    unique_viewers: 0,
    max_concurrent_views: 0,
    create_time: utc(meeting.created_at),
    custom_fields: meeting.settings['custom_keys'] ?? [],
    tracking_fields: meeting.tracking_fields.map(({ field, value }) => ({ field, value })),
    feature_used: {
      ...unused,
      record_to_cloud: world.recordings.has(session.uuid),
      waiting_room: meeting.settings['waiting_room'] === true,
      registration: meeting.settings['approval_type'] === 0 || meeting.settings['approval_type'] === 1,
    },
  }
}

/** Features that nobody uses here. */
const unused = Object.fromEntries(
  [
    'screen_sharing',
    'video_on',
    'remote_control',
    'closed_caption',
    'breakout_room',
    'language_interpretation',
    'telephone_usage',
    'in_meeting_chat',
    'poll',
    'join_by_room',
    'live_transcription',
    'reaction',
    'zoom_apps',
    'annotation',
    'raise_hand',
    'virtual_background',
    'whiteboard',
    'immersive_scene',
    'avatar',
    'switch_to_mobile',
    'file_sharing',
    'meeting_summary',
    'meeting_questions',
    'record_to_computer',
    'live_translation',
    'smart_recording',
    'multi_speaker',
    'meeting_wallpaper',
    'gen_ai_virtual_background',
    'multi_share',
    'document_collaboration',
    'portrait_lighting',
    'personalized_audio_isolation',
    'color_themes',
  ].map((name) => [name, false]),
)

/** The last sign-in of everybody: no other is remembered. */
function activities(call: ApiCall) {
  const range = monthOf(call)
  const told = [...call.world.people.values()].flatMap(signingsOf).filter(({ at }) => isWithin(at, range))
  const { items, paging } = pageOf(call, told)
  const activity_logs = items.map(({ email, at, what, client_type, version }) => ({
    email,
    time: utc(at),
    type: `Sign ${what}`,
    ip_address: '192.0.2.1',
    client_type,
    version,
  }))
  return ok({ ...range, next_page_token: paging.next_page_token, page_size: paging.page_size, activity_logs })
}

/** Of whom nothing is told but when the last time was, that was by a browser. */
function signingsOf({ email, last_login_time, signings }: Person): (Signing & { email: string })[] {
  const usual = last_login_time === undefined ? [] : [{ what: 'in' as const, at: last_login_time }]
  const told = signings.length > 0 ? signings : usual.map((one) => ({ ...one, client_type: 'Browser', version: '-' }))
  return told.map((one) => ({ email, ...one }))
}

/** What is planned in a time, each occurrence by itself. */
function upcomingEvents(call: ApiCall) {
  const range = monthOf(call)
  const type = call.query.get('type') || 'all'
  if (!isKind(type)) throw invalidFields(['type'])
  const planned = [...call.world.meetings.values()]
    .filter(({ deleted, kind }) => !deleted && (type === 'all' || kind === type))
    .flatMap((meeting) =>
      (meeting.occurrences.length > 0
        ? meeting.occurrences.filter(({ status }) => status === 'available').map(({ start }) => start)
        : [meeting.start]
      ).map((start) => ({ meeting, start: start ?? 0 })),
    )
    .filter(({ start }) => start >= now(call.world.clock) && isWithin(start, range))
  const { items, paging } = pageOf(call, planned)
  const upcoming_events = items.map(({ meeting, start }) => {
    const host = call.world.people.get(meeting.host_id)
    return {
      id: String(meeting.id),
      topic: meeting.topic,
      host_id: meeting.host_id,
      host_name: host?.display_name ?? '',
      dept: host?.dept ?? '',
      start_time: utc(start),
    }
  })
  return ok({ ...range, next_page_token: paging.next_page_token, page_size: paging.page_size, upcoming_events })
}

const day = 86_400_000

/** What recordings take up at the end of each day. */
function storage(call: ApiCall) {
  const { from, to } = monthOf(call)
  const length = Math.max(0, (Date.parse(to) - Date.parse(from)) / day + 1)
  const cloud_recording_storage = Array.from({ length }, (_, i) => {
    const date = utcDay(Date.parse(from) + i * day)
    const bytes = [...call.world.recordings.values()]
      .flatMap(({ files }) => files)
      .filter((file) => utcDay(file.end) <= date)
      .reduce((sum, file) => sum + Buffer.byteLength(file.content), 0)
    return { date, usage: `${(bytes / 1024 ** 2).toFixed(2)} MB`, plan_usage: '0', free_usage: '1 GB' }
  })
  return ok({ from, to, cloud_recording_storage })
}
