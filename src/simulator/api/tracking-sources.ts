import { registrationUrl } from '#simulator/meeting-json.ts'
import { ok, type ApiRoutes } from './call.ts'
import { holderOf } from './parts.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId}/tracking_sources */
export const trackingSourceRoutes: ApiRoutes = {
  'GET /webinars/{webinarId}/tracking_sources': (call) => {
    const webinar = holderOf(call, 'webinar')
    const tracking_sources = webinar.parts.tracking_sources.map(({ id, source_name, visitor_count }) => ({
      id,
      source_name,
      tracking_url: `${registrationUrl(webinar)}?tracking_id=${id}`,
      visitor_count,
      registration_count: webinar.parts.registrants.filter((one) => one.tracking_source_id === id).length,
    }))
    return ok({ total_records: tracking_sources.length, tracking_sources })
  },
}
