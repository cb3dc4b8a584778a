import { meetingDefaultRows } from '#store/meeting-defaults.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { NewMeeting } from '#hub/resources.ts'
import { knownHost } from './of-host.ts'
import { withRulings } from './rulings.ts'

/** A plan with what the workspace has decided of options of which it says nothing. `host`: who holds it, by Zoom's id or e-mail. */
export async function withDefaults(hub: Hub, actor: Actor, host: string, asked: NewMeeting): Promise<NewMeeting> {
  const rulings = await meetingDefaultRows(hub.db, actor.workspace_id)
  if (rulings.length === 0) return asked
  const known = await knownHost(hub, actor, host)
  return withRulings(asked.kind, asked, rulings, known?.facts)
}
