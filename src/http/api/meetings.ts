import { z } from 'zod'
import { csv } from '#core/csv.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { cancelMeeting, deleteMeeting } from '#hub/meetings/call-off.ts'
import { countMeetings, meeting, meetings, occurrences } from '#hub/meetings/read.ts'
import { invitation, startUrl } from '#hub/meetings/host-link.ts'
import { changeOccurrence } from '#hub/meetings/occurrence.ts'
import { previewOf } from '#hub/meetings/recurrence.ts'
import { createMeeting, updateMeeting } from '#hub/meetings/schedule.ts'
import { ForbiddenError, InputError } from '#core/errors.ts'
import { everyItem } from '#hub/every-item.ts'
import * as resources from '#hub/resources.ts'
import { sameOrigin, type Caller } from '#http/identity.ts'
import { csvFile, csvReply } from '#hub/csv-file.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'
import type { Reply } from '#hub/integration.ts'

const tags = ['Meetings']

const idempotency = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same key with the same body makes one meeting, however often it is sent'),
})

const ifMatch = z.object({
  'if-match': z
    .string()
    .max(40)
    .optional()
    .describe('The ETag that was read: what others changed since then is not overwritten, but told with status 409'),
})

/** A meeting with its revision as ETag: https://www.rfc-editor.org/rfc/rfc9110#name-etag */
const tagged = (body: resources.Meeting): Reply => ({ status: 200, headers: { etag: `"${body.revision}"` }, body })

/** @throws InputError for what is no ETag of a meeting. */
function revisionIn(tag: string | undefined): number | undefined {
  if (tag === undefined || tag === '*') return undefined
  const revision = Number(/^(?:W\/)?"(\d{1,9})"$/.exec(tag)?.[1])
  if (Number.isNaN(revision))
    throw new InputError('If-Match is no ETag of a meeting', [{ field: 'if-match', message: 'must be like "3"' }])
  return revision
}

export const meetingRoutes = [
  apiRoute({
    method: 'POST',
    path: '/api/v1/meetings/preview',
    auth: 'viewer',
    schema: {
      summary: 'See when a plan would take place, from several time zones; nothing is made, Zoom is not asked',
      tags,
      body: resources.previewRequest,
      response: { 200: resources.meetingPreview },
    },
    handle: async ({ body }) => ok(previewOf(body)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/meetings',
    auth: 'operator',
    schema: {
      summary: 'Schedule a meeting or webinar at Zoom',
      tags,
      headers: idempotency,
      body: resources.newMeeting,
      response: { 201: resources.plannedMeeting },
    },
    handle: async ({ identity, body, headers }, hub) => {
      const created = await createMeeting(hub, identity, body, headers['idempotency-key'])
      return { status: 201, headers: { location: `${hub.publicUrl}/api/v1/meetings/${created.id}` }, body: created }
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings',
    auth: 'viewer',
    schema: {
      summary: 'List meetings',
      tags,
      query: resources.meetingFilter.strict(),
      response: { 200: resources.pageOf(resources.meeting) },
    },
    handle: async ({ identity, query }, hub) => ok(await meetings(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings.csv',
    auth: 'viewer',
    schema: {
      summary: 'All meetings that fit, as a table',
      tags,
      query: resources.meetingFilter.omit({ limit: true, cursor: true }).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, query }, hub) => csvReply('meetings.csv', await meetingsCsv(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings/count',
    auth: 'viewer',
    schema: {
      summary: 'How many meetings fit',
      tags,
      query: resources.meetingFilter.omit({ limit: true, cursor: true }).strict(),
      response: { 200: z.object({ count: z.number().int() }) },
    },
    handle: async ({ identity, query }, hub) => ok({ count: await countMeetings(hub, identity, query) }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings/:id',
    auth: 'viewer',
    schema: { summary: 'Read a meeting', tags, params: id, response: { 200: resources.meeting } },
    handle: async ({ identity, params }, hub) => tagged(await meeting(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/meetings/:id',
    auth: 'operator',
    schema: {
      summary: 'Change a meeting, at Zoom first; with schedule_for it is handed over to another host',
      tags,
      params: id,
      headers: ifMatch,
      body: resources.meetingChange,
      response: { 200: resources.plannedMeeting },
    },
    handle: async ({ identity, params, body, headers }, hub) =>
      tagged(await updateMeeting(hub, identity, params.id, body, revisionIn(headers['if-match']))),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/meetings/:id',
    auth: 'operator',
    schema: { summary: 'Delete a meeting, at Zoom first', tags, params: id, response: { 204: nothing } },
    handle: async ({ identity, params }, hub) => {
      await deleteMeeting(hub, identity, params.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/meetings/:id/cancel',
    auth: 'operator',
    schema: {
      summary: 'Call a meeting, or one occurrence of it, off',
      tags,
      params: id,
      body: resources.cancelRequest.default({}),
      response: { 200: resources.meeting },
    },
    handle: async ({ identity, params, body }, hub) => ok(await cancelMeeting(hub, identity, params.id, body)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings/:id/occurrences',
    auth: 'viewer',
    schema: {
      summary: 'List the occurrences of a recurring meeting',
      tags,
      params: id,
      response: { 200: resources.pageOf(resources.occurrence) },
    },
    handle: async ({ identity, params }, hub) =>
      ok({ ...(await occurrences(hub, identity, params.id)), next_cursor: null }),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/meetings/:id/occurrences/:occurrence_id',
    auth: 'operator',
    schema: {
      summary: 'Change one occurrence of a recurring meeting, at Zoom first',
      tags,
      params: id.extend({ occurrence_id: z.string().regex(/^\d{1,20}$/) }),
      headers: ifMatch,
      body: resources.occurrenceChange,
      response: { 200: resources.meeting },
    },
    handle: async ({ identity, params, body, headers }, hub) =>
      tagged(
        await changeOccurrence(hub, identity, params.id, params.occurrence_id, body, revisionIn(headers['if-match'])),
      ),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/meetings/:id/invitation',
    auth: 'viewer',
    schema: {
      summary: 'Ask Zoom for the text that invites people',
      tags,
      params: id,
      response: { 200: z.object({ invitation: z.string() }) },
    },
    handle: async ({ identity, params }, hub) => ok({ invitation: await invitation(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meetings/:id/start',
    auth: 'signed_in',
    schema: {
      summary: 'Start a meeting as its host: leads the host, who is signed in here, to Zoom',
      tags,
      params: id,
      response: { 302: nothing },
    },
    handle: async ({ identity, params, headers }, hub) => {
      // A link on another site would start a meeting that nobody meant to start.
      if (!fromHere(headers, hub.publicUrl)) throw new ForbiddenError('A meeting is started from the console itself.')
      const { user }: Caller = identity
      return { status: 302, headers: { location: await startUrl(hub, identity, params.id, user?.email) } }
    },
  }),
]

const fromHere = (headers: Parameters<typeof sameOrigin>[0], publicUrl: string): boolean =>
  headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'none' || sameOrigin(headers, publicUrl)

const columns = [
  'id',
  'zoom_meeting_id',
  'kind',
  'state',
  'topic',
  'host_email',
  'start_time',
  'duration',
  'timezone',
  'join_url',
] as const

async function meetingsCsv(
  hub: Hub,
  actor: Actor,
  filter: Omit<resources.MeetingFilter, 'limit' | 'cursor'>,
): Promise<string> {
  const items = await everyItem((page) => meetings(hub, actor, { ...filter, ...page }))
  return csv(
    columns,
    items.map((item) => columns.map((column) => item[column])),
  )
}
