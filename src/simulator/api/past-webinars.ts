import { sessionsOf } from '#simulator/meetings.ts'
import { needsRegistration } from '#simulator/meeting-json.ts'
import { refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Session } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { pageNumber, pageOf } from './pages.ts'
import { holderOf } from './parts.ts'
import { answersOf } from './past-answers.ts'
import { registrantJson } from './registrants.ts'
import { endedSession, presenceJson } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars (past_webinars), and the polls and questions of past meetings. */
export const pastWebinarRoutes: ApiRoutes = {
  'GET /past_webinars/{webinarId}/instances': (call) => {
    const ended = sessionsOf(call.world, holderOf(call, 'webinar')).filter(({ end }) => end !== undefined)
    return ok({ webinars: ended.map(({ uuid, start }) => ({ uuid, start_time: utc(start) })) })
  },
  'GET /past_webinars/{webinarId}/participants': (call) => {
    if (call.world.settings.plan === 'free') throw refusal(call.endpoint, 200)
    const session = endedSession(call, 'webinar')
    const { items, paging } = pageOf(call, session.presences)
    const participants = items.map((presence) => ({
      ...presenceJson(session, presence),
      internal_user: presence.person_id !== '',
    }))
    return ok({ ...paging, participants })
  },
  'GET /past_webinars/{webinarId}/absentees': (call) => {
    const session = endedSession(call, 'webinar')
    const { items, paging } = pageOf(call, absentees(call, session))
    const registrants = items.map((one) => registrantJson(session.meeting, one, { inList: true }))
    return ok({ ...paging, page_number: pageNumber(call), registrants })
  },
  'GET /past_meetings/{meetingId}/polls': (call) => ok(answersOf(endedSession(call, 'meeting'), 'poll')),
  'GET /past_meetings/{meetingId}/qa': (call) => ok(answersOf(endedSession(call, 'meeting'), 'qa')),
  'GET /past_webinars/{webinarId}/polls': (call) => ok(answersOf(endedSession(call, 'webinar'), 'poll')),
  'GET /past_webinars/{webinarId}/qa': (call) => ok(answersOf(endedSession(call, 'webinar'), 'qa')),
}

/** Who was approved and did not come. */
function absentees(call: ApiCall, { meeting, uuid, presences }: Session) {
  if (!needsRegistration(meeting)) throw refusal(call.endpoint, 3000, uuid)
  const occurrence_id = call.query.get('occurrence_id')
  const isKnown = meeting.occurrences.some((one) => one.occurrence_id === occurrence_id)
  if (occurrence_id && !isKnown) throw refusalSaying(call.endpoint, 300, 'The request', occurrence_id)
  const came = new Set(presences.map(({ registrant_id }) => registrant_id))
  return meeting.parts.registrants.filter(({ id, status }) => status === 'approved' && !came.has(id))
}
