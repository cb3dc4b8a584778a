import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { count, digits, text } from './wire.ts'

/** A user of the account. `type`: 1 Basic, 2 Licensed, 4 unassigned, 99 none. Pending users have no id. */
const user = z.looseObject({
  id: text,
  email: text,
  first_name: text,
  last_name: text,
  display_name: text,
  type: z.number(),
  status: text,
  timezone: text,
  pmi: digits.nullish(),
  account_id: text,
  role_name: text,
  last_login_time: text,
  verified: count,
})
export type User = z.output<typeof user>

/** https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}; `userId` is an id, an e-mail address or `me`. */
export const getUser = (client: ZoomClient, userId: string): Promise<User> =>
  request(client, { method: 'GET', path: path`/users/${userId}` }, user)

/** Who has consented, for an app that acts for a user; a server-to-server app's owner. */
export const getMe = (client: ZoomClient): Promise<User> => getUser(client, 'me')

/** https://developers.zoom.us/docs/api/users/#tag/users/GET/users */
export const listUsers = (
  client: ZoomClient,
  query: { status?: 'active' | 'inactive' | 'pending' } = {},
): AsyncGenerator<User, void, undefined> => list(client, { path: path`/users`, query }, 'users', user)
