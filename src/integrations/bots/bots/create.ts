import { z } from 'zod'
import { newId } from '#core/ids.ts'
import { sdkAppFor } from '#hub/door/sdk-app.ts'
import { switchedOff } from '#hub/switched-off.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { meetingByZoomId } from '#hub/meetings/read.ts'
import { oauthApps } from '#integrations/bots/apps/apps.ts'
import { connectionOf } from '#integrations/bots/connections/rows.ts'
import { fields } from '#integrations/bots/contract/checked.ts'
import { metadata } from '#integrations/bots/contract/metadata.ts'
import { businessError, fieldError } from '#integrations/bots/contract/refusal.ts'
import type { BotRow } from '#integrations/bots/tables.ts'
import { happen } from './happen.ts'
import { readMeetingUrl, type MeetingUrl } from './meeting-url.ts'
import { botsPlace, placeBot } from './place.ts'
import { insertBot } from './rows.ts'

const ofUser = fields({ zoom_oauth_connection_user_id: z.string().min(1).describe('Zoom user id of a connection') })

export const botName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !/[\u{10000}-\u{10ffff}]/u.test(name), 'Bot name may not hold characters beyond U+FFFF')

export const newBot = fields({
  meeting_url: z.string().trim().min(1).describe('As people paste it'),
  bot_name: botName,
  metadata,
  join_at: z.iso.datetime({ offset: true }).nullish().describe('Absent: at once'),
  deduplication_key: z.string().min(1).max(255).nullish().describe('At most one bot at a time has it'),
  zoom_oauth_connection_id: z.string().min(1).nullish().describe('Absent: found by the host of the meeting'),
  zoom_settings: fields({
    onbehalf_token: ofUser.optional().describe('Join on behalf of a user who is in the meeting'),
    zak_token: ofUser.optional().describe('Join as a user'),
  })
    .refine(({ onbehalf_token, zak_token }) => !(onbehalf_token && zak_token), {
      message: 'onbehalf_token and zak_token exclude each other',
    })
    .optional(),
})

/**
 * Sends a bot to a meeting, now or later. All that can be known to be missing is told at once.
 * @throws Refusal
 */
export async function createBot(hub: Hub, actor: Actor, request: z.output<typeof newBot>): Promise<BotRow> {
  const now = new Date(hub.runtime.now())
  const target = await meetingUrlOf(hub, actor, request.meeting_url)
  const join_at = joinTime(request.join_at, now)
  const connection_id = await knownConnection(hub, actor, request.zoom_oauth_connection_id)
  await mustBeReady(hub, actor)
  const bot: BotRow = {
    id: newId('bot', now.getTime()),
    workspace_id: actor.workspace_id,
    meeting_url: target.url,
    zoom_meeting_id: target.zoom_meeting_id,
    bot_name: request.bot_name,
    metadata: request.metadata,
    state: join_at ? 'scheduled' : 'ready',
    recording_state: 'not_started',
    join_at,
    deduplication_key: request.deduplication_key ?? null,
    connection_id,
    onbehalf_user_id: request.zoom_settings?.onbehalf_token?.zoom_oauth_connection_user_id ?? null,
    zak_user_id: request.zoom_settings?.zak_token?.zoom_oauth_connection_user_id ?? null,
    zoom_join_mode: null,
    zoom_join_mode_reason: null,
    report_token_hash: null,
    launches: 0,
    created_at: now,
  }
  const sent = await hub.db.transaction().execute(async (trx) => {
    if (!(await insertBot(trx, bot)))
      throw businessError(
        'Deduplication key already in use. A bot in a non-terminal state with this deduplication key already exists. Please use a different deduplication key or wait for that bot to end.',
      )
    await addJobs(trx, [joinJob(bot)])
    return join_at ? bot : ((await happen(trx, bot, { type: 'join_requested', at: now })) ?? bot)
  })
  const meeting = await meetingByZoomId(hub, actor, bot.zoom_meeting_id)
  if (meeting) await placeBot(hub, actor, bot, meeting.id)
  return sent
}

/** One for each time that the bot was planned for: the job of a time that does not hold any more does nothing. */
export const joinJob = ({ id, workspace_id, join_at }: Pick<BotRow, 'id' | 'workspace_id' | 'join_at'>): Job => ({
  task: 'bots_join',
  payload: { workspace_id, bot_id: id, join_at: join_at?.toISOString() ?? null },
  queue: queueOf(id),
  key: `bots_join:${id}:${join_at?.getTime() ?? ''}`,
  ...(join_at ? { run_at: join_at } : {}),
})

/** What a runner is told of one bot it is told in order: nobody is called back before they were sent. */
export const queueOf = (bot_id: string): string => `bot:${bot_id}`

/** @throws Refusal when it is no address of a meeting at a Zoom that this workspace works with. */
export async function meetingUrlOf(hub: Hub, actor: Actor, text: string): Promise<MeetingUrl> {
  const bases = (await oauthApps(hub, actor)).map(({ oauth_base }) => oauth_base)
  const target = readMeetingUrl(text, bases)
  if (!target) throw fieldError('meeting_url', 'Invalid meeting URL')
  return target
}

const farthest_ms = 3 * 365 * 86_400_000

export function joinTime(text: string | null | undefined, now: Date): Date | null {
  if (text === null || text === undefined) return null
  const time = new Date(text)
  if (time < now) throw fieldError('join_at', 'join_at cannot be in the past')
  if (time.getTime() > now.getTime() + farthest_ms)
    throw fieldError('join_at', 'join_at cannot be more than 3 years in the future')
  return time
}

async function knownConnection(hub: Hub, actor: Actor, id: string | null | undefined): Promise<string | null> {
  if (id === null || id === undefined) return null
  if (await connectionOf(hub.db, actor.workspace_id, id)) return id
  throw fieldError('zoom_oauth_connection_id', `Zoom OAuth Connection with id ${id} does not exist in this project.`)
}

/** A bot that could never arrive is not taken on. */
async function mustBeReady(hub: Hub, actor: Actor): Promise<void> {
  if (!hub.botRunnerUrl)
    throw businessError('There is no runner for bots. Please set BOT_RUNNER_URL and start the server again.')
  const app = await sdkAppFor(hub, actor.workspace_id, { connection_id: null })
  if (!app)
    throw businessError('Zoom App credentials are required to create a Zoom bot. Please add a Zoom OAuth App first.')
  if (app.state === 'off') throw businessError(`${switchedOff(app)}.`)
  if ((await botsPlace(hub, actor)).state === 'off')
    throw businessError('Bots are switched off in this project. Please switch the place “Bots” on.')
}
