import { gatewayErrors, type ZoomError } from '#zoom/schema/errors.ts'
import type { CallAction } from './faults.ts'
import { nextDay } from './limits.ts'
import type { World } from './state.ts'

const refused = ({ http, code, message }: ZoomError, headers: Record<string, string> = {}): CallAction => ({
  status: http,
  body: { code, message },
  headers,
})

const nothingLeft = { 'X-RateLimit-Category': 'Light', 'X-RateLimit-Limit': '80', 'X-RateLimit-Remaining': '0' }

/** What goes wrong with Zoom most often, by name: each refusal in Zoom's own words and headers. */
export const faultPresets = {
  per_second_limit: () => refused(gatewayErrors.per_second_limit, { ...nothingLeft, 'X-RateLimit-Type': 'QPS' }),
  daily_limit: (world) =>
    refused(gatewayErrors.daily_limit, {
      ...nothingLeft,
      'X-RateLimit-Category': 'Heavy',
      'X-RateLimit-Limit': '60000',
      'X-RateLimit-Type': 'Daily-limit',
      'Retry-After': nextDay(world),
    }),
  meeting_user_daily_limit: () => refused(gatewayErrors.meeting_user_daily_limit),
  webinar_user_daily_limit: () => refused(gatewayErrors.webinar_user_daily_limit),
  concurrent_requests: () => refused(gatewayErrors.concurrent_requests),
  internal_error: () => ({ status: 500, body: { code: 500, message: 'Internal Server Error' } }),
  html_502: () => ({
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n',
  }),
  timeout_before: () => ({ hang: 'before' }),
  timeout_after: () => ({ hang: 'after' }),
  lost_answer: () => ({ drop: 'after' }),
  slow_body: () => ({ trickle_ms: 20 }),
  truncated_json: () => ({ truncate: true }),
} satisfies Record<string, (world: World) => CallAction>
