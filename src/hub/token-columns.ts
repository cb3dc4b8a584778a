import type { TokenSet } from '#zoom/oauth.ts'
import { refreshTokenOf, seal } from './encryption.ts'
import type { Hub } from './hub.ts'

/** What a pair of tokens makes of its connection's row. A server-to-server app has no refresh token. */
export const tokenColumns = (hub: Hub, connection_id: string, token: TokenSet) => ({
  state: 'connected' as const,
  failure_code: null,
  failure_message: null,
  failed_at: null,
  access_token: seal(hub.keys, connection_id, token.access_token),
  access_token_expires_at: new Date(token.expires_at),
  scope: token.scope,
  api_url: token.api_url,
  unrevoked_token: null,
  ...(token.refresh_token ? { refresh_token: seal(hub.keys, refreshTokenOf(connection_id), token.refresh_token) } : {}),
})
