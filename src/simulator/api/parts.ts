import { findMeeting } from '#simulator/meetings.ts'
import { hasWebinars } from '#simulator/people.ts'
import { documents, invalidFields, Refusal, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting, Person } from '#simulator/state.ts'
import { param, type ApiCall } from './call.ts'
import { hostOf, meetingOf } from './schedule.ts'

/** Two operations of one meaning, for meetings and for webinars. */
export const kinds = ['meeting', 'webinar'] as const

/**
 * The meeting or webinar whose registrants, panelists and so on a path is about.
 * @throws Refusal as `meetingOf`, 3000 where a meeting's operation is given a webinar, 3161 when the host may not have
 * meetings, 200 when the host has no webinar add-on.
 */
export function holderOf(call: ApiCall, kind: Meeting['kind']): Meeting {
  const { endpoint, world } = call
  const id = param(call, `${kind}Id`)
  if (kind === 'meeting' && findMeeting(world, id)?.kind === 'webinar' && documents(endpoint, 3000, 'Cannot access')) {
    throw refusalSaying(endpoint, 3000, 'Cannot access')
  }
  if (!/^\d{1,19}$/.test(id)) throw invalidId(call)
  const meeting = meetingOf(call, kind)
  const host = hostOf(call, meeting)
  if (kind === 'webinar') mustHaveWebinars(call, host)
  if (kind === 'meeting' && (host.type === 4 || host.type === 99) && documents(endpoint, 3161)) {
    throw refusal(endpoint, 3161)
  }
  return meeting
}

/** Zoom says it even where an operation's own row is silent. */
function mustHaveWebinars({ endpoint }: ApiCall, host: Person): void {
  if (hasWebinars(host)) return
  if (documents(endpoint, 200, 'Webinar plan')) throw refusalSaying(endpoint, 200, 'Webinar plan', host.id)
  const message = `Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this user in order to perform this action: ${host.id}.`
  throw new Refusal({ http: 400, code: 200, message })
}

/** Operations word it each in their own way, or not at all. */
function invalidId({ endpoint }: ApiCall): Refusal {
  const documented = endpoint.errors.find(
    ({ code, message }) => code === 300 && /^(Invalid )?(meeting|webinar) id/i.test(message),
  )
  return documented ? new Refusal(documented) : invalidFields(['id'])
}
