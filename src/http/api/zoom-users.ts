import { z } from 'zod'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { refreshHostSettings } from '#hub/meetings/options/host-settings.ts'
import { optionsOfHost, optionsOfNobody } from '#hub/meetings/options/of-host.ts'
import { askForZoomUsers, lastZoomUserRead } from '#hub/read-zoom-users.ts'
import { addZoomUser, zoomUsers } from '#hub/zoom-users.ts'
import { apiRoute, ok } from '#hub/api-route.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'

export const zoomUserRoutes = [
  ...listing({
    path: '/api/v1/zoom_users',
    auth: 'viewer',
    tags: ['Zoom users'],
    summary: 'List Zoom users',
    filter: z.object({
      q: words.describe('Words in name, e-mail or id'),
      type: z.coerce
        .number()
        .int()
        .min(1)
        .max(99)
        .optional()
        .describe('1 Basic, 2 Licensed, 4 without meetings, 99 none'),
      status: z.enum(['active', 'inactive', 'pending']).optional(),
    }),
    item: resources.zoomUser,
    columns: {
      id: ({ id }) => id,
      email: ({ email }) => email,
      display_name: ({ display_name }) => display_name,
      type: ({ type }) => type,
      status: ({ status }) => status,
      timezone: ({ timezone }) => timezone,
      user_created_at: ({ user_created_at }) => user_created_at,
      last_login_time: ({ last_login_time }) => last_login_time,
      last_client_version: ({ last_client_version }) => last_client_version,
      connection_id: ({ connection_id }) => connection_id,
    },
    read: zoomUsers,
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_users',
    auth: 'admin',
    schema: {
      summary: 'Add somebody to the Zoom account',
      tags: ['Zoom users'],
      body: resources.newZoomUser,
      response: { 201: resources.zoomUser },
    },
    handle: async ({ identity, body }, hub) => ({ status: 201, body: await addZoomUser(hub, identity, body) }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_users/read',
    auth: 'viewer',
    schema: {
      summary: 'When the users of the Zoom accounts were last read; Zoom is not asked',
      tags: ['Zoom users'],
      response: { 200: resources.zoomUserRead },
    },
    handle: async ({ identity }, hub) => ok(await lastZoomUserRead(hub, identity)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_users/read',
    auth: 'operator',
    schema: {
      summary: 'Have all users of the Zoom accounts read again; a call for each 300',
      tags: ['Zoom users'],
      response: { 202: resources.zoomUserRead },
    },
    handle: async ({ identity }, hub) => ({ status: 202, body: await askForZoomUsers(hub, identity) }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meeting_options',
    auth: 'viewer',
    schema: {
      summary: 'Every option of a meeting or webinar, of no host in particular',
      tags: ['Zoom users'],
      response: { 200: resources.hostOptions },
    },
    handle: async ({ identity }, hub) => ok(await optionsOfNobody(hub, identity)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/zoom_users/:id/meeting_options',
    auth: 'viewer',
    schema: {
      summary:
        'Every option of a meeting, with the host’s defaults and what the host may not choose; Zoom is not asked',
      tags: ['Zoom users'],
      params: id,
      response: { 200: resources.hostOptions },
    },
    handle: async ({ identity, params }, hub) => ok(await optionsOfHost(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/zoom_users/:id/meeting_options/refresh',
    auth: 'operator',
    schema: {
      summary: 'Have the host’s settings read from Zoom again; `asked_at` of the options tells when that is done',
      tags: ['Zoom users'],
      params: id,
      response: { 202: nothing },
    },
    handle: async ({ identity, params }, hub) => {
      await refreshHostSettings(hub, identity, params.id)
      return { status: 202 }
    },
  }),
]
