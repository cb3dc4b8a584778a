import type { Hub } from '#hub/hub.ts'
import { deleteBotRow, lockBot } from './rows.ts'

/** Deletes a bot that is scheduled. One that is not stays: the answer is its state, null for one that is gone already. */
export const callOff = (hub: Hub, bot_id: string): Promise<string | null | undefined> =>
  hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    if (bot?.state !== 'scheduled') return bot?.state ?? null
    await deleteBotRow(trx, bot_id)
    return undefined
  })
