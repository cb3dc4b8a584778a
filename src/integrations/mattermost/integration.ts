import type { Integration } from '#hub/integration.ts'
import { actionRoute } from './action-route.ts'
import { appUrlRoutes } from './app-urls.ts'
import { botTokenOf } from './client.ts'
import { commandRoute } from './command-route.ts'
import { connectRoutes } from './connect-page.ts'
import { cron } from './cron.ts'
import { checkPlace, doctor } from './doctor.ts'
import { granted } from './granted.ts'
import { oldRoutes } from './old-urls.ts'
import { put } from './put.ts'
import { reactions } from './reactions.ts'
import { serverRoutes } from './server-routes.ts'
import { take } from './take.ts'

/** Mattermost: a slash command, posts that follow their meeting, and the addresses of the plugin that it replaces. */
export const mattermost: Integration = {
  name: 'mattermost',
  routes: () => [...serverRoutes, ...appUrlRoutes, commandRoute, actionRoute, ...connectRoutes, ...oldRoutes],
  on: reactions,
  cron,
  migrations: new URL('migrations/', import.meta.url),
  sealed: [
    { table: 'mattermost_server', key: 'place_id', column: 'bot_token', boundTo: botTokenOf },
    { table: 'mattermost_link', key: 'token_hash', column: 'asked', boundTo: (hash) => hash },
    { table: 'mattermost_post', key: 'placement_id', column: 'link', boundTo: (id) => `${id}:link` },
  ],
  doctor,
  checkPlace,
  granted,
  put,
  take,
}
