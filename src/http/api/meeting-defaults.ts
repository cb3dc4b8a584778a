import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { meetingDefaults, removeMeetingDefault, setMeetingDefault } from '#hub/meetings/options/defaults.ts'
import * as resources from '#hub/resources.ts'
import { nothing } from './nothing.ts'

const tags = ['Meeting defaults']
const params = z.object({ option: z.string().max(100).describe('For example settings.waiting_room') })

export const meetingDefaultRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/meeting_defaults',
    auth: 'viewer',
    schema: {
      summary: 'Every option of a meeting or webinar with what the workspace has decided of it',
      tags,
      response: { 200: resources.meetingDefaults },
    },
    handle: async ({ identity }, hub) => ok(await meetingDefaults(hub, identity)),
  }),
  apiRoute({
    method: 'PUT',
    path: '/api/v1/meeting_defaults/:option',
    auth: 'admin',
    schema: {
      summary: 'Decide what holds of an option for every meeting that is planned or changed from now on',
      tags,
      params,
      body: resources.meetingDefaultChange,
      response: { 200: resources.meetingDefault },
    },
    handle: async ({ identity, params, body }, hub) => ok(await setMeetingDefault(hub, identity, params.option, body)),
  }),
  apiRoute({
    method: 'DELETE',
    path: '/api/v1/meeting_defaults/:option',
    auth: 'admin',
    schema: {
      summary: 'Leave an option to whoever plans, and to Zoom’s default for the host',
      tags,
      params,
      response: { 204: nothing },
    },
    handle: async ({ identity, params }, hub) => {
      await removeMeetingDefault(hub, identity, params.option)
      return { status: 204 }
    },
  }),
]
