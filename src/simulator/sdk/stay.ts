import { joinSession, leaveSession, present, startSession, type Joining } from '#simulator/sessions.ts'
import type { Presence, Session, Waiting, World } from '#simulator/state.ts'
import { enterWaitingRoom, leaveWaitingRoom } from '#simulator/waiting-room.ts'
import { doorOf, spend, type Admitted } from './admission.ts'
import { JoinRefused } from './refusal.ts'

/** One page that has joined by the web SDK. */
export interface Stay {
  session: Session
  /** Who is in has a presence, who waits is waiting; who has gone may have neither. */
  presence: Presence | undefined
  waiting: Waiting | undefined
}

/**
 * Comes in, or into the waiting room.
 * @throws JoinRefused where the meeting cannot be entered now.
 */
export function begin(world: World, admitted: Admitted, who: Joining): Stay {
  const behind = doorOf(world, admitted)
  if ('session' in behind || behind.door === 'starts') spend(world, admitted)
  switch (behind.door) {
    case 'not_started':
    case 'authorized_user_absent':
      throw new JoinRefused(behind.door)
    case 'waiting_room':
      return wait(world, behind.session, who)
    case 'open':
    case 'starts': {
      const session = behind.door === 'open' ? behind.session : startSession(world, admitted.meeting)
      return { session, presence: joinSession(world, session, who), waiting: undefined }
    }
  }
}

function wait(world: World, session: Session, who: Joining): Stay {
  const stay: Stay = { session, presence: undefined, waiting: undefined }
  stay.waiting = enterWaitingRoom(world, session, who, (end) => {
    stay.waiting = undefined
    if ('presence' in end) stay.presence = end.presence
  })
  return stay
}

/** The page is left, or closed. */
export function end(world: World, { session, presence, waiting }: Stay): void {
  if (waiting) leaveWaitingRoom(world, session, waiting, 'left')
  if (presence?.leave === undefined && presence) leaveSession(world, session, presence)
}

/** What the page shows. */
export function stayJson({ session, presence, waiting }: Stay) {
  const isIn = presence !== undefined && presence.leave === undefined
  return {
    state: waiting ? 'waiting_room' : isIn ? 'in_meeting' : 'over',
    topic: session.topic,
    name: (presence ?? waiting)?.name ?? '',
    user_id: presence?.user_id ?? '',
    participants: isIn ? present(session).map(({ user_id, name }) => ({ user_id, name })) : [],
  }
}
