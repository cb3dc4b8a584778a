import { refusal } from '#simulator/refusal.ts'
import { uniquePeople } from '#simulator/sessions.ts'
import type { Meeting } from '#simulator/state.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { pageOf } from './pages.ts'
import { endedSession, presenceJson, summaryJson } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/reports */
export const reportRoutes: ApiRoutes = {
  'GET /report/meetings/{meetingId}': (call) => report(call, 'meeting'),
  'GET /report/meetings/{meetingId}/participants': (call) => participants(call, 'meeting'),
  'GET /report/webinars/{webinarId}': (call) => report(call, 'webinar'),
  'GET /report/webinars/{webinarId}/participants': (call) => participants(call, 'webinar'),
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
