import { z } from 'zod'
import { csv } from '#core/csv.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { cancelMeeting, deleteMeeting } from '#hub/meetings/call-off.ts'
import { meeting, meetings, occurrences } from '#hub/meetings/read.ts'
import { createMeeting, updateMeeting } from '#hub/meetings/schedule.ts'
import { everyItem } from '#hub/every-item.ts'
import * as resources from '#hub/resources.ts'
import { csvFile, csvReply } from './csv-file.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const tags = ['Meetings']

const idempotency = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('The same key with the same body makes one meeting, however often it is sent'),
})

export const meetingRoutes = [
  apiRoute({
    method: 'POST',
    path: '/api/v1/meetings',
    auth: 'operator',
    schema: {
      summary: 'Schedule a meeting or webinar at Zoom',
      tags,
      headers: idempotency,
      body: resources.newMeeting,
      response: { 201: resources.meeting },
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
    path: '/api/v1/meetings/:id',
    auth: 'viewer',
    schema: { summary: 'Read a meeting', tags, params: id, response: { 200: resources.meeting } },
    handle: async ({ identity, params }, hub) => ok(await meeting(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/meetings/:id',
    auth: 'operator',
    schema: {
      summary: 'Change a meeting, at Zoom first',
      tags,
      params: id,
      body: resources.meetingChange,
      response: { 200: resources.meeting },
    },
    handle: async ({ identity, params, body }, hub) => ok(await updateMeeting(hub, identity, params.id, body)),
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
]

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
