import { z } from 'zod'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { meetingByZoomId } from '#hub/meetings/read.ts'
import { givenMetadata } from '#integrations/bots/contract/metadata.ts'
import { businessError } from '#integrations/bots/contract/refusal.ts'
import { botName, joinJob, joinTime, meetingUrlOf } from './create.ts'
import { placeBot, removeBot } from './place.ts'
import { botById, lockBot, updateBot } from './rows.ts'

/** What nobody knows is passed over here, unlike when a bot is sent: clients of this API rely on it. */
export const botChange = z.object({
  meeting_url: z.string().trim().min(1).optional(),
  bot_name: botName.optional(),
  join_at: z.iso.datetime({ offset: true }).optional(),
  metadata: givenMetadata.optional(),
})

/** Changes a bot: what it notes at any time, where, when and as what it goes only while it is planned. @throws Refusal */
export async function changeBot(
  hub: Hub,
  actor: Actor,
  bot_id: string,
  { meeting_url, bot_name, join_at, metadata: noted }: z.output<typeof botChange>,
): Promise<void> {
  const target = meeting_url === undefined ? undefined : await meetingUrlOf(hub, actor, meeting_url)
  const time = joinTime(join_at, new Date(hub.runtime.now()))
  const plan = {
    ...(target ? { meeting_url: target.url, zoom_meeting_id: target.zoom_meeting_id } : {}),
    ...(bot_name === undefined ? {} : { bot_name }),
    ...(time ? { join_at: time } : {}),
  }
  await hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    if (Object.keys(plan).length > 0 && bot?.state !== 'scheduled')
      throw businessError(`Bot is in state ${bot?.state} but can only be updated when in scheduled state`)
    const change = { ...plan, ...(noted === undefined ? {} : { metadata: noted }) }
    if (Object.keys(change).length > 0) await updateBot(trx, bot_id, change)
    if (time) await addJobs(trx, [joinJob({ id: bot_id, workspace_id: actor.workspace_id, join_at: time })])
  })
  if (target) await showElsewhere(hub, actor, bot_id, target.zoom_meeting_id)
}

async function showElsewhere(hub: Hub, actor: Actor, bot_id: string, zoom_meeting_id: string): Promise<void> {
  const [bot, meeting] = [await botById(hub.db, bot_id), await meetingByZoomId(hub, actor, zoom_meeting_id)]
  if (bot && meeting) await placeBot(hub, actor, bot, meeting.id)
  else await removeBot(hub, actor, bot_id)
}
