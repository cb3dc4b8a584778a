import { listItemJson, simuliveJson } from '#simulator/meeting-json.ts'
import { findMeeting, isExpired } from '#simulator/meetings.ts'
import { hasWebinars } from '#simulator/people.ts'
import { refusal } from '#simulator/refusal.ts'
import type { Meeting, Person } from '#simulator/state.ts'
import { created, noContent, ok, param, personOf, type ApiCall, type ApiRoutes } from './call.ts'
import { pageNumber, pageOf } from './pages.ts'
import { hostOf, meetingOf } from './named-meeting.ts'
import { change, endByHost, mustBeScheduled, remove, schedule, show } from './schedule.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars */
export const webinarRoutes: ApiRoutes = {
  'POST /users/{userId}/webinars': (call) => {
    const webinar = schedule(call, 'webinar', withAddOn(call, personOf(call)))
    return created(show(call, webinar), `${call.base}/v2/webinars/${webinar.id}`)
  },
  'GET /users/{userId}/webinars': (call) => {
    const host = personOf(call)
    const webinars = [...call.world.meetings.values()].filter(
      (one) => one.kind === 'webinar' && one.host_id === host.id && !one.deleted && !isExpired(call.world, one),
    )
    const { items, paging } = pageOf(call, webinars)
    return ok({
      ...paging,
      page_number: pageNumber(call),
      webinars: items.map((webinar) => ({ ...listItemJson(webinar), ...simuliveJson(webinar) })),
    })
  },
  'GET /webinars/{webinarId}': (call) => ok(show(call, webinarOf(call))),
  'PATCH /webinars/{webinarId}': (call) => {
    change(call, webinarOf(call))
    return noContent
  },
  'DELETE /webinars/{webinarId}': (call) => {
    const named = findMeeting(call.world, param(call, 'webinarId'))
    if (named) mustBeScheduled(call, named)
    remove(call, webinarOf(call))
    return noContent
  },
  'PUT /webinars/{webinarId}/status': (call) => {
    endByHost(call, webinarOf(call))
    return noContent
  },
}

function webinarOf(call: ApiCall): Meeting {
  const webinar = meetingOf(call, 'webinar')
  withAddOn(call, hostOf(call, webinar))
  return webinar
}

/** Webinars are an add-on that each host must have. */
function withAddOn(call: ApiCall, host: Person): Person {
  if (!hasWebinars(host)) throw refusal(call.endpoint, 200, host.id)
  return host
}
