import { leaveSession } from '#simulator/sessions.ts'
import type { World } from '#simulator/state.ts'
import { leaveWaitingRoom } from '#simulator/waiting-room.ts'
import type { Bot, Whereabouts } from './bot.ts'
import { report } from './reports.ts'
import { settle } from './whereabouts.ts'

/** The bot goes, wherever it stands. */
export function callBack(world: World, bot: Bot): void {
  const { at } = bot
  settle(bot, overOf(bot))
  if (at.state === 'in_meeting') leaveSession(world, at.session, at.presence)
  if (at.state === 'waiting_room') leaveWaitingRoom(world, at.session, at.waiting, 'left')
  report(world, bot, 'left')
}

/** The bot never came in. */
export function giveUp(world: World, bot: Bot, sub_type: string): void {
  settle(bot, overOf(bot))
  report(world, bot, 'could_not_join', sub_type)
}

/** The meeting is over, for everybody. */
export function finish(world: World, bot: Bot): void {
  settle(bot, overOf(bot))
  report(world, bot, 'meeting_ended')
}

/** The bot is put out, or has lost its reason to be there. */
export function dismiss(world: World, bot: Bot, sub_type: string): void {
  settle(bot, overOf(bot))
  report(world, bot, 'left', sub_type)
}

const overOf = ({ at }: Bot): Whereabouts =>
  at.state === 'in_meeting' ? { state: 'over', session: at.session, presence: at.presence } : { state: 'over' }
