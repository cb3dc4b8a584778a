import { now, setAlarm } from '#simulator/clock.ts'
import type { SessionChange } from '#simulator/session-changes.ts'
import type { World } from '#simulator/state.ts'
import type { Bot, Whereabouts } from './bot.ts'

/** The bot stands somewhere else now; what it watched before is watched no more. */
export function settle(bot: Bot, at: Whereabouts): void {
  if ('stop' in bot.at) bot.at.stop()
  bot.at = at
}

/** Watches the sessions, and rings after so many seconds. The answer ends both. */
export function watch(
  world: World,
  watcher: (change: SessionChange) => void,
  seconds: number,
  ring: () => void,
): () => void {
  const takeBack = setAlarm(world.clock, now(world.clock) + seconds * 1000, ring)
  world.watchers.add(watcher)
  return () => {
    takeBack()
    world.watchers.delete(watcher)
  }
}
