import { NotFoundError } from '#core/errors.ts'
import { endSessions, sessionsOfUser } from '#store/members.ts'
import type { Hub } from './hub.ts'
import type { SignInSession } from './resources.ts'

/** Where a person is signed in, newest first. */
export async function ownSessions(hub: Hub, user: { id: string; session_id: string }): Promise<SignInSession[]> {
  const found = await sessionsOfUser(hub.db, user.id, new Date(hub.runtime.now()))
  return found.map((session) => ({
    id: session.id,
    current: session.id === user.session_id,
    created_at: session.created_at.toISOString(),
    seen_at: session.seen_at.toISOString(),
    expires_at: session.expires_at.toISOString(),
    ip_address: session.ip_address,
    user_agent: session.user_agent,
  }))
}

/** @throws NotFoundError for a session that is not theirs; an API key has none. */
export async function endOwnSession(hub: Hub, user_id: string | undefined, id: string): Promise<void> {
  const ended = user_id === undefined ? 0 : await endSessions(hub.db, user_id, id)
  if (ended === 0) throw new NotFoundError(`You have no session ${id}`)
}
