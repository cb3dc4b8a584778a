import { now } from '#simulator/clock.ts'
import { ok, route } from './route.ts'

/** The tokens that Zoom would still take: the judge of every client that keeps some. */
export const tokenControls = [
  route({
    method: 'GET',
    path: '/tokens',
    summary: 'All tokens that are good now, with app and user',
    handle: ({ world }) => {
      const at = now(world.clock)
      const grants = [...world.grants.values()].filter((grant) => !grant.revoked && grant.refresh_expires_at > at)
      const access = [...world.access_tokens.values()].filter((held) => held.expires_at > at)
      return ok({
        refresh_tokens: grants.map(({ client_id, user_id, refresh_token }) => ({ client_id, user_id, refresh_token })),
        access_tokens: access.map(({ client_id, user_id, token }) => ({
          client_id,
          user_id: user_id ?? null,
          access_token: token,
        })),
      })
    },
  }),
]
