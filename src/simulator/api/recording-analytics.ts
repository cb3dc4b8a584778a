import { now } from '#simulator/clock.ts'
import { invalidFields } from '#simulator/refusal.ts'
import type { RecordingView } from '#simulator/recording-parts.ts'
import { utc, utcDay } from '#simulator/time.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { checkMonth, dayOf, isWithin } from './days.ts'
import { pageOf } from './pages.ts'
import { shownRecording } from './recordings.ts'

/** Who looked at a recording: https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording */
export const recordingAnalyticsRoutes: ApiRoutes = {
  'GET /meetings/{meetingId}/recordings/analytics_summary': (call) => {
    const { from, to, views } = viewsOf(call)
    const days = Map.groupBy(views, ({ at }) => utcDay(at))
    const analytics_summary = [...days].map(([date, all]) => ({
      date,
      views_total_count: count(all, 'view'),
      downloads_total_count: count(all, 'download'),
    }))
    return ok({ from, to, analytics_summary })
  },
  'GET /meetings/{meetingId}/recordings/analytics_details': (call) => {
    const what = kindOf(call)
    const { from, to, views } = viewsOf(call)
    const { items, paging } = pageOf(
      call,
      views.filter((view) => view.what === what),
    )
    const { page_size, next_page_token, total_records } = paging
    const analytics_details = items.map(({ at, name, email, duration }) => ({
      date_time: utc(at),
      name,
      email,
      ...(what === 'view' && { duration }),
    }))
    return ok({ from, to, next_page_token, page_size, total_records, analytics_details })
  },
}

const count = (views: RecordingView[], what: RecordingView['what']): number =>
  views.filter((view) => view.what === what).length

/** Days in UTC, today unless told; a month at most. */
function viewsOf(call: ApiCall) {
  const recording = shownRecording(call)
  const today = utcDay(now(call.world.clock))
  const to = dayOf(call, 'to', today)
  const from = dayOf(call, 'from', to < today ? to : today)
  checkMonth(from, to)
  return { from, to, views: recording.parts.views.filter(({ at }) => isWithin(at, { from, to })) }
}

const kinds = { by_view: 'view', by_download: 'download' } as const
const isKind = (text: string): text is keyof typeof kinds => Object.hasOwn(kinds, text)

function kindOf({ query }: ApiCall): RecordingView['what'] {
  const type = query.get('type') || 'by_view'
  if (!isKind(type)) throw invalidFields(['type'])
  return kinds[type]
}
