import { z } from 'zod'
import { Secret } from '#core/secret.ts'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'
import { count } from './wire.ts'

/** What it says is as good as a key: it does not get printed. `expire_in` is in seconds. */
const startToken = z.looseObject({
  token: z
    .string()
    .min(1)
    .transform((text) => new Secret(text)),
  expire_in: count,
})
export type StartToken = z.output<typeof startToken>

/**
 * A token that lets a bot record without asking the host, to be used within two minutes; it may let it past the waiting
 * room: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}/jointoken/local_recording
 * @throws ZoomApiError 3000 when the host may not record, and what `request` throws.
 */
export const getLocalRecordingJoinToken = (
  client: ZoomClient,
  meetingId: string,
  query: { bypass_waiting_room?: boolean } = {},
): Promise<StartToken> =>
  request(client, { method: 'GET', path: path`/meetings/${meetingId}/jointoken/local_recording`, query }, startToken)

/** What a Meeting SDK joins or starts with; `ttl` in seconds, two hours when absent. */
export type UserTokenQuery = { type: 'zak'; ttl?: number } | { type: 'onbehalf'; meeting_id: string; ttl?: number }

/**
 * A zak signs in as the user; an `onbehalf` token joins one meeting while that user is in it, and takes the user's own
 * consent: https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/token
 * @throws what `request` throws.
 */
export const getUserToken = (client: ZoomClient, userId: string, query: UserTokenQuery): Promise<StartToken> =>
  request(client, { method: 'GET', path: path`/users/${userId}/token`, query }, startToken)
