import type { Integration } from '#hub/integration.ts'
import { actionRoute } from './action-route.ts'
import { commandRoute } from './command-route.ts'
import { connectRoutes } from './connect-page.ts'
import { doctor } from './doctor.ts'
import { granted } from './granted.ts'
import { oldRoutes } from './old-urls.ts'
import { put } from './put.ts'
import { reactions } from './reactions.ts'
import { serverRoutes } from './server-routes.ts'
import { own } from './tables.ts'

const day_ms = 86_400_000

/** Mattermost: a slash command, posts that follow their meeting, and the addresses of the plugin that it replaces. */
export const mattermost: Integration = {
  name: 'mattermost',
  routes: () => [...serverRoutes, commandRoute, actionRoute, ...connectRoutes, ...oldRoutes],
  on: reactions,
  cron: [
    {
      name: 'mattermost_forget',
      schedule: '41 3 * * *',
      // Links and buttons that are over; a day later nobody asks why theirs does not work.
      async run(hub) {
        const before = new Date(hub.runtime.now() - day_ms)
        await own(hub.db).deleteFrom('mattermost_link').where('expires_at', '<', before).execute()
        await own(hub.db).deleteFrom('mattermost_press').where('expires_at', '<', before).execute()
      },
    },
  ],
  migrations: new URL('migrations/', import.meta.url),
  doctor,
  granted,
  put,
}
