import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { judgeButton, pressOnce } from './button.ts'
import { start } from './start.ts'
import { answerLater } from './later.ts'
import { plain, say } from './reply.ts'
import { serverById } from './servers.ts'

/** Whoever can reach us can post this: only the signed context counts. */
const press = z.object({
  user_id: z.string(),
  user_name: z.string().default(''),
  channel_id: z.string(),
  team_id: z.string().default(''),
  context: z.unknown(),
})
