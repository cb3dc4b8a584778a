import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'
import { flag, text } from './wire.ts'

/** Who may see the recordings of one run, and how. */
const recordingSettings = z.looseObject({
  share_recording: text,
  viewer_download: flag,
  on_demand: flag,
  password: text,
  recording_authentication: flag,
  topic: text,
})
export type RecordingSettings = z.output<typeof recordingSettings>

/** https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings/settings */
export const getRecordingSettings = (client: ZoomClient, idOrUuid: string): Promise<RecordingSettings> =>
  request(client, { method: 'GET', path: path`/meetings/${idOrUuid}/recordings/settings` }, recordingSettings)

/** Changes the given ones; Zoom answers nothing. */
export const updateRecordingSettings = (
  client: ZoomClient,
  idOrUuid: string,
  body: {
    share_recording?: 'publicly' | 'internally' | 'none'
    viewer_download?: boolean
    on_demand?: boolean
    password?: string
    recording_authentication?: boolean
  },
): Promise<void> =>
  request(client, { method: 'PATCH', path: path`/meetings/${idOrUuid}/recordings/settings`, body }, z.void())
