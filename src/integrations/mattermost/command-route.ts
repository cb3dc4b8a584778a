import { ConflictError, ForbiddenError, InputError, NotFoundError, UnavailableError } from '#core/errors.ts'
import { disconnect } from '#hub/grants/end.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { parseCommand, type Command } from './command.ts'
import { actorOf, hostOf } from './host-of.ts'
import { answerInTime } from './later.ts'
import { connectPrompt, type Asked } from './link.ts'
import { helpText, plain, say, type CommandReply } from './reply.ts'
import { commandByToken, serverById } from './servers.ts'
import { readSlash } from './slash.ts'
import { start } from './start.ts'
import type { ServerRow } from './tables.ts'
import { linkedUser, unlinkUser, usersOfConnection } from './users.ts'

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
  if (!slash) return { status: 400, body: say('This is no slash command of Mattermost.') }
  const known = await commandByToken(hub, params.place_id, slash.token)
  const server = known && (await serverById(hub, params.place_id))
  if (!server) return { status: 401, body: say('This server or this command is not known in Greenroom.') }
  const place = await placeById(hub, server.place_id)
  if (place?.state !== 'on') return { status: 200, body: say('Greenroom is switched off for this server.') }
  const work = carryOut(hub, server, slash, parseCommand(slash.text))
  return { status: 200, body: await answerInTime(hub, server, slash.response_id, work) }
}

/** Every refusal has words. */
export async function carryOut(hub: Hub, server: ServerRow, asked: Asked, command: Command): Promise<CommandReply> {
  try {
    return await done(hub, server, asked, command)
  } catch (error) {
    if (isForPeople(error)) return say(`${error.message}.`.replace(/\.\.$/, '.'))
    hub.log.error({ err: error, place_id: server.place_id, command: command.name }, 'a command failed')
    return say('Something went wrong in Greenroom, and its log says what. Try again in a moment.')
  }
}

async function done(hub: Hub, server: ServerRow, asked: Asked, command: Command): Promise<CommandReply> {
  const { trigger, level } = server
  switch (command.name) {
    case 'start':
      return start(hub, server, asked, command)
    case 'connect':
      return connectZoom(hub, server, asked)
    case 'disconnect':
      return disconnectZoom(hub, server, asked)
    case 'help':
      return say(helpText(trigger, level))
    case 'unknown':
      return say(`There is no action ${plain(command.action)}.\n${helpText(trigger, level)}`)
  }
}

async function connectZoom(hub: Hub, server: ServerRow, asked: Asked): Promise<CommandReply> {
  const host = await hostOf(hub, server, asked)
  switch (host.is) {
    case 'host':
      return say(`You are connected already, as ${host.email} at Zoom.`)
    case 'refused':
      return say(host.text)
    case 'unlinked':
      return connectPrompt(hub, server, asked, { name: 'connect' })
  }
}

async function disconnectZoom(hub: Hub, server: ServerRow, { user_id }: Asked): Promise<CommandReply> {
  if (server.level === 'account')
    return say('Zoom is connected for everybody here. An administrator ends that in Greenroom.')
  const user = await linkedUser(hub, server.place_id, user_id)
  if (!user) return say('You are not connected to Zoom.')
  await unlinkUser(hub, user)
  const others = await usersOfConnection(hub, user.connection_id)
  // The consent belongs to the Zoom user: another Mattermost account of the same person keeps it.
  if (others.length === 0) await disconnect(hub, actorOf(server), user.connection_id)
  return say(`${user.zoom_user_email} is not connected any more.`)
}

/** Errors whose message is a sentence for whoever asked. */
const forPeople = [InputError, UnavailableError, NotFoundError, ConflictError, ForbiddenError]
const isForPeople = (error: unknown): error is Error => forPeople.some((kind) => error instanceof kind)
