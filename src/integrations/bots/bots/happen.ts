import type { Trx } from '#store/db.ts'
import type { BotRow } from '#integrations/bots/tables.ts'
import { insertEvent, updateBot } from './rows.ts'
import { recordingAfter, stateAfter, type BotEventType } from './states.ts'

export interface Happening {
  type: BotEventType
  sub_type?: string | undefined
  at: Date
}

/**
 * Something happens to a bot whose row is held: the new state and the event are written together. What cannot happen now changes
 * nothing, and undefined comes back.
 */
export async function happen(trx: Trx, bot: BotRow, { type, sub_type, at }: Happening): Promise<BotRow | undefined> {
  const state = stateAfter(bot.state, type)
  if (!state) return undefined
  const recording_state = recordingAfter(bot.recording_state, state)
  await updateBot(trx, bot.id, { state, recording_state })
  await insertEvent(trx, {
    bot_id: bot.id,
    type,
    sub_type: sub_type ?? null,
    old_state: bot.state,
    new_state: state,
    created_at: at,
  })
  const after = { ...bot, state, recording_state }
  // Nothing is left to be worked on once the bot is out: what it recorded stays with its runner.
  return state === 'post_processing' ? happen(trx, after, { type: 'post_processing_completed', at }) : after
}
