import { randomUUID } from 'node:crypto'
import { now } from './clock.ts'
import { publishWaiting } from './meeting-events.ts'
import { joinSession, type Joining } from './sessions.ts'
import type { Presence, Session, Waiting, World } from './state.ts'

/** Puts somebody into the waiting room; `settled` hears how the wait ended. */
export function enterWaitingRoom(world: World, session: Session, who: Joining, settled: Waiting['settled']): Waiting {
  const { name, email = '', customer_key = '' } = who
  const participant_uuid = randomUUID().toUpperCase()
  const waiting: Waiting = { name, email, customer_key, participant_uuid, settled }
  session.waiting.push(waiting)
  publishWaiting(world, session, 'participant_joined_waiting_room', waiting, now(world.clock))
  return waiting
}

/** The host lets somebody in. */
export function letIn(world: World, session: Session, waiting: Waiting): Presence {
  leave(world, session, waiting)
  const presence = joinSession(world, session, waiting)
  waiting.settled({ presence })
  return presence
}

/** Somebody who waits goes, or is turned away by the host. */
export function leaveWaitingRoom(world: World, session: Session, waiting: Waiting, reason: 'left' | 'denied'): void {
  leave(world, session, waiting)
  waiting.settled({ reason })
}

function leave(world: World, session: Session, waiting: Waiting): void {
  session.waiting = session.waiting.filter((other) => other !== waiting)
  publishWaiting(world, session, 'participant_left_waiting_room', waiting, now(world.clock))
}
