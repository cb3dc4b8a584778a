import { hasWebinars } from '#simulator/people.ts'
import { documents, Refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting, Person } from '#simulator/state.ts'
import type { ApiCall } from './call.ts'
import { hostOf, meetingOf } from './named-meeting.ts'

/** Two operations of one meaning, for meetings and for webinars. */
export const kinds = ['meeting', 'webinar'] as const

/**
 * The meeting or webinar whose registrants, panelists and so on a path is about.
 * @throws Refusal as `meetingOf`, 200 when the host has no webinar add-on.
 */
export function holderOf(call: ApiCall, kind: Meeting['kind']): Meeting {
  const meeting = meetingOf(call, kind)
  if (kind === 'webinar') mustHaveWebinars(call, hostOf(call, meeting))
  return meeting
}

/** Zoom says it even where an operation's own row is silent. */
function mustHaveWebinars({ endpoint }: ApiCall, host: Person): void {
  if (hasWebinars(host)) return
  if (documents(endpoint, 200, 'Webinar plan')) throw refusalSaying(endpoint, 200, 'Webinar plan', host.id)
  const message = `Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this user in order to perform this action: ${host.id}.`
  throw new Refusal({ http: 400, code: 200, message })
}
