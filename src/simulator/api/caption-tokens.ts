import { newToken } from '#simulator/ids.ts'
import { runningSession } from '#simulator/meetings.ts'
import { invalidFields, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting } from '#simulator/state.ts'
import { settingsOf } from '#simulator/user-settings.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { holderOf } from './parts.ts'
import { hostOf } from './named-meeting.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}/token */
export const captionTokenRoutes: ApiRoutes = {
  'GET /meetings/{meetingId}/token': (call) => captionToken(call, holderOf(call, 'meeting')),
  'GET /webinars/{webinarId}/token': (call) => {
    const webinar = holderOf(call, 'webinar')
    const captions = Object(settingsOf(hostOf(call, webinar))['in_meeting']?.['closed_captioning'])
    const isOn = captions['enable'] === true && captions['third_party_captioning_service'] === true
    if (!isOn) throw refusalSaying(call.endpoint, 3000, 'Closed captioning disabled')
    if (!runningSession(call.world, webinar)) {
      throw refusalSaying(call.endpoint, 3000, 'Webinar', String(webinar.id))
    }
    return captionToken(call, webinar)
  },
}

/** The token is the address to which captions are posted; nothing here shows them. */
function captionToken(call: ApiCall, { id }: Meeting) {
  if ((call.query.get('type') ?? 'closed_caption_token') !== 'closed_caption_token') throw invalidFields(['type'])
  return ok({ token: `${call.base}/closedcaption?id=${id}&ns=${newToken(6)}&expire=86400&signature=${newToken(18)}` })
}
