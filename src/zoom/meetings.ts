import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import type { ScheduleBody } from './schedule.ts'
import { scheduled } from './schedule.ts'

/** `type`: 1 instant, 2 scheduled, 3 recurring without fixed times, 4 personal, 8 recurring with fixed times, 10 screen share only. */
const meeting = scheduled
export type Meeting = z.output<typeof meeting>

export interface MeetingBody extends ScheduleBody {
  type?: 1 | 2 | 3 | 8 | 10
  default_password?: boolean
  pre_schedule?: boolean
}

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings. Never sent twice; 100 changes a day per host. */
export const createMeeting = (client: ZoomClient, userId: string, body: MeetingBody): Promise<Meeting> =>
  request(client, { method: 'POST', path: path`/users/${userId}/meetings`, body }, meeting)

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId} */
export const getMeeting = (
  client: ZoomClient,
  meetingId: string,
  query: { occurrence_id?: string; show_previous_occurrences?: boolean } = {},
): Promise<Meeting> => request(client, { method: 'GET', path: path`/meetings/${meetingId}`, query }, meeting)

/** Changes the given fields, of one occurrence or of the whole series; Zoom answers nothing. */
export const updateMeeting = (
  client: ZoomClient,
  meetingId: string,
  body: MeetingBody,
  query: { occurrence_id?: string } = {},
): Promise<void> => request(client, { method: 'PATCH', path: path`/meetings/${meetingId}`, query, body }, z.void())

/** Without `occurrence_id` a series goes as a whole. The reminders are mails to the registrants and to whom it was scheduled for. */
export const deleteMeeting = (
  client: ZoomClient,
  meetingId: string,
  query: { occurrence_id?: string; cancel_meeting_reminder?: boolean; schedule_for_reminder?: boolean } = {},
): Promise<void> => request(client, { method: 'DELETE', path: path`/meetings/${meetingId}`, query }, z.void())

/** A recurring meeting comes once per occurrence, without password and settings; instant meetings do not come. */
export const listMeetings = (
  client: ZoomClient,
  userId: string,
  query: {
    type?: 'scheduled' | 'live' | 'upcoming' | 'upcoming_meetings' | 'previous_meetings'
    from?: string
    to?: string
  } = {},
): AsyncGenerator<Meeting, void, undefined> =>
  list(client, { path: path`/users/${userId}/meetings`, query }, 'meetings', meeting)

/** Ends it for everybody who is in it. */
export const endMeeting = (client: ZoomClient, meetingId: string): Promise<void> =>
  request(client, { method: 'PUT', path: path`/meetings/${meetingId}/status`, body: { action: 'end' } }, z.void())
