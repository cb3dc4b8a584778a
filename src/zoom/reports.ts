import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { list } from './pages.ts'
import type { Participant } from './participants.ts'
import { participant } from './participants.ts'
import { path } from './path.ts'
import { count, flag, meetingId, text } from './wire.ts'

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

/** One past run of a meeting or webinar, as the list of a user's past meetings tells it; only those of two or more people are in it. */
const reportedMeeting = z.looseObject({
  uuid: z.string(),
  id: meetingId,
  type: count,
  topic: text,
  start_time: text,
  end_time: text,
  has_recording: flag,
})
export type ReportedMeeting = z.output<typeof reportedMeeting>

/** https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/users/{userId}/meetings. UTC days, at most a month apart. Counts as heavy. */
export const listUserReportMeetings = (
  client: ZoomClient,
  userId: string,
  days: { from: string; to: string },
): AsyncGenerator<ReportedMeeting, void, undefined> =>
  list(
    client,
    { path: path`/report/users/${userId}/meetings`, query: { ...days, type: 'past' } },
    'meetings',
    reportedMeeting,
  )

const activeHost = z.looseObject({ id: text, meetings: count })
export type ActiveHost = z.output<typeof activeHost>

/** https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/users: who of the account held meetings, and how many, on these UTC days, at most a month. Counts as heavy. */
export const listActiveHosts = (
  client: ZoomClient,
  days: { from: string; to: string },
): AsyncGenerator<ActiveHost, void, undefined> =>
  list(client, { path: path`/report/users`, query: { ...days, type: 'active' } }, 'users', activeHost)

/** `id` may be the number or a UUID: Zoom's own sample has the latter. */
const upcomingEvent = z.looseObject({ id: text, topic: text, host_id: text, start_time: text })
export type UpcomingEvent = z.output<typeof upcomingEvent>

/** https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/upcoming_events: what the whole account has planned, by day, at most a month ahead. Counts as heavy. */
export const listUpcomingEvents = (
  client: ZoomClient,
  days: { from: string; to: string },
): AsyncGenerator<UpcomingEvent, void, undefined> =>
  list(
    client,
    { path: path`/report/upcoming_events`, query: { ...days, type: 'all' } },
    'upcoming_events',
    upcomingEvent,
  )
