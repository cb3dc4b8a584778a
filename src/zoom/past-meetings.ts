import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import type { Participant } from './participants.ts'
import { participant } from './participants.ts'
import { path } from './path.ts'
import { count, meetingId, text } from './wire.ts'

/** One ended run of a meeting; `duration` and `total_minutes` are minutes. */
const pastMeeting = z.looseObject({
  id: meetingId,
  uuid: z.string(),
  host_id: text,
  topic: text,
  type: count,
  user_name: text,
  user_email: text,
  start_time: text,
  end_time: text,
  duration: count,
  total_minutes: count,
  participants_count: count,
})
export type PastMeeting = z.output<typeof pastMeeting>

const pastMeetingInstance = z.looseObject({ uuid: z.string(), start_time: text })
export type PastMeetingInstance = z.output<typeof pastMeetingInstance>

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}: the run with this uuid, or the latest of an id. */
export const getPastMeeting = (client: ZoomClient, idOrUuid: string): Promise<PastMeeting> =>
  request(client, { method: 'GET', path: path`/past_meetings/${idOrUuid}` }, pastMeeting)

/** All ended runs of a meeting. */
export const listPastMeetingInstances = (
  client: ZoomClient,
  id: string,
): AsyncGenerator<PastMeetingInstance, void, undefined> =>
  list(client, { path: path`/past_meetings/${id}/instances` }, 'meetings', pastMeetingInstance)

/** Paid accounts alone; nothing at all when just one person came. */
export const listPastMeetingParticipants = (
  client: ZoomClient,
  idOrUuid: string,
): AsyncGenerator<Participant, void, undefined> =>
  list(client, { path: path`/past_meetings/${idOrUuid}/participants` }, 'participants', participant)

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/past_webinars/{webinarId}/participants */
export const listPastWebinarParticipants = (
  client: ZoomClient,
  idOrUuid: string,
): AsyncGenerator<Participant, void, undefined> =>
  list(client, { path: path`/past_webinars/${idOrUuid}/participants` }, 'participants', participant)
