import { connection } from '#hub/connections.ts'
import type { Hub } from '#hub/hub.ts'
import type { Integration, Outcome } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { session } from '#hub/sessions/read.ts'
import { clientOf, isRefusal } from './client.ts'
import { actorOf } from './host-of.ts'
import { followSession } from './post-state.ts'
import { postsOfMeeting, updatePost } from './post-rows.ts'
import { refreshPost } from './posts.ts'
import { serverById } from './servers.ts'
import type { PostRow, PostState, ServerRow, UserRow } from './tables.ts'
import { forgetTold, markTold, unlinkConnection, usersOfConnection } from './users.ts'

/** What the posts do when the hub has news of their meeting. Whatever fails is tried again by its job, and says nothing twice. */
export const reactions = {
  'session.started': (event, hub) => eachPost(hub, event.meeting_id, (post) => follow(hub, post, event.uuid)),
  'session.ended': (event, hub) => eachPost(hub, event.meeting_id, (post) => follow(hub, post, event.uuid)),
  // Zoom's report corrects who was there; every single join before is no news for a channel.
  'attendance.changed': (event, hub) =>
    event.payload.source === 'events'
      ? Promise.resolve({ outcome: 'ignored', reason: 'a post tells of attendance when it is final' })
      : eachPost(hub, event.meeting_id, ({ row }) => Promise.resolve(row)),
  'meeting.changed': (event, hub) => eachPost(hub, event.meeting_id, ({ row }) => Promise.resolve(row)),
  'meeting.deleted': (event, hub) => eachPost(hub, event.meeting_id, ({ row }) => calledOff(hub, row)),
  'connection.changed': (event, hub) =>
    event.payload.state === 'disconnected'
      ? tellWhoLostZoom(hub, event.payload.connection_id)
      : tellAgainNextTime(hub, event.payload.connection_id),
  'connection.erased': async (event, hub) =>
    (await unlinkConnection(hub, event.payload.connection_id)) > 0
      ? { outcome: 'handled' }
      : { outcome: 'ignored', reason: 'nobody in a channel worked with this connection' },
} satisfies NonNullable<Integration['on']>

interface PostOfServer {
  row: PostRow
  server: ServerRow
}

/** Brings every post of the meeting up to date; one that fails does not hold the others. */
async function eachPost(
  hub: Hub,
  meeting_id: string,
  change: (post: PostOfServer) => Promise<PostRow>,
): Promise<Outcome> {
  const rows = await postsOfMeeting(hub, meeting_id)
  if (rows.length === 0) return { outcome: 'ignored', reason: 'the meeting is in no channel' }
  const results = await Promise.allSettled(
    rows.map(async (row) => {
      const server = await serverById(hub, row.place_id)
      if (!server || (await placeById(hub, row.place_id))?.state !== 'on') return
      await refreshPost(hub, server, await change({ row, server }))
    }),
  )
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return { outcome: 'handled' }
}

async function follow(hub: Hub, { row, server }: PostOfServer, uuid: string): Promise<PostRow> {
  const change = followSession(row, await session(hub, actorOf(server), uuid))
  if (!change) return row
  await updatePost(hub, row, change)
  return { ...row, ...change }
}

async function calledOff(hub: Hub, row: PostRow): Promise<PostRow> {
  if (row.state === 'ended' || row.state === 'cancelled') return row
  const state: PostState = 'cancelled'
  await updatePost(hub, row, { state })
  return { ...row, state }
}

/** A direct message, once, to those whose consent ended at Zoom and not here. */
async function tellWhoLostZoom(hub: Hub, connection_id: string): Promise<Outcome> {
  const lost = (await usersOfConnection(hub, connection_id)).filter(({ told_at }) => !told_at)
  if (lost.length === 0) return { outcome: 'ignored', reason: 'nobody in a channel works with this connection' }
  for (const user of lost) {
    const server = await serverById(hub, user.place_id)
    const why = server && (await whyLost(hub, server, connection_id))
    if (why) await tell(hub, server, user, why)
  }
  return { outcome: 'handled' }
}

/** A connection that works needs no word; the next time that it is lost is news again. */
async function tellAgainNextTime(hub: Hub, connection_id: string): Promise<Outcome> {
  await forgetTold(hub, connection_id)
  return { outcome: 'ignored', reason: 'a connection that works needs no word' }
}

/** Nothing when it works again, or was ended here: whoever did that knows. */
async function whyLost(hub: Hub, server: ServerRow, connection_id: string): Promise<string | undefined> {
  const { state, failure } = await connection(hub, actorOf(server), connection_id)
  if (state === 'connected' || !failure || failure.code === 'disconnected') return undefined
  return failure.code === 'app_deauthorized' ? 'You removed the app at Zoom' : failure.message.replace(/\.$/, '')
}

async function tell(hub: Hub, server: ServerRow, user: UserRow, why: string): Promise<void> {
  const client = clientOf(hub, server)
  try {
    const channel = await client.createDirectChannel([server.bot_user_id, user.user_id])
    await client.createPost({
      channel_id: channel.id,
      message: `${why}, so ${user.zoom_user_email} is not connected any more. \`/${server.trigger} connect\` connects it again.`,
    })
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  await markTold(hub, user)
}
