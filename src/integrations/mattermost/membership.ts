import { isRefusal, type MattermostClient } from './client.ts'
import type { Asked } from './link.ts'
import type { ServerRow } from './tables.ts'

/**
 * Makes sure that the bot is in the channel, which is what it takes to post and to edit: an open channel it enters by itself.
 * @returns what to tell the person when it cannot
 */
export async function letBotIn(
  client: MattermostClient,
  { bot_user_id, bot_username }: ServerRow,
  { channel_id, team_id }: Pick<Asked, 'channel_id' | 'team_id'>,
): Promise<string | undefined> {
  const enter = (): Promise<boolean> => isTaken(client.addToChannel(bot_user_id, channel_id))
  if (await isTaken(client.getChannelMember(channel_id, bot_user_id))) return undefined
  if (await enter()) return undefined
  // The team comes second: one that is by invitation refuses even a bot that is in it already.
  if (team_id && (await isTaken(client.addToTeam(team_id, bot_user_id))) && (await enter())) return undefined
  return `The bot @${bot_username} may not come into this channel by itself. Type \`/invite @${bot_username}\`, then try again.`
}

/** False: Mattermost said no. */
async function isTaken(request: Promise<unknown>): Promise<boolean> {
  try {
    await request
    return true
  } catch (error) {
    if (!isRefusal(error)) throw error
    return false
  }
}
