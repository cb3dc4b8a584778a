import type { HubEventOf } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Outcome } from '#hub/integration.ts'
import { meeting } from '#hub/meetings/read.ts'
import { placeMeeting, placementsHere } from '#hub/placements.ts'
import { integration } from './pages.ts'
import { pageOfPlacement } from './rows.ts'

/** Pages are made anew for every reader; only what the hub keeps of them has the topic in it. The address stays what it was. */
export async function renamePlacements(event: HubEventOf<'meeting.changed'>, hub: Hub): Promise<Outcome> {
  if (!event.payload.fields.includes('topic')) return { outcome: 'ignored', reason: 'the topic is the same' }
  const here = await placementsHere(hub, integration, event.meeting_id)
  for (const { id, place_id, meeting_id, ref, url } of here) {
    const page = await pageOfPlacement(hub.db, id)
    if (!page) continue
    const actor = { workspace_id: page.workspace_id, name: 'zoom' }
    const { topic } = await meeting(hub, actor, meeting_id)
    await placeMeeting(hub, actor, { place_id, meeting_id, ref, title: topic, ...(url ? { url } : {}) })
  }
  return here.length > 0 ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'no page shows it' }
}
