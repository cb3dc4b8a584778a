import { z } from 'zod'
import { ConflictError, InputError } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Put } from '#hub/integration.ts'
import { meeting } from '#hub/meetings/read.ts'
import type { Placement } from '#hub/resources.ts'
import { Refusal } from '#integrations/bots/contract/refusal.ts'
import { createBot, newBot } from './create.ts'
import { placeBot } from './place.ts'

const target = z.strictObject({ bot_name: newBot.shape.bot_name.default('Greenroom bot') })

/**
 * "Put it in… Bots": a bot goes to the meeting at once.
 * @throws InputError for another target than a name; ConflictError when no bot can be sent now.
 */
export async function putBot(hub: Hub, actor: Actor, { meeting_id, target: wanted }: Put): Promise<Placement> {
  const parsed = target.safeParse(wanted)
  if (!parsed.success)
    throw new InputError('All that a bot is given is a name', [
      { field: 'target.bot_name', message: 'must be 1 to 200 characters, none beyond U+FFFF, and the only field' },
    ])
  const { join_url } = await meeting(hub, actor, meeting_id)
  const { bot_name } = parsed.data
  const bot = await createBot(hub, actor, { meeting_url: join_url ?? '', bot_name, metadata: null }).catch(
    (error: unknown) => {
      throw error instanceof Refusal ? new ConflictError(error.sentence, { cause: error }) : error
    },
  )
  return placeBot(hub, actor, bot, meeting_id)
}
