import { randomUUID } from 'node:crypto'
import { nowInSeconds } from './clock.ts'
import { publishRole, publishSharing } from './meeting-events.ts'
import type { Presence, Session, World } from './state.ts'

/** What people did in one run beyond being there. Times are epoch milliseconds. */
export interface InMeeting {
  chat: ChatMessage[]
  sharings: Sharing[]
  feedback: Feedback[]
}

export interface ChatMessage {
  /** Zoom's `message_id`. */
  id: string
  sender: Presence
  /** The `user_id` of the one whom it is for; empty when it is for everyone. */
  recipient_id: string
  content: string
  at: number
}

/** Somebody showed a screen or a whiteboard. */
export interface Sharing {
  presence: Presence
  content: 'desktop' | 'application' | 'whiteboard'
  start: number
  end: number | undefined
}

/** What somebody thought of the meeting. */
export interface Feedback {
  presence: Presence
  quality: 'GOOD' | 'NOT_GOOD'
  comment: string
  at: number
}

export const newInMeeting = (): InMeeting => ({ chat: [], sharings: [], feedback: [] })

/** Somebody who is in says something, to everyone unless told. */
export function sendChat(
  world: World,
  { in_meeting }: Session,
  said: Pick<ChatMessage, 'sender' | 'recipient_id' | 'content'>,
): ChatMessage {
  const message = { id: `{${randomUUID().toUpperCase()}}`, at: nowInSeconds(world.clock), ...said }
  in_meeting.chat.push(message)
  return message
}

/** Somebody shares; whoever shared something until now stops. */
export function startSharing(world: World, session: Session, shared: Pick<Sharing, 'presence' | 'content'>): Sharing {
  stopSharing(world, session, shared.presence)
  const sharing = { start: nowInSeconds(world.clock), end: undefined, ...shared }
  session.in_meeting.sharings.push(sharing)
  publishSharing(world, session, 'sharing_started', sharing)
  return sharing
}

/** Ends what this participant shares; nothing happens where nothing is shared. */
export function stopSharing(world: World, session: Session, presence: Presence): void {
  const running = session.in_meeting.sharings.filter((one) => one.presence === presence && one.end === undefined)
  for (const sharing of running) {
    sharing.end = nowInSeconds(world.clock)
    publishSharing(world, session, 'sharing_ended', sharing)
  }
}

/** A participant's role becomes another; there is one host, who stays as an attendee. Nothing is told where nothing changes. */
export function giveRole(world: World, session: Session, presence: Presence, role: Presence['role']): void {
  const before = session.presences.find((one) => one.role === 'host' && one.leave === undefined)
  if (role === 'host' && before && before !== presence) giveRole(world, session, before, 'attendee')
  if (presence.role === role) return
  const old_role = presence.role
  presence.role = role
  publishRole(world, session, presence, old_role)
}
