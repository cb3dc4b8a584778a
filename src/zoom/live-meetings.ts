import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'

/** What can be done to a meeting that runs. */
export type LiveMeetingEvent =
  | { method: 'recording.start' | 'recording.stop' | 'recording.pause' | 'recording.resume' }
  | { method: 'participant.invite'; params: { contacts: ({ email: string } | { id: string })[] } }
  | { method: 'waiting_room.update'; params: { waiting_room_title?: string; waiting_room_description?: string } }

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/PATCH/live_meetings/{meetingId}/events. Zoom answers 202: it will be done. */
export const controlLiveMeeting = async (
  client: ZoomClient,
  meetingId: string,
  event: LiveMeetingEvent,
): Promise<void> => {
  await request(client, { method: 'PATCH', path: path`/live_meetings/${meetingId}/events`, body: event }, z.unknown())
}
