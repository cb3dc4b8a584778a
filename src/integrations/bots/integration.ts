import type { Integration } from '#hub/integration.ts'
import { appRoutes, appsPath } from './apps/routes.ts'
import { joinMeeting } from './bots/join.ts'
import { leaveMeeting } from './bots/leave.ts'
import { putBot } from './bots/put.ts'
import { reportRoute } from './bots/reports.ts'
import { botRoutes, botsPath } from './bots/routes.ts'
import { takeBot } from './bots/take.ts'
import { connectionChanged } from './connections/changed.ts'
import { connectionErased } from './connections/erased.ts'
import { connectionRoutes, connectionsPath } from './connections/routes.ts'
import { unmatched } from './contract/unmatched.ts'
import { botsDoctor, checkPlace } from './doctor.ts'
import { webhookRoutes } from './webhooks.ts'

const routes = [...appRoutes, ...connectionRoutes, ...botRoutes]

/** Bots in Zoom meetings, by the REST contract of Attendee's guide and of Attendee itself: docs/bots.md. */
export const bots: Integration = {
  name: 'bots',
  migrations: new URL('./migrations/', import.meta.url),
  routes: () => [...routes, ...webhookRoutes, reportRoute, ...unmatched(routes, [appsPath, connectionsPath, botsPath])],
  jobs: { bots_join: joinMeeting, bots_leave: leaveMeeting },
  on: { 'connection.changed': connectionChanged, 'connection.erased': connectionErased },
  put: putBot,
  take: takeBot,
  doctor: botsDoctor,
  checkPlace,
}
