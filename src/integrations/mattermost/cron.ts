import { sentenceOf } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { CronItem } from '#hub/integration.ts'
import { clientOf } from './client.ts'
import { postTypeFor } from './old-plugin.ts'
import { allServers } from './servers.ts'
import { own } from './tables.ts'

const day_ms = 86_400_000

/** What we do by the clock, in UTC. */
export const cron: CronItem[] = [
  { name: 'mattermost_forget', schedule: '41 3 * * *', run: forget },
  { name: 'mattermost_post_type', schedule: '47 3 * * *', run: renewPostTypes },
]

/** Links and buttons that are over; a day later nobody asks any more why theirs does not work. */
async function forget(hub: Hub): Promise<void> {
  const before = new Date(hub.runtime.now() - day_ms)
  await own(hub.db).deleteFrom('mattermost_link').where('expires_at', '<', before).execute()
  await own(hub.db).deleteFrom('mattermost_press').where('expires_at', '<', before).execute()
}

/** The plugin that we replace may have been taken out, or put in. */
async function renewPostTypes(hub: Hub): Promise<void> {
  for (const server of await allServers(hub)) {
    try {
      const post_type = await postTypeFor(clientOf(hub, server))
      await own(hub.db)
        .updateTable('mattermost_server')
        .set({ post_type })
        .where('place_id', '=', server.place_id)
        .execute()
    } catch (error) {
      hub.log.warn({ place_id: server.place_id, reason: sentenceOf(error) }, 'a Mattermost server could not be asked')
    }
  }
}
