import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'

const locks = z.looseObject({
  schedule_meeting: z.record(z.string(), z.unknown()).nullish(),
  in_meeting: z.record(z.string(), z.unknown()).nullish(),
  recording: z.record(z.string(), z.unknown()).nullish(),
})
export type LockSettings = z.output<typeof locks>

/** Which settings the account's administrators decide for everybody: https://developers.zoom.us/docs/api/accounts/#tag/accounts/GET/accounts/{accountId}/lock_settings */
export const getLockSettings = (client: ZoomClient): Promise<LockSettings> =>
  request(client, { method: 'GET', path: path`/accounts/me/lock_settings` }, locks)
