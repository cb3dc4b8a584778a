import { ConflictError, ForbiddenError, InputError, NotFoundError, UnavailableError } from '#core/errors.ts'
import { disconnect } from '#hub/grants/end.ts'
import type { Hub } from '#hub/hub.ts'
import type { Command } from './command.ts'
import { actorOf, hostOf } from './host-of.ts'
import { connectPrompt, type Asked } from './link.ts'
import { helpText, plain, say, type CommandReply } from './reply.ts'
import { start } from './start.ts'
import type { ServerRow } from './tables.ts'
import { linkedUser, unlinkUser, usersOfConnection } from './users.ts'

/** Does what a command says. Every refusal has words. `another` is for who was shown a recent meeting and wants one more. */
export async function carryOut(
  hub: Hub,
  server: ServerRow,
  asked: Asked,
  command: Command & { another?: boolean },
): Promise<CommandReply> {
  try {
    return await done(hub, server, asked, command)
  } catch (error) {
    if (isForPeople(error)) return say(`${error.message}.`.replace(/\.\.$/, '.'))
    hub.log.error({ err: error, place_id: server.place_id, command: command.name }, 'a command failed')
    return say('Something went wrong in Greenroom, and its log says what. Try again in a moment.')
  }
}

async function done(
  hub: Hub,
  server: ServerRow,
  asked: Asked,
  command: Command & { another?: boolean },
): Promise<CommandReply> {
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
