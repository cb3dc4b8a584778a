import { sessionsOf } from '#simulator/meetings.ts'
import { refusal } from '#simulator/refusal.ts'
import { uniquePeople } from '#simulator/sessions.ts'
import { utc } from '#simulator/time.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { pageOf } from './pages.ts'
import { meetingOf } from './named-meeting.ts'
import { endedSession, presenceJson, summaryJson } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings (past_meetings) */
export const pastMeetingRoutes: ApiRoutes = {
  'GET /past_meetings/{meetingId}': (call) => {
    mustBePaid(call)
    const session = endedSession(call, 'meeting')
    const { host_id } = session.meeting
    return ok({ ...summaryJson(call, session), host_id, source: 'Zoom', has_meeting_summary: false })
  },
  'GET /past_meetings/{meetingId}/instances': (call) => {
    const ended = sessionsOf(call.world, meetingOf(call, 'meeting')).filter(({ end }) => end !== undefined)
    return ok({ meetings: ended.map(({ uuid, start }) => ({ uuid, start_time: utc(start) })) })
  },
  'GET /past_meetings/{meetingId}/participants': (call) => {
    mustBePaid(call)
    const session = endedSession(call, 'meeting')
    const { items, paging } = pageOf(call, uniquePeople(session) < 2 ? [] : session.presences)
    return ok({
      ...paging,
      participants: items.map((presence) => ({
        ...presenceJson(session, presence),
        internal_user: presence.person_id !== '',
      })),
    })
  },
}

function mustBePaid({ world, endpoint }: ApiCall): void {
  if (world.settings.plan === 'free') throw refusal(endpoint, 200, world.account.id)
}
