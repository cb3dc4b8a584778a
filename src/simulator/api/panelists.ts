import { z } from 'zod'
import { now } from '#simulator/clock.ts'
import { newToken, newUserId } from '#simulator/ids.ts'
import { registrantJoinUrl } from '#simulator/registrants.ts'
import { refusal, refusalSaying } from '#simulator/refusal.ts'
import { utc } from '#simulator/time.ts'
import { created, noContent, ok, param, parseBody, type ApiRoutes } from './call.ts'
import { holderOf } from './parts.ts'

const adding = z.object({
  panelists: z
    .array(z.object({ name: z.string().min(1), email: z.email() }))
    .min(1)
    .max(30),
})

/** What a plan of 500 attendees has. */
const mostPanelists = 100

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId}/panelists */
export const panelistRoutes: ApiRoutes = {
  'GET /webinars/{webinarId}/panelists': (call) => {
    const webinar = holderOf(call, 'webinar')
    const panelists = webinar.parts.panelists.map((panelist) => ({
      id: panelist.id,
      email: panelist.email,
      name: panelist.name,
      join_url: registrantJoinUrl(webinar, panelist),
    }))
    return ok({ total_records: panelists.length, panelists })
  },
  'POST /webinars/{webinarId}/panelists': (call) => {
    const { parts, id } = holderOf(call, 'webinar')
    const { panelists } = parseBody(call, adding)
    const emails = new Set(panelists.map(({ email }) => email))
    const kept = parts.panelists.filter(({ email }) => !emails.has(email))
    if (kept.length + panelists.length > mostPanelists) {
      throw refusalSaying(call.endpoint, 3000, 'You have reached the limit')
    }
    parts.panelists = [...kept, ...panelists.map((one) => ({ ...one, id: newUserId(), tk: newToken(32) }))]
    const answer = { id: String(id), updated_at: utc(now(call.world.clock)) }
    return created(answer, `${call.base}/v2/webinars/${id}/panelists`)
  },
  'DELETE /webinars/{webinarId}/panelists': (call) => {
    holderOf(call, 'webinar').parts.panelists = []
    return noContent
  },
  'DELETE /webinars/{webinarId}/panelists/{panelistId}': (call) => {
    const { parts } = holderOf(call, 'webinar')
    const id = param(call, 'panelistId')
    const left = parts.panelists.filter((one) => one.id !== id)
    if (left.length === parts.panelists.length) throw refusal(call.endpoint, 1001, id)
    parts.panelists = left
    return noContent
  },
}
