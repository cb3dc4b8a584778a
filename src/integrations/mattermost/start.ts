import type { Hub } from '#hub/hub.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import { keepFromZoom } from '#hub/meetings/keep-from-zoom.ts'
import { createMeeting } from '#hub/meetings/schedule.ts'
import type { Meeting } from '#hub/resources.ts'
import { signedContext } from './button.ts'
import { clientOf } from './client.ts'
import { actorOf, hostOf, type Ready } from './host-of.ts'
import { connectPrompt, type Asked } from './link.ts'
import { letBotIn } from './membership.ts'
import { linkOfPost } from './post-facts.ts'
import { recentPost } from './post-rows.ts'
import { postMeeting } from './posts.ts'
import { sayInChannel } from './say-in-channel.ts'
import { plain, say, type CommandReply } from './reply.ts'
import type { PostRow, ServerRow } from './tables.ts'

const defaultTopic = 'Zoom Meeting'
const recent_ms = 30_000

/**
 * `/zoom start`: who may hold it, whether one was started here a moment ago, whether the bot may post here; only then a meeting is
 * made (one call to Zoom), so that no refusal leaves one behind.
 */
export async function start(
  hub: Hub,
  server: ServerRow,
  asked: Asked,
  { topic, another = false }: { topic: string; another?: boolean },
): Promise<CommandReply> {
  const host = await hostOf(hub, server, asked)
  if (host.is === 'unlinked') return connectPrompt(hub, server, asked, { name: 'start', topic })
  if (host.is === 'refused') return say(host.text)
  const since = new Date(hub.runtime.now() - recent_ms)
  const recent = another ? undefined : await recentPost(hub, server, asked.channel_id, since)
  if (recent) return offer(hub, server, asked, topic, recent)
  const refusal = await letBotIn(clientOf(hub, server), server, asked)
  if (refusal && !asked.direct) return say(refusal)
  const meeting = await meetingOf(hub, server, host, topic).catch(async (error: unknown) => {
    // A consent that was taken back is often noticed only when it is used.
    if ((await hostOf(hub, server, asked)).is === 'unlinked') return undefined
    throw error
  })
  if (!meeting) return connectPrompt(hub, server, asked, { name: 'start', topic })
  // Nobody can invite a bot into a direct message.
  if (refusal) return sayInChannel(hub, server, { ...asked, topic: topic || defaultTopic, meeting, host })
  const placement_id = await posted(hub, server, asked, topic || defaultTopic, meeting)
  const { url } = await issueTicket(hub, {
    workspace_id: server.workspace_id,
    meeting_id: meeting.id,
    placement_id,
    person_id: host.person_id,
    email: host.email,
    role: 'host',
  })
  if (!placement_id)
    return say(`Your meeting is open: [go in](${url}). But Mattermost did not take the post; invite people by hand.`)
  return { ...say(`Your meeting is open: [go in](${url})`), goto_location: url }
}

/** The placement of the post; undefined when Mattermost does not take it, for then there is a meeting all the same. */
async function posted(
  hub: Hub,
  server: ServerRow,
  asked: Asked,
  topic: string,
  meeting: Meeting,
): Promise<string | undefined> {
  try {
    const placement = await postMeeting(hub, server, {
      meeting,
      channel_id: asked.channel_id,
      root_id: asked.root_id,
      kind: 'started_here',
      topic,
      starter_username: asked.user_name,
      ref: `${asked.channel_id}:${Buffer.from(hub.runtime.random(12)).toString('base64url')}`,
    })
    return placement.id
  } catch (error) {
    hub.log.warn({ err: error, place_id: server.place_id }, 'a post could not be made')
    return undefined
  }
}

/** A meeting of its own, or the host's personal one, which exists: Zoom is asked for it once. */
function meetingOf(hub: Hub, server: ServerRow, host: Ready, topic: string): Promise<Meeting> {
  const actor = actorOf(server)
  const { connection_id } = host
  if (server.meeting_ids === 'personal' && host.pmi) return keepFromZoom(hub, actor, connection_id, host.pmi)
  return createMeeting(hub, actor, { kind: 'meeting', topic: topic || defaultTopic, host: host.host, connection_id })
}

/** Two people often have the same thought at once: the second is shown the first one's meeting. */
function offer(hub: Hub, server: ServerRow, asked: Asked, topic: string, recent: PostRow): CommandReply {
  const link = linkOfPost(hub, recent)
  const context = signedContext(hub, server.place_id, {
    action: 'start',
    user_id: asked.user_id,
    channel_id: asked.channel_id,
    root_id: asked.root_id,
    topic,
  })
  const title = `${recent.topic}, started by @${recent.starter_username} a moment ago`
  return {
    ...say('There is a meeting in this channel already.'),
    attachments: [
      {
        fallback: `${title}: ${link}`,
        color: '#0b5cd6',
        title,
        title_link: link,
        text: `[Join ${plain(recent.topic)}](${link})`,
        actions: [
          {
            id: 'createnew',
            name: 'Create a new meeting',
            type: 'button',
            style: 'default',
            integration: { url: `${hub.publicUrl}/mattermost/actions/${server.place_id}`, context },
          },
        ],
      },
    ],
  }
}
