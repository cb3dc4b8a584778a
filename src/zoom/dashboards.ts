import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { digits, text } from './wire.ts'

/** One stay of one participant as the dashboard tells it: other names for the same things than in a report. Times are UTC. */
const dashboardParticipant = z.looseObject({
  /** The Zoom user's, '' for guests. */
  id: text,
  user_id: digits.nullish(),
  participant_uuid: text,
  participant_user_id: text,
  user_name: text,
  email: text,
  join_time: text,
  leave_time: text,
  leave_reason: text,
  registrant_id: text,
  customer_key: text,
  /** `in_meeting` or `in_waiting_room`. */
  status: text,
})
export type DashboardParticipant = z.output<typeof dashboardParticipant>

const query = { type: 'past', include_fields: 'registrant_id' }

/** https://developers.zoom.us/docs/api/meetings/#tag/dashboards/GET/metrics/meetings/{meetingId}/participants. Business and above; counts as heavy. */
export const listDashboardMeetingParticipants = (
  client: ZoomClient,
  uuid: string,
): AsyncGenerator<DashboardParticipant, void, undefined> =>
  list(client, { path: path`/metrics/meetings/${uuid}/participants`, query }, 'participants', dashboardParticipant)

/** https://developers.zoom.us/docs/api/meetings/#tag/dashboards/GET/metrics/webinars/{webinarId}/participants. Business and above; counts as heavy. */
export const listDashboardWebinarParticipants = (
  client: ZoomClient,
  uuid: string,
): AsyncGenerator<DashboardParticipant, void, undefined> =>
  list(client, { path: path`/metrics/webinars/${uuid}/participants`, query }, 'participants', dashboardParticipant)
