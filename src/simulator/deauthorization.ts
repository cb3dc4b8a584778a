import { createHmac } from 'node:crypto'
import { now } from './clock.ts'
import { publish } from './events.ts'
import { endStartTokens } from './start-tokens.ts'
import type { App, Grant, World } from './state.ts'
import { utc } from './time.ts'

/** What one user allowed an app is over: its tokens stop working, and the app is told by `app_deauthorized`. */
export function deauthorize(world: World, app: App, grant: Grant): void {
  endGrant(world, grant)
  endStartTokens(world, grant)
  const at = utc(now(world.clock))
  const told = {
    user_id: grant.user_id,
    client_id: app.client_id,
    deauthorization_time: at,
    event_ts: at.slice(0, 19).replace('T', ' '),
  }
  const signature = createHmac('sha256', app.secret_token).update(JSON.stringify(told)).digest('hex')
  publish(world, 'app_deauthorized', { only: app }, { ...told, signature })
}

/** The grant's refresh token and all its access tokens stop working. */
export function endGrant(world: World, grant: Grant): void {
  grant.revoked = true
  for (const { token, grant_id } of world.access_tokens.values()) {
    if (grant_id === grant.id) world.access_tokens.delete(token)
  }
}
