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
  if (await isIn(client, channel_id, bot_user_id)) return undefined
  try {
    if (team_id) await client.addToTeam(team_id, bot_user_id)
    await client.addToChannel(bot_user_id, channel_id)
    return undefined
  } catch (error) {
    if (!isRefusal(error)) throw error
    return `The bot @${bot_username} may not come into this channel by itself. Type \`/invite @${bot_username}\`, then try again.`
  }
}

export async function isIn(client: MattermostClient, channel_id: string, user_id: string): Promise<boolean> {
  try {
    await client.getChannelMember(channel_id, user_id)
    return true
  } catch (error) {
    if (!isRefusal(error)) throw error
    return false
  }
}
