import type { Meeting, Presence, Session } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { shown } from './dashboards.ts'
import { pageOf } from './pages.ts'
import { kinds } from './parts.ts'

/** What the participants shared, and what they thought of it: https://developers.zoom.us/docs/api/meetings/#tag/dashboards */
export const dashboardPeopleRoutes: ApiRoutes = Object.assign({}, ...kinds.map(routesOf))

function routesOf(kind: Meeting['kind']): ApiRoutes {
  const base = `/metrics/${kind}s/{${kind}Id}/participants`
  return {
    [`GET ${base}/satisfaction`]: (call) => satisfaction(call, kind),
    [`GET ${base}/sharing`]: (call) => sharing(call, kind),
  }
}

/** One row for each who said it; who said nothing is not there. */
function satisfaction(call: ApiCall, kind: Meeting['kind']) {
  const { items, paging } = pageOf(call, shown(call, kind).in_meeting.feedback)
  const { page_size, next_page_token } = paging
  const participants = items.map(({ presence, quality, comment, at }) => ({
    date_time: utc(at),
    email: presence.email,
    quality,
    user_id: presence.person_id,
    comment,
  }))
  return ok({ next_page_token, page_size, participants })
}

/** One row for each stay in which something was shared. */
function sharing(call: ApiCall, kind: Meeting['kind']) {
  const session = shown(call, kind)
  const { items, paging } = pageOf(
    call,
    session.presences.filter((presence) => sharedBy(session, presence).length > 0),
  )
  const participants = items.map((presence) => ({
    id: presence.person_id,
    user_id: presence.user_id,
    user_name: presence.name,
    details: sharedBy(session, presence).map(({ content, start, end }) => ({
      content,
      start_time: utc(start),
      end_time: end === undefined ? '' : utc(end),
    })),
  }))
  return ok({ ...paging, participants })
}

const sharedBy = ({ in_meeting }: Session, presence: Presence) =>
  in_meeting.sharings.filter((one) => one.presence === presence)
