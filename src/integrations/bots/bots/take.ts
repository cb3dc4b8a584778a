import { ConflictError } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { removePlacement } from '#hub/placements.ts'
import type { Placement } from '#hub/resources.ts'
import { callOff } from './call-off.ts'
import { requestLeave } from './leave.ts'
import { transitions } from './states.ts'

/**
 * A bot that is at the meeting leaves it, one that is yet to go is called off, and one that was there is shown no more.
 * @throws ConflictError while it is about to go.
 */
export async function takeBot(hub: Hub, _actor: Actor, { id, ref: bot_id }: Placement): Promise<void> {
  const state = await callOff(hub, bot_id)
  if (state === 'ready' || state === 'staged') throw new ConflictError('The bot is about to go: try again in a minute')
  if (transitions.leave_requested.from.some((each) => each === state)) await requestLeave(hub, bot_id)
  await removePlacement(hub, id)
}
