import type { Hub } from '#hub/hub.ts'
import { own, type PostRow, type PostState, type ServerRow } from './tables.ts'

export const postOf = (hub: Hub, placement_id: string): Promise<PostRow | undefined> =>
  own(hub.db).selectFrom('mattermost_post').selectAll().where('placement_id', '=', placement_id).executeTakeFirst()

export const postsOfMeeting = (hub: Hub, meeting_id: string): Promise<PostRow[]> =>
  own(hub.db)
    .selectFrom('mattermost_post')
    .selectAll()
    .where('meeting_id', '=', meeting_id)
    .orderBy('created_at')
    .execute()

/** What was started in the channel since, and is not over. */
export const recentPost = (
  hub: Hub,
  server: ServerRow,
  channel_id: string,
  since: Date,
): Promise<PostRow | undefined> =>
  own(hub.db)
    .selectFrom('mattermost_post')
    .selectAll()
    .where('place_id', '=', server.place_id)
    .where('channel_id', '=', channel_id)
    .where('kind', '=', 'started_here')
    .where('state', 'in', ['waiting', 'live'])
    .where('post_id', 'is not', null)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()

export async function updatePost(
  hub: Hub,
  { placement_id }: PostRow,
  change: Partial<Pick<PostRow, 'post_id' | 'reply_id' | 'shown' | 'uuid'>> & { state?: PostState },
): Promise<void> {
  await own(hub.db).updateTable('mattermost_post').set(change).where('placement_id', '=', placement_id).execute()
}
