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
  user_created_at: text,
  last_login_time: text,
  last_client_version: text,
  verified: count,
})
export type User = z.output<typeof user>

/** `verified` is 1 once the user has confirmed the address, or the account vouches for its domain; else 0. */
export const isVerified = ({ verified }: Pick<User, 'verified'>): boolean => verified === 1

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

/** Gives (2, Licensed) or takes (1, Basic) a licence: https://developers.zoom.us/docs/api/users/#tag/users/PATCH/users/{userId} */
export const setUserType = (client: ZoomClient, userId: string, type: 1 | 2): Promise<void> =>
  request(client, { method: 'PATCH', path: path`/users/${userId}`, body: { type } }, z.void())

/** `create` invites by e-mail, `autoCreate` needs a managed domain, `custCreate` makes a user for the API alone, `ssoCreate` one for single sign-on. */
export interface NewUserBody {
  action: 'create' | 'autoCreate' | 'custCreate' | 'ssoCreate'
  user_info: {
    email: string
    type: number
    first_name?: string | undefined
    last_name?: string | undefined
    display_name?: string | undefined
  }
}

const createdUser = z.looseObject({
  id: text,
  email: text,
  first_name: text,
  last_name: text,
  type: z.number().nullish(),
})

/** https://developers.zoom.us/docs/api/users/#tag/users/POST/users */
export const createUser = (client: ZoomClient, body: NewUserBody): Promise<z.output<typeof createdUser>> =>
  request(client, { method: 'POST', path: path`/users`, body }, createdUser)
