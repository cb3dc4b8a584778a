import { unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { meetingPhase } from '#hub/meeting-state.ts'
import { meeting, occurrences } from '#hub/meetings/read.ts'
import { session, sessionsOfMeeting } from '#hub/sessions/read.ts'
import { actorOf } from './host-of.ts'
import type { PostFacts } from './post-text.ts'
import type { PostRow, ServerRow } from './tables.ts'

/** What is kept of a post, wherever it stands. */
export type PostFields = Pick<
  PostRow,
  'placement_id' | 'meeting_id' | 'kind' | 'state' | 'uuid' | 'starter_username' | 'topic' | 'link'
>

/** What is true of a post's meeting now, from stored rows alone. */
export async function factsOf(hub: Hub, server: ServerRow, row: PostFields): Promise<PostFacts> {
  const actor = actorOf(server)
  const about = await meeting(hub, actor, row.meeting_id)
  const { items } = await occurrences(hub, actor, about.id)
  return {
    state: row.state,
    kind: row.kind,
    topic: row.kind === 'announced' ? about.topic : row.topic,
    zoom_meeting_id: about.zoom_meeting_id,
    uuid: row.uuid,
    link: linkOfPost(hub, row),
    personal: about.type === personalMeeting,
    starter_username: row.starter_username,
    host_email: about.host_email,
    start: row.kind === 'announced' ? meetingPhase(about, items, hub.runtime.now()).start : undefined,
    timezone: about.timezone,
    run: row.uuid ? await session(hub, actor, row.uuid) : undefined,
  }
}

/** Zoom’s type of a personal meeting: https://developers.zoom.us/docs/api/meetings/ */
const personalMeeting = 4

/** The Door of a post, which is kept sealed. */
export const linkOfPost = (hub: Hub, { placement_id, link }: Pick<PostRow, 'placement_id' | 'link'>): string =>
  unseal(hub.keys, `${placement_id}:link`, link).reveal()

/** A personal meeting may be running when it is posted. */
export async function openSession(hub: Hub, server: ServerRow, meeting_id: string): Promise<string | undefined> {
  const { items } = await sessionsOfMeeting(hub, actorOf(server), meeting_id, { limit: 1 })
  return items.find(({ state }) => state === 'started')?.uuid
}
