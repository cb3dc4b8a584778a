import { createHash } from 'node:crypto'
import { NotFoundError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'
import { issueTicket, revokeTickets } from '#hub/door/ticket.ts'
import { seal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { placeMeeting, placementByRef, removePlacement } from '#hub/placements.ts'
import type { Meeting, Placement } from '#hub/resources.ts'
import { clientOf, isRefusal, statusOf, type MattermostClient } from './client.ts'
import { actorOf } from './host-of.ts'
import { factsOf, openSession } from './post-facts.ts'
import { postOf, updatePost } from './post-rows.ts'
import { postText, type PostText } from './post-text.ts'
import { own, type PostRow, type ServerRow } from './tables.ts'

export interface NewPost {
  meeting: Meeting
  channel_id: string
  root_id: string
  kind: PostRow['kind']
  /** As shown: a personal meeting has a topic of its own. */
  topic: string
  starter_username: string | null
  /** The place's name for it; the same again is the same post. */
  ref: string
}

/**
 * Posts about a meeting as the bot, and remembers the post, so that it can follow the meeting. What Mattermost refuses leaves
 * nothing behind.
 */
export async function postMeeting(hub: Hub, server: ServerRow, wanted: NewPost): Promise<Placement> {
  const known = await placementByRef(hub, server.place_id, wanted.ref)
  const placement = known && (await postOf(hub, known.id)) ? known : await preparePost(hub, server, wanted)
  const row = await postOf(hub, placement.id)
  if (!row) throw new NotFoundError(`There is no post of ${placement.id}`)
  if (!row.post_id) await sendPost(hub, server, row)
  return placement
}

async function preparePost(hub: Hub, server: ServerRow, wanted: NewPost): Promise<Placement> {
  const { place_id, workspace_id } = server
  const actor = actorOf(server)
  const uuid = await openSession(hub, server, wanted.meeting.id)
  return hub.db.transaction().execute(async (trx) => {
    const placed = { place_id, meeting_id: wanted.meeting.id, ref: wanted.ref, title: wanted.topic }
    const placement = await placeMeeting(hub, actor, placed, trx)
    const ticket = await issueTicket(
      hub,
      { workspace_id, meeting_id: wanted.meeting.id, placement_id: placement.id, role: 'guest', shared: true },
      trx,
    )
    await own(trx)
      .insertInto('mattermost_post')
      .values({
        placement_id: placement.id,
        place_id,
        meeting_id: wanted.meeting.id,
        channel_id: wanted.channel_id,
        root_id: wanted.root_id,
        post_id: null,
        reply_id: null,
        kind: wanted.kind,
        state: uuid ? 'live' : 'waiting',
        uuid: uuid ?? null,
        starter_username: wanted.starter_username,
        topic: wanted.topic,
        link: seal(hub.keys, `${placement.id}:link`, new Secret(ticket.url)),
        shown: null,
        created_at: new Date(hub.runtime.now()),
      })
      .onConflict((conflict) => conflict.column('placement_id').doNothing())
      .execute()
    return placement
  })
}

async function sendPost(hub: Hub, server: ServerRow, row: PostRow): Promise<void> {
  const text = postText(await factsOf(hub, server, row))
  try {
    const { id } = await clientOf(hub, server).createPost({
      channel_id: row.channel_id,
      root_id: row.root_id,
      type: server.post_type as '',
      ...text,
      // Asked again because no answer was heard, Mattermost answers with the post that it made; one that was deleted is made anew.
      pending_post_id: `${server.bot_user_id}:${row.placement_id}:${row.created_at.getTime()}`,
    } as Parameters<MattermostClient['createPost']>[0])
    await updatePost(hub, row, { post_id: id, shown: digestOf(text) })
  } catch (error) {
    await forgetPost(hub, server, row)
    throw error
  }
}

/** There is no post (any more): its link is good for nobody. */
export async function forgetPost(hub: Hub, { workspace_id }: ServerRow, { placement_id }: PostRow): Promise<void> {
  await removePlacement(hub, placement_id)
  await revokeTickets(hub, workspace_id, { placement_id })
  await own(hub.db).deleteFrom('mattermost_post').where('placement_id', '=', placement_id).execute()
}

/**
 * Lets the post say what is true now. Nothing is sent when it says so already. Where editing is refused (the bot left the
 * channel, or posts may not be edited any more) the end is told once, as a reply.
 */
export async function refreshPost(hub: Hub, server: ServerRow, row: PostRow): Promise<void> {
  if (!row.post_id) return
  const text = postText(await factsOf(hub, server, row))
  const shown = digestOf(text)
  if (row.shown?.equals(shown)) return
  const client = clientOf(hub, server)
  try {
    await client.patchPost({ id: row.post_id, ...text } as Parameters<MattermostClient['patchPost']>[0])
    await updatePost(hub, row, { shown })
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (statusOf(error) === 404) return forgetPost(hub, server, row)
    await tellInThread(hub, server, row, client, text)
  }
}

async function tellInThread(
  hub: Hub,
  server: ServerRow,
  row: PostRow,
  client: MattermostClient,
  { message, props }: PostText,
): Promise<void> {
  if (row.reply_id || (row.state !== 'ended' && row.state !== 'cancelled')) return
  const { attachments } = props
  try {
    const reply = await client.createPost({
      channel_id: row.channel_id,
      // A reply to a reply is refused: the thread's root is answered.
      root_id: row.root_id || (row.post_id ?? ''),
      message,
      props: { attachments },
      pending_post_id: `${server.bot_user_id}:${row.placement_id}:${row.state}`,
    } as unknown as Parameters<MattermostClient['createPost']>[0])
    await updatePost(hub, row, { reply_id: reply.id })
  } catch (error) {
    if (!isRefusal(error)) throw error
    hub.log.warn(
      { placement_id: row.placement_id, reason: String(error) },
      'Mattermost lets the bot neither edit nor reply',
    )
  }
}

const digestOf = (text: PostText): Buffer => createHash('sha256').update(JSON.stringify(text)).digest()
