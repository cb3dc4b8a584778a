import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import type { ScheduleBody } from './schedule.ts'
import { scheduled } from './schedule.ts'

/** `type`: 5 webinar, 6 recurring without fixed times, 9 recurring with fixed times. */
const webinar = scheduled
export type Webinar = z.output<typeof webinar>

export interface WebinarBody extends ScheduleBody {
  type?: 5 | 6 | 9
}

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars/POST/users/{userId}/webinars. Never sent twice; the host needs the add-on. */
export const createWebinar = (client: ZoomClient, userId: string, body: WebinarBody): Promise<Webinar> =>
  request(client, { method: 'POST', path: path`/users/${userId}/webinars`, body }, webinar)

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId} */
export const getWebinar = (
  client: ZoomClient,
  webinarId: string,
  query: { occurrence_id?: string; show_previous_occurrences?: boolean } = {},
): Promise<Webinar> => request(client, { method: 'GET', path: path`/webinars/${webinarId}`, query }, webinar)

/** Changes the given fields, of one occurrence or of the whole series; Zoom answers nothing. */
export const updateWebinar = (
  client: ZoomClient,
  webinarId: string,
  body: WebinarBody,
  query: { occurrence_id?: string } = {},
): Promise<void> => request(client, { method: 'PATCH', path: path`/webinars/${webinarId}`, query, body }, z.void())

/** Without `occurrence_id` a series goes as a whole. The reminder is a mail to panelists and registrants. */
export const deleteWebinar = (
  client: ZoomClient,
  webinarId: string,
  query: { occurrence_id?: string; cancel_webinar_reminder?: boolean } = {},
): Promise<void> => request(client, { method: 'DELETE', path: path`/webinars/${webinarId}`, query }, z.void())

/** A recurring webinar comes once per occurrence, without password and settings. */
export const listWebinars = (
  client: ZoomClient,
  userId: string,
  query: { type?: 'scheduled' | 'upcoming' } = {},
): AsyncGenerator<Webinar, void, undefined> =>
  list(client, { path: path`/users/${userId}/webinars`, query }, 'webinars', webinar)

/** Ends it for everybody who is in it; this one answers 200 with whatever it likes. */
export const endWebinar = async (client: ZoomClient, webinarId: string): Promise<void> => {
  await request(
    client,
    { method: 'PUT', path: path`/webinars/${webinarId}/status`, body: { action: 'end' } },
    z.unknown(),
  )
}
