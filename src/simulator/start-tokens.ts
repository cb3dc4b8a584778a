import { now } from './clock.ts'
import type { App, Grant, StartToken, World } from './state.ts'
import { newJwt } from './tokens.ts'

/** Makes a token to start, join or record with, and remembers it. */
export function issueStartToken(
  world: World,
  app: App,
  use: Pick<StartToken, 'kind' | 'user_id'> & {
    /** Seconds. */
    ttl: number
    meeting_id?: number
    bypass_waiting_room?: boolean
  },
): StartToken {
  const { kind, user_id, ttl, meeting_id, bypass_waiting_room = false } = use
  const expires_at = now(world.clock) + ttl * 1000
  const token = newJwt(world, app, { user_id, tokenType: 'access_token', expires_at })
  const issued = { token, kind, client_id: app.client_id, user_id, meeting_id, bypass_waiting_room, expires_at }
  const held: StartToken = { ...issued, used: false }
  world.start_tokens.set(token, held)
  return held
}

/** The token of this text, if it is of this kind, still lives and has not been used up. */
export function findStartToken(world: World, text: string, kind: StartToken['kind']): StartToken | undefined {
  const held = world.start_tokens.get(text)
  return held?.kind === kind && !held.used && held.expires_at > now(world.clock) ? held : undefined
}

/** An app that a user removes can no longer use what it was given; a zak is the user's own and lives on. */
export function endStartTokens(world: World, grant: Grant): void {
  for (const { token, kind, client_id, user_id } of world.start_tokens.values()) {
    if (kind !== 'zak' && client_id === grant.client_id && user_id === grant.user_id) world.start_tokens.delete(token)
  }
}
