import { hashOf } from '#core/hashed.ts'
import { sentenceOf, UnavailableError } from '#core/errors.ts'
import { signJoin } from '#hub/door/sdk-app.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { meetingByZoomId } from '#hub/meetings/read.ts'
import { switchedOff } from '#hub/switched-off.ts'
import type { BotRow } from '#integrations/bots/tables.ts'
import { happen } from './happen.ts'
import { meetingUrlOf } from './create.ts'
import { botsPlace, placeBot } from './place.ts'
import { lockBot, updateBot } from './rows.ts'
import { tellRunner } from './runner.ts'
import { joinTokens } from './tokens.ts'

/** Another try would end in the same way. */
class NeverLaunchedError extends Error {
  override name = 'NeverLaunchedError'
}

/** So often a runner that does not answer is tried, with growing pauses, before the bot is given up. */
const mostLaunches = 4

/** The job that sends a bot to its meeting: tokens, signature, then the runner. */
export async function joinMeeting(payload: unknown, hub: Hub): Promise<void> {
  const { bot_id, join_at } = payload as { bot_id: string; join_at: string | null }
  const bot = await begun(hub, bot_id, join_at)
  if (bot?.state !== 'joining') return
  try {
    await launch(hub, bot)
  } catch (error) {
    const isFinal = error instanceof NeverLaunchedError
    if (!isFinal && bot.launches < mostLaunches) throw error
    await notLaunched(hub, bot_id, error)
    // It may have taken the last order all the same, and nobody would hear of that bot.
    if (!isFinal) await tellRunner(hub, 'leave', { bot_id })
  }
}

/** A planned bot's time has come, if it is still the time that it is planned for; every attempt is counted. */
const begun = (hub: Hub, bot_id: string, join_at: string | null): Promise<BotRow | undefined> =>
  hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    const at = new Date(hub.runtime.now())
    if (!bot || (bot.join_at?.toISOString() ?? null) !== join_at) return undefined
    const launches = bot.launches + 1
    await updateBot(trx, bot_id, { launches })
    const staged = (await happen(trx, bot, { type: 'staged', at })) ?? bot
    const joining = bot.join_at ? await happen(trx, staged, { type: 'join_requested', at }) : undefined
    return { ...(joining ?? staged), launches }
  })

async function launch(hub: Hub, bot: BotRow): Promise<void> {
  const actor: Actor = { workspace_id: bot.workspace_id, name: `bot:${bot.id}` }
  if ((await botsPlace(hub, actor)).state === 'off')
    throw new NeverLaunchedError('Bots were switched off in this workspace')
  const { passcode, tk } = await meetingUrlOf(hub, actor, bot.meeting_url)
  const tokens = await joinTokens(hub, actor, bot)
  const meeting = await meetingByZoomId(hub, actor, bot.zoom_meeting_id)
  if (meeting) await placeBot(hub, actor, bot, meeting.id)
  const { app } = tokens
  if (!app) throw new NeverLaunchedError('No Zoom app of the workspace carries the Meeting SDK any more')
  if (app.state === 'off') throw new NeverLaunchedError(switchedOff(app))
  const report_token = Buffer.from(hub.runtime.random(32)).toString('base64url')
  // Before the runner knows it: its first report may be here before its answer.
  await updateBot(hub.db, bot.id, {
    report_token_hash: hashOf(report_token),
    zoom_join_mode: tokens.mode,
    zoom_join_mode_reason: tokens.reason,
  })
  const response = await tellRunner(hub, 'join', {
    bot_id: bot.id,
    meeting_number: bot.zoom_meeting_id,
    passcode: passcode ?? meeting?.password ?? '',
    display_name: bot.bot_name,
    signature: signJoin(hub, app, bot.zoom_meeting_id),
    recording_token: tokens.recording_token?.reveal(),
    obf_token: tokens.obf_token?.reveal(),
    zak: tokens.zak?.reveal(),
    tk,
    // Zoom’s reports bring it back: so attendance knows that this is no person.
    customer_key: bot.id,
    report_url: `${hub.publicUrl}/bots/${bot.id}/reports`,
    report_token,
  })
  // It was told before, and this process did not live to note the answer: that bot's reports find no ear any more.
  if (response.status === 409) {
    await tellRunner(hub, 'leave', { bot_id: bot.id })
    throw new UnavailableError('The bots’ runner has this bot already')
  }
  if (!response.ok)
    throw new NeverLaunchedError(`The bots’ runner refused: HTTP ${response.status} ${await response.text()}`)
}

async function notLaunched(hub: Hub, bot_id: string, error: unknown): Promise<void> {
  hub.log.error({ err: error, bot_id }, `a bot could not be sent to its meeting: ${sentenceOf(error)}`)
  await hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    if (bot)
      await happen(trx, bot, { type: 'fatal_error', sub_type: 'bot_not_launched', at: new Date(hub.runtime.now()) })
  })
}
