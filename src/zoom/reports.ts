import type { ZoomClient } from './client.ts'
import { list } from './pages.ts'
import type { Participant } from './participants.ts'
import { participant } from './participants.ts'
import { path } from './path.ts'

// A report lags behind the end of a meeting by minutes to hours, and knows only meetings of two or more people.

const query = { include_fields: 'registrant_id' }

/** https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/meetings/{meetingId}/participants. Counts as heavy. */
export const listMeetingReportParticipants = (
  client: ZoomClient,
  uuid: string,
): AsyncGenerator<Participant, void, undefined> =>
  list(client, { path: path`/report/meetings/${uuid}/participants`, query }, 'participants', participant)

/** https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/webinars/{webinarId}/participants. Counts as heavy. */
export const listWebinarReportParticipants = (
  client: ZoomClient,
  uuid: string,
): AsyncGenerator<Participant, void, undefined> =>
  list(client, { path: path`/report/webinars/${uuid}/participants`, query }, 'participants', participant)
