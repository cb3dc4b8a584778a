import type { Hub } from '#hub/hub.ts'
import type { BotRow } from '#integrations/bots/tables.ts'
import { deleteBotRow, lockBot } from './rows.ts'

/** Deletes a bot if it is scheduled; any other stays. Answers the state in which it was, undefined for one that was gone. */
export const callOff = (hub: Hub, bot_id: string): Promise<BotRow['state'] | undefined> =>
  hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    if (bot?.state === 'scheduled') await deleteBotRow(trx, bot_id)
    return bot?.state
  })
