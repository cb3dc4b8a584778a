import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { text } from './wire.ts'

/** Somebody who registered. `join_url` is theirs alone, and absent until they are approved. */
const registrant = z.looseObject({
  id: text,
  email: text,
  first_name: text,
  last_name: text,
  status: text,
  create_time: text,
  join_url: text,
})
export type Registrant = z.output<typeof registrant>

/** What came of a registration. */
const registered = z.looseObject({ registrant_id: z.string(), join_url: text, topic: text, start_time: text })
export type Registered = z.output<typeof registered>

export interface RegistrantBody {
  email: string
  first_name: string
  last_name?: string | undefined
  language?: string
  auto_approve?: boolean | undefined
  custom_questions?: { title: string; value: string }[]
}

/** Where people register: both kinds have the same five operations. */
export interface RegistrationOf {
  kind: 'meeting' | 'webinar'
  id: string
}

/**
 * https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/meetings/{meetingId}/registrants. Never sent twice; three a day for one
 * e-mail address. Of a series without `occurrence_ids` all are meant.
 */
export const addRegistrant = (
  client: ZoomClient,
  of: RegistrationOf,
  body: RegistrantBody,
  query: { occurrence_ids?: string } = {},
): Promise<Registered> => request(client, { method: 'POST', path: registrantsPath(of), query, body }, registered)

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}/registrants; the approved ones unless told. */
export const listRegistrants = (
  client: ZoomClient,
  of: RegistrationOf,
  query: { status?: 'pending' | 'approved' | 'denied'; occurrence_id?: string } = {},
): AsyncGenerator<Registrant, void, undefined> =>
  list(client, { path: registrantsPath(of), query }, 'registrants', registrant)

/** Approves, cancels or denies; Zoom tells each of them by mail. Ten changes a day for one registrant. */
export const setRegistrantStatus = (
  client: ZoomClient,
  of: RegistrationOf,
  body: { action: 'approve' | 'cancel' | 'deny'; registrants: { id?: string; email?: string }[] },
  query: { occurrence_id?: string } = {},
): Promise<void> => request(client, { method: 'PUT', path: statusPath(of), query, body }, z.void())

/** Removes one for good; Zoom answers nothing. */
export const deleteRegistrant = (client: ZoomClient, of: RegistrationOf, registrantId: string): Promise<void> =>
  request(client, { method: 'DELETE', path: registrantPath(of, registrantId) }, z.void())

const registrantsPath = ({ kind, id }: RegistrationOf) =>
  kind === 'meeting' ? path`/meetings/${id}/registrants` : path`/webinars/${id}/registrants`
const statusPath = ({ kind, id }: RegistrationOf) =>
  kind === 'meeting' ? path`/meetings/${id}/registrants/status` : path`/webinars/${id}/registrants/status`
const registrantPath = ({ kind, id }: RegistrationOf, registrant: string) =>
  kind === 'meeting' ? path`/meetings/${id}/registrants/${registrant}` : path`/webinars/${id}/registrants/${registrant}`
