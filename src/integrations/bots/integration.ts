import { z } from 'zod'
import { InputError } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Integration, Put } from '#hub/integration.ts'
import { meeting } from '#hub/meetings/read.ts'
import type { Placement } from '#hub/resources.ts'
import { appRoutes, appsPath } from './apps/routes.ts'
import { createBot, newBot } from './bots/create.ts'
import { joinMeeting } from './bots/join.ts'
import { leaveMeeting } from './bots/leave.ts'
import { placeBot } from './bots/place.ts'
import { reportRoute } from './bots/reports.ts'
import { botRoutes, botsPath } from './bots/routes.ts'
import { connectionChanged } from './connections/changed.ts'
import { connectionRoutes, connectionsPath } from './connections/routes.ts'
import { checked } from './contract/checked.ts'
import { unmatched } from './contract/unmatched.ts'
import { webhookRoutes } from './webhooks.ts'

const routes = [...appRoutes, ...connectionRoutes, ...botRoutes]

/** Bots in Zoom meetings, by the REST contract of Attendee's guide and of Attendee itself: docs/bots.md. */
export const bots: Integration = {
  name: 'bots',
  migrations: new URL('./migrations/', import.meta.url),
  routes: () => [...routes, ...webhookRoutes, reportRoute, ...unmatched(routes, [appsPath, connectionsPath, botsPath])],
  jobs: { bots_join: joinMeeting, bots_leave: leaveMeeting },
  on: { 'connection.changed': connectionChanged },
  put: putBot,
}

const target = z.strictObject({ bot_name: z.string().min(1).max(200).default('Greenroom bot') })

/** "Put it in… Bots": a bot goes to the meeting at once. */
async function putBot(hub: Hub, actor: Actor, { meeting_id, target: wanted }: Put): Promise<Placement> {
  const parsed = target.safeParse(wanted)
  if (!parsed.success)
    throw new InputError('A bot has a name, and nothing else is asked', [
      { field: 'target.bot_name', message: 'must be 1 to 200 characters' },
    ])
  const { join_url } = await meeting(hub, actor, meeting_id)
  const bot = await createBot(hub, actor, checked(newBot, { meeting_url: join_url ?? '', ...parsed.data }))
  return placeBot(hub, actor, bot, meeting_id)
}
