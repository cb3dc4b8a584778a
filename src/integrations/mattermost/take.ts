import { ConflictError, sentenceOf } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Placement } from '#hub/resources.ts'
import { clientOf, isRefusal, statusOf } from './client.ts'
import { postOf } from './post-rows.ts'
import { forgetPost } from './posts.ts'
import { server as serverOf } from './servers.ts'

/** Deletes the post about a meeting; its link is good for nobody then. @throws ConflictError for what the bot may not delete. */
export async function take(hub: Hub, actor: Actor, { id, place_id }: Placement): Promise<void> {
  const server = await serverOf(hub, actor, place_id)
  const post = await postOf(hub, id)
  if (!post) throw new ConflictError('It stands in a direct message: whoever posted it there deletes it')
  try {
    if (post.post_id) await clientOf(hub, server).deletePost(post.post_id)
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (statusOf(error) !== 404)
      throw new ConflictError(`Mattermost does not let the bot delete its post: ${sentenceOf(error)}`, { cause: error })
  }
  await forgetPost(hub, server, post)
}
