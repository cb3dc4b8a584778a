import { now } from '#simulator/clock.ts'
import { utc } from '#simulator/time.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { pageOf } from './pages.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/archiving: the account archives nothing, and says so as Zoom does. */
export const archiveRoutes: ApiRoutes = {
  'GET /archive_files': (call) => {
    const { page_size, next_page_token, total_records } = pageOf(call, []).paging
    return ok({ ...range(call), page_size, next_page_token, total_records, meetings: [] })
  },
  'GET /archive_files/statistics': (call) =>
    ok({
      ...range(call),
      total_records: 0,
      statistic_by_file_extension: {
        mp4_file_count: 0,
        m4a_file_count: 0,
        txt_file_count: 0,
        json_file_count: 0,
        vtt_file_count: 0,
      },
      statistic_by_file_status: { processing_file_count: 0, completed_file_count: 0, failed_file_count: 0 },
    }),
}

/** As asked for, or the last day. */
const range = ({ world, query }: ApiCall) => ({
  from: query.get('from') ?? utc(now(world.clock) - 86_400_000),
  to: query.get('to') ?? utc(now(world.clock)),
})
