import { issueTicket } from '#hub/door/ticket.ts'
import type { Hub } from '#hub/hub.ts'
import { placeMeeting } from '#hub/placements.ts'
import type { Meeting } from '#hub/resources.ts'
import { actorOf, type Ready } from './host-of.ts'
import type { Asked } from './link.ts'
import { postText } from './post-text.ts'
import type { CommandReply } from './reply.ts'
import type { ServerRow } from './tables.ts'

/**
 * The meeting as a post of the person who typed the command, for where the bot may not be. Mattermost does not tell its id and
 * nobody but its author may edit it, so it stays as it is.
 */
export async function sayInChannel(
  hub: Hub,
  server: ServerRow,
  { meeting, topic, host, channel_id }: Pick<Asked, 'channel_id'> & { meeting: Meeting; topic: string; host: Ready },
): Promise<CommandReply> {
  const { place_id, workspace_id } = server
  const ref = `${channel_id}:${Buffer.from(hub.runtime.random(12)).toString('base64url')}`
  const placement = await placeMeeting(hub, actorOf(server), { place_id, meeting_id: meeting.id, ref, title: topic })
  const about = { workspace_id, meeting_id: meeting.id, placement_id: placement.id }
  const guests = await issueTicket(hub, { ...about, role: 'guest', shared: true })
  const own = await issueTicket(hub, { ...about, role: 'host', person_id: host.person_id, email: host.email })
  const { props } = postText({
    state: 'waiting',
    kind: 'started_here',
    topic,
    zoom_meeting_id: meeting.zoom_meeting_id,
    uuid: null,
    link: guests.url,
    personal: false,
    starter_username: null,
    host_email: meeting.host_email,
    start: undefined,
    timezone: meeting.timezone,
    run: undefined,
  })
  const { attachments, ...rest } = props
  return {
    response_type: 'in_channel',
    text: 'I have started a Zoom meeting',
    type: server.post_type,
    attachments,
    props: rest,
    goto_location: own.url,
  }
}
