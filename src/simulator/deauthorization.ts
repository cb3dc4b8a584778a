import { createHmac } from 'node:crypto'
import { now } from './clock.ts'
import { post } from './deliveries.ts'
import { publish } from './events.ts'
import { endStartTokens } from './start-tokens.ts'
import type { App, Attempt, Grant, World } from './state.ts'
import { utc } from './time.ts'

type Retention = 'true' | 'false' | undefined

/** What one user allowed an app is over: its tokens stop working, and the app is told by `app_deauthorized`. */
export function deauthorize(world: World, app: App, grant: Grant, user_data_retention?: Retention): void {
  end(world, grant)
  publish(world, 'app_deauthorized', { only: app }, told(world, app, grant, user_data_retention))
}

/** The same with the notification of former years: posted to one address, and not signed by any header. */
export function deauthorizeAsBefore(
  world: World,
  app: App,
  grant: Grant,
  { notify, user_data_retention }: { notify: string; user_data_retention?: Retention },
): Promise<Attempt> {
  end(world, grant)
  const payload = { account_id: world.account.id, ...told(world, app, grant, user_data_retention) }
  const body = Buffer.from(JSON.stringify({ event: 'app_deauthorized', payload }))
  return post(world, notify, body, { 'content-type': 'application/json; charset=utf-8' })
}

function end(world: World, grant: Grant): void {
  endGrant(world, grant)
  endStartTokens(world, grant)
}

function told(world: World, app: App, grant: Grant, user_data_retention: Retention): object {
  const at = utc(now(world.clock))
  const fields = {
    user_id: grant.user_id,
    client_id: app.client_id,
    deauthorization_time: at,
    event_ts: at.slice(0, 19).replace('T', ' '),
    ...(user_data_retention && { user_data_retention }),
  }
  const signature = createHmac('sha256', app.secret_token).update(JSON.stringify(fields)).digest('hex')
  return { ...fields, signature }
}

/** The grant's refresh token and all its access tokens stop working. */
export function endGrant(world: World, grant: Grant): void {
  grant.revoked = true
  for (const { token, grant_id } of world.access_tokens.values()) {
    if (grant_id === grant.id) world.access_tokens.delete(token)
  }
}
