import { z } from 'zod'
import { newToken } from '#simulator/ids.ts'
import { registrantJoinUrl } from '#simulator/registrants.ts'
import type { Meeting } from '#simulator/state.ts'
import { created, parseBody, type ApiRoutes } from './call.ts'
import { holderOf, kinds } from './parts.ts'

const inviting = z.object({
  attendees: z
    .array(z.object({ name: z.string().min(1).max(64) }))
    .min(1)
    .max(500),
  /** Seconds. */
  ttl: z.int().min(0).max(7_776_000).default(7200),
})

const linksOf = (kind: Meeting['kind']): ApiRoutes => ({
  [`POST /${kind}s/{${kind}Id}/invite_links`]: (call) => {
    const meeting = holderOf(call, kind)
    const attendees = parseBody(call, inviting).attendees.map(({ name }) => ({
      join_url: registrantJoinUrl(meeting, { tk: newToken(32) }),
      name,
    }))
    return created({ attendees }, `${call.base}/v2/${kind}s/${meeting.id}`)
  },
})

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/meetings/{meetingId}/invite_links */
export const inviteLinkRoutes: ApiRoutes = Object.assign({}, ...kinds.map(linksOf))
