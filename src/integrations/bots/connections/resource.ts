import { z } from 'zod'
import type { Connection } from '#hub/resources.ts'
import { micros, microsOrNull } from '#integrations/bots/contract/time.ts'
import type { BotConnectionRow } from '#integrations/bots/tables.ts'

const time = z.string().describe('ISO 8601, UTC')

export const zoomOauthConnection = z.object({
  id: z.string(),
  zoom_oauth_app_id: z.string(),
  user_id: z.string().describe('The Zoom user who consented'),
  account_id: z.string().nullable(),
  state: z.enum(['connected', 'disconnected']),
  metadata: z.record(z.string(), z.string()).nullable(),
  deduplication_key: z.string().nullable(),
  is_local_recording_token_supported: z.boolean(),
  is_onbehalf_token_supported: z.boolean(),
  connection_failure_data: z.object({ error: z.string(), timestamp: time }).nullable(),
  created_at: time,
  updated_at: time,
  last_successful_sync_at: time.nullable(),
  last_attempted_sync_at: time.nullable(),
})
export type ZoomOauthConnection = z.infer<typeof zoomOauthConnection>

/** The hub's connection, in the words of this API. */
export const connectionResource = (row: BotConnectionRow, connection: Connection): ZoomOauthConnection => ({
  id: row.connection_id,
  zoom_oauth_app_id: row.zoom_app_id,
  user_id: row.zoom_user_id,
  account_id: connection.account_id,
  state: connection.state,
  metadata: row.metadata as ZoomOauthConnection['metadata'],
  deduplication_key: row.deduplication_key,
  is_local_recording_token_supported: row.is_local_recording_token_supported,
  is_onbehalf_token_supported: row.is_onbehalf_token_supported,
  connection_failure_data: connection.failure && failureData(connection.failure),
  created_at: micros(row.created_at),
  updated_at: micros(row.updated_at),
  last_successful_sync_at: microsOrNull(row.last_successful_sync_at),
  last_attempted_sync_at: microsOrNull(row.last_attempted_sync_at),
})

const failureData = ({ code, message, at }: NonNullable<Connection['failure']>) => ({
  error: code.startsWith('invalid_')
    ? `Zoom Authentication error: ${JSON.stringify({ reason: message, error: code })}`
    : message,
  timestamp: micros(new Date(at)),
})
