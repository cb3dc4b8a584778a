import type { Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { businessError } from '#integrations/bots/contract/refusal.ts'
import { queueOf } from './create.ts'
import { happen } from './happen.ts'
import { botById, eventsOf, lockBot } from './rows.ts'
import { tellRunner } from './runner.ts'
import { transitions, type BotEventType } from './states.ts'

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
      {
        task: 'bots_leave',
        payload: { workspace_id: bot.workspace_id, bot_id },
        queue: queueOf(bot_id),
        key: `bots_leave:${bot_id}`,
      },
    ])
  })
}

/** So long a runner that does not answer is asked again; then the bot counts as lost with it. */
const patience_ms = 10 * 60_000

/** The job that tells the runner. One that does not know the bot (any more) has none in the meeting. */
export async function leaveMeeting(payload: unknown, hub: Hub): Promise<void> {
  const { bot_id } = payload as { bot_id: string }
  if ((await botById(hub.db, bot_id))?.state !== 'leaving') return
  try {
    const response = await tellRunner(hub, 'leave', { bot_id })
    if (response.ok) return
    hub.log.warn({ bot_id, status: response.status }, 'the bots’ runner does not know a bot that should leave')
    await isOver(hub, bot_id, 'left_meeting')
  } catch (error) {
    const asked = (await eventsOf(hub.db, [bot_id])).findLast(({ type }) => type === 'leave_requested')
    if (!asked || hub.runtime.now() - asked.created_at.getTime() < patience_ms) throw error
    hub.log.error({ err: error, bot_id }, 'a bot is given up: its runner does not answer')
    await isOver(hub, bot_id, 'fatal_error', 'heartbeat_timeout')
  }
}

const isOver = (hub: Hub, bot_id: string, type: BotEventType, sub_type?: string): Promise<void> =>
  hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    if (bot) await happen(trx, bot, { type, sub_type, at: new Date(hub.runtime.now()) })
  })
