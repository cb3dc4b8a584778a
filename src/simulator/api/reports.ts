import { now } from '#simulator/clock.ts'
import { refusal } from '#simulator/refusal.ts'
import { uniquePeople } from '#simulator/sessions.ts'
import type { Meeting, Session } from '#simulator/state.ts'
import { ok, personOf, type ApiCall, type ApiRoutes } from './call.ts'
import { checkMonth, dayOf, isWithin } from './days.ts'
import { pageOf } from './pages.ts'
import { pollReport, qaReport, surveyReport } from './report-answers.ts'
import { endedSession, presenceJson, summaryJson } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/reports */
export const reportRoutes: ApiRoutes = {
  'GET /report/users/{userId}/meetings': heldBy,
  'GET /report/meetings/{meetingId}': (call) => report(call, 'meeting'),
  'GET /report/meetings/{meetingId}/participants': (call) => participants(call, 'meeting'),
  'GET /report/meetings/{meetingId}/polls': (call) => ok(pollReport(reported(call, 'meeting'))),
  'GET /report/meetings/{meetingId}/qa': (call) => ok(qaReport(call.world, reported(call, 'meeting'))),
  'GET /report/meetings/{meetingId}/survey': (call) => ok(surveyReport(reported(call, 'meeting'))),
  'GET /report/webinars/{webinarId}': (call) => report(call, 'webinar'),
  'GET /report/webinars/{webinarId}/participants': (call) => participants(call, 'webinar'),
  'GET /report/webinars/{webinarId}/polls': (call) => ok(pollReport(reported(call, 'webinar'))),
  'GET /report/webinars/{webinarId}/qa': (call) => ok(qaReport(call.world, reported(call, 'webinar'))),
  'GET /report/webinars/{webinarId}/survey': (call) => ok(surveyReport(reported(call, 'webinar'))),
}

function report(call: ApiCall, kind: Meeting['kind']) {
  const session = reported(call, kind)
  const { tracking_fields, settings } = session.meeting
  const custom_keys = settings['custom_keys'] ?? []
  return ok({
    ...summaryJson(call, session),
    custom_keys,
    tracking_fields: tracking_fields.map(({ field, value }) => ({ field, value })),
  })
}

/** The meetings and webinars that a user has held, between two days a month apart at most; those of one person are left out. */
function heldBy(call: ApiCall) {
  const { world, endpoint } = call
  if (world.settings.plan === 'free') throw refusal(endpoint, 200, world.account.id)
  const host = personOf(call)
  const [from, to] = [dayOf(call, 'from'), dayOf(call, 'to')]
  checkMonth(from, to)
  const isKnown = ({ end }: { end: number }): boolean =>
    Math.max(0, now(world.clock) - end) >= world.settings.report_delay_s * 1000
  const held = [...world.sessions.values()]
    .filter(isOver)
    .filter((session) => session.meeting.host_id === host.id && isKnown(session))
    .filter((session) => isWithin(session.start, { from, to }) && uniquePeople(session) > 1)
  const { items, paging } = pageOf(call, held)
  const meetings = items.map((session) => ({
    ...summaryJson(call, session),
    source: 'Zoom',
    custom_keys: session.meeting.settings['custom_keys'] ?? [],
    has_recording: world.recordings.has(session.uuid),
    has_chat: session.in_meeting.chat.length > 0,
    has_screen_share: session.in_meeting.sharings.length > 0,
  }))
  return ok({ from, to, ...paging, meetings })
}

const isOver = (session: Session): session is Session & { end: number } => session.end !== undefined

/** One row for each stay. The registrant's id is told only when asked for; a meeting of one person has no rows. */
function participants(call: ApiCall, kind: Meeting['kind']) {
  const session = reported(call, kind)
  const withRegistrant = call.query.get('include_fields')?.split(',').includes('registrant_id') ?? false
  const rows = uniquePeople(session) < 2 ? [] : session.presences
  const { items, paging } = pageOf(call, rows)
  return ok({
    ...paging,
    participants: items.map((presence) => {
      const { registrant_id, ...row } = presenceJson(session, presence)
      return {
        ...row,
        customer_key: presence.customer_key,
        participant_user_id: presence.person_id,
        bo_mtg_id: '',
        ...(withRegistrant && { registrant_id }),
      }
    }),
  })
}

/** Reports come with a paid plan, some time after the end. */
function reported(call: ApiCall, kind: Meeting['kind']) {
  if (call.world.settings.plan === 'free') throw refusal(call.endpoint, 200)
  return endedSession(call, kind, { delay_s: call.world.settings.report_delay_s })
}
