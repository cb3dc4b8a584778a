import type { Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { businessError } from '#integrations/bots/contract/refusal.ts'
import type { BotRow } from '#integrations/bots/tables.ts'
import { queueOf } from './create.ts'
import { happen } from './happen.ts'
import { botById, lockBot } from './rows.ts'
import { tellRunner } from './runner.ts'
import { transitions } from './states.ts'

/** Asks a bot to leave its meeting. @throws Refusal when it is in none. */
export async function requestLeave(hub: Hub, bot_id: string): Promise<void> {
  await hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    const at = new Date(hub.runtime.now())
    if (!bot || !(await happen(trx, bot, { type: 'leave_requested', sub_type: 'user_requested', at })))
      throw businessError(
        `Bot is in state ${bot?.state} but the valid states to leave are: ${transitions.leave_requested.from.join(', ')}`,
      )
    await addJobs(trx, [
      { task: 'bots_leave', payload: { bot_id }, queue: queueOf(bot_id), key: `bots_leave:${bot_id}` },
    ])
  })
}

/** The job that tells the runner. One that does not know the bot (any more) has none in the meeting. */
export async function leaveMeeting(payload: unknown, hub: Hub): Promise<void> {
  const { bot_id } = payload as { bot_id: string }
  const bot: BotRow | undefined = await botById(hub.db, bot_id)
  if (bot?.state !== 'leaving') return
  const response = await tellRunner(hub, 'leave', { bot_id })
  if (response.ok) return
  hub.log.warn({ bot_id, status: response.status }, 'the bots’ runner does not know a bot that should leave')
  await hub.db.transaction().execute(async (trx) => {
    const now = await lockBot(trx, bot_id)
    if (now) await happen(trx, now, { type: 'left_meeting', at: new Date(hub.runtime.now()) })
  })
}
