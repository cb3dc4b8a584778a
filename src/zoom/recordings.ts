import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { count, meetingId, numeric, text } from './wire.ts'

/** One file in the cloud; `file_size` is bytes. While `status` is `processing`, the rest is still missing. */
export const recordingFile = z.looseObject({
  id: text,
  /** The meeting's uuid, in spite of its name. */
  meeting_id: text,
  recording_start: text,
  recording_end: text,
  file_type: text,
  file_extension: text,
  file_size: count,
  play_url: text,
  download_url: text,
  status: text,
  recording_type: text,
})
export type RecordingFile = z.output<typeof recordingFile>

/** The recordings of one run of a meeting; `duration` is minutes, `total_size` is bytes. */
export const meetingRecordings = z.looseObject({
  id: meetingId,
  uuid: z.string(),
  account_id: text,
  host_id: text,
  host_email: text,
  topic: text,
  /** A number in some replies and its digits in others; 99 is an upload. */
  type: numeric.nullish(),
  start_time: text,
  timezone: text,
  duration: count,
  total_size: count,
  recording_count: count,
  share_url: text,
  password: text,
  recording_play_passcode: text,
  recording_files: z.array(recordingFile).nullish(),
  participant_audio_files: z.array(recordingFile).nullish(),
})
export type MeetingRecordings = z.output<typeof meetingRecordings>

/** https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings: of this uuid, or of an id's latest run. */
export const getMeetingRecordings = (client: ZoomClient, idOrUuid: string): Promise<MeetingRecordings> =>
  request(client, { method: 'GET', path: path`/meetings/${idOrUuid}/recordings` }, meetingRecordings)

/** `from` and `to` are UTC days (`2026-03-31`), at most a month apart; today when absent. */
export const listUserRecordings = (
  client: ZoomClient,
  userId: string,
  query: { from?: string; to?: string; trash?: boolean } = {},
): AsyncGenerator<MeetingRecordings, void, undefined> =>
  list(client, { path: path`/users/${userId}/recordings`, query }, 'meetings', meetingRecordings)
