import type { Presence, Session, World } from './state.ts'

/** What happens in a session. `ending` comes before those who are in leave. */
export type SessionChange =
  | { change: 'started' | 'ending'; session: Session }
  | { change: 'joined' | 'left'; session: Session; presence: Presence }

/** A watcher may stop watching, or change the session, while it is told. */
export function tellWatchers(world: World, change: SessionChange): void {
  const watchers = [...world.watchers]
  for (const watcher of watchers) if (world.watchers.has(watcher)) watcher(change)
}
