import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { carryOut } from './carry-out.ts'
import { parseCommand } from './command.ts'
import { answerInTime } from './later.ts'
import { say } from './reply.ts'
import { commandByToken, serverById } from './servers.ts'
import { readSlash } from './slash.ts'

/** Where Mattermost posts slash commands. It shows every answer but 200 as a failure of its own. */
export const commandRoute: Route = {
  method: 'POST',
  path: '/mattermost/commands/:place_id',
  auth: 'public',
  rawBody: true,
  handle: (request: RouteRequest<{ place_id: string }>, hub) => answer(hub, request),
}

async function answer(hub: Hub, { params, raw, headers }: RouteRequest<{ place_id: string }>): Promise<Reply> {
  const slash = readSlash(raw, headers['authorization'] as string | undefined)
  if (!slash || params.place_id.includes('\0'))
    return { status: 400, body: say('This is no slash command of Mattermost.') }
  const known = await commandByToken(hub, params.place_id, slash.token)
  const server = known && (await serverById(hub, params.place_id))
  if (!server) return { status: 401, body: say('This server or this command is not known in Greenroom.') }
  const place = await placeById(hub, server.place_id)
  if (place?.state !== 'on') return { status: 200, body: say('Greenroom is switched off for this server.') }
  const work = carryOut(hub, server, slash, parseCommand(slash.text))
  return { status: 200, body: await answerInTime(hub, server, slash.response_id, work) }
}
