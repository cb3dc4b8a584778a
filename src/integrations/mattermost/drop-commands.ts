import { sentenceOf } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { clientOf } from './client.ts'
import { commandsOfServer } from './servers.ts'
import type { ServerRow } from './tables.ts'

/** Removes the slash commands that we made. A server that is gone does not keep us from forgetting it. */
export async function dropCommands(hub: Hub, server: ServerRow): Promise<void> {
  for (const { command_id } of await commandsOfServer(hub, server.place_id)) {
    if (!command_id) continue
    try {
      await clientOf(hub, server).deleteCommand(command_id)
    } catch (error) {
      hub.log.warn({ place_id: server.place_id, reason: sentenceOf(error) }, 'a slash command could not be removed')
    }
  }
}
