import { z } from 'zod'
import { Secret } from '#core/secret.ts'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'

const minted = z.looseObject({ token: z.string().min(1) }).transform(({ token }) => new Secret(token))

/**
 * Lets a bot record what the host would otherwise be asked for, and, with the waiting room bypassed, in at once. It must be used
 * within 120 seconds: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}/jointoken/local_recording
 */
export const localRecordingToken = (client: ZoomClient, meetingId: string): Promise<Secret> =>
  request(
    client,
    {
      method: 'GET',
      path: path`/meetings/${meetingId}/jointoken/local_recording`,
      query: { bypass_waiting_room: true },
    },
    minted,
  )

/**
 * Lets a bot take part on behalf of a user who is in the meeting, and only as long as they are; good for one meeting, once:
 * https://developers.zoom.us/docs/meeting-sdk/obf-faq/
 */
export const onbehalfToken = (client: ZoomClient, userId: string, meetingId: string): Promise<Secret> =>
  request(
    client,
    { method: 'GET', path: path`/users/${userId}/token`, query: { type: 'onbehalf', meeting_id: meetingId } },
    minted,
  )

/** Lets the Meeting SDK join as a user of the account: https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/token */
export const zak = (client: ZoomClient, userId: string): Promise<Secret> =>
  request(client, { method: 'GET', path: path`/users/${userId}/token`, query: { type: 'zak' } }, minted)
